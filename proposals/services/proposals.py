"""Proposals: written by organisations, screened by officers."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import Organisation, User
from core.people.policy import can, may
from core.people.roles import Role
from core.people.selectors import roles_of
from core.regulations import regulation_for
from core.rows import check_row
from proposals.models import Call, Proposal, Screening
from proposals.models.narratives import PROPOSAL_FORM
from proposals.selectors.similar import similar_to, text_of

from . import common, texts

FACTS = (
    "title",
    "plan_year",
    "field",
    "research_type",
    "level",
    "state_budget_vnd",
    "other_budget_vnd",
    "months",
    "proposed_host",
    "receiver",
    "state_keeps_ownership",
    "place",
    "author",
)
ALLOWED = (*FACTS, "folded", "sort_key")
TEXTS = tuple(field.key for field in PROPOSAL_FORM)


def create_proposal(
    *,
    actor: User,
    organisation: Organisation,
    call: Call | None,
    facts: Mapping[str, Any],
    narrative: Mapping[str, str] | None = None,
    key: UUID,
    synthetic: bool = False,
) -> Proposal:
    """A draft of ``organisation``, at any completeness; only the title is needed. ``author`` defaults to the actor.

    An officer may enter it from paper: then the author must be named. Raises PermissionDenied, ValidationError.
    """
    _check_may_write(actor, organisation, call)
    proposal = Proposal(
        proposer_organisation=organisation,
        call=call,
        author=facts.get("author") or actor,
        plan_year=call.plan_year if call else clock.today().year + 1,
        narrative=common.clean_texts(narrative or {}, TEXTS),
        ready_at=common.ready_at_once(actor, organisation),
        regulation=call.regulation if call else regulation_for(clock.today()),
        synthetic=synthetic,
    )
    if not common.is_of(organisation, actor):
        proposal.entered_by = actor
    common.set_facts(proposal, {name: value for name, value in facts.items() if name != "author"}, ALLOWED)
    return common.create(proposal, actor=actor, key=key)


def edit_proposal(
    proposal: Proposal, *, actor: User, facts: Mapping[str, Any], narrative: Mapping[str, str] | None = None
) -> Proposal:
    """Change a draft or returned proposal; one that its organisation changes is its own, whoever entered it first.

    Texts that are not given stay. Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(proposal, actor=actor, action="edit")
        common.take_over(held, held.proposer_organisation, actor)
        values = dict(facts)
        if narrative is not None:
            kept = {key: words for key, words in held.narrative.items() if key not in narrative}
            values["narrative"] = {**kept, **common.clean_texts(narrative, TEXTS)}
        if common.change_facts(held, values, (*ALLOWED, "narrative"), actor=actor):
            common.take_back(held, actor, held.proposer_organisation)
        if held.received_on is not None:
            # Handed in before and returned: what is compared is what it says now.
            texts.remember(text_of(held))
        return held


def record_screening(
    proposal: Proposal,
    *,
    actor: User,
    is_complete: bool,
    is_duplicate: bool,
    note: str = "",
    national_search: str = "",
) -> Screening:
    """Write the screening record, with the resembling texts as they are now.

    Raises PermissionDenied, ValidationError.
    """
    matches = [match.as_json() for match in similar_to(proposal)]
    with audit.transaction():
        held = common.hold(proposal, actor=actor, action="check")
        if is_duplicate and not note.strip():
            raise ValidationError({"note": _("Say which earlier text it repeats.")})
        screening = Screening.objects.filter(proposal=held).first() or Screening(proposal=held)
        screening.checked_by, screening.checked_at, screening.similar = actor, clock.now(), matches
        screening.is_complete, screening.is_duplicate = is_complete, is_duplicate
        texts = common.clean_texts({"note": note, "national_search": national_search}, ("note", "national_search"))
        screening.note, screening.national_search = texts.get("note", ""), texts.get("national_search", "")
        check_row(screening)
        screening.save()
        nearest = max((match["percent"] for match in matches), default=0)
        common.note("screening", held, actor, complete=is_complete, duplicate=is_duplicate, nearest_percent=nearest)
    return screening


def name_forward_body(proposal: Proposal, *, actor: User, body: str) -> Proposal:
    """Name the body that the proposal will be forwarded to. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(proposal, actor=actor, action="redirect")
        if not body.strip():
            raise ValidationError({"forward_body": _("Name the body.")})
        return common.save_facts(held, {"forward_body": body}, ("forward_body",), actor=actor)


def name_deferral_year(proposal: Proposal, *, actor: User, year: int) -> Proposal:
    """Name the later plan year that the proposal will be deferred to. Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(proposal, actor=actor, action="redirect")
        if year <= held.plan_year:
            raise ValidationError({"deferral_year": _("Name a year after the plan year.")})
        return common.save_facts(held, {"deferral_year": year}, ("deferral_year",), actor=actor)


def _check_may_write(actor: User, organisation: Organisation, call: Call | None) -> None:
    """An own organisation, or an officer for another; a call that receives."""
    mine = common.is_of(organisation, actor)
    officer = Role.OFFICER in roles_of(actor)
    if not may(actor, "proposals.create") or not (mine or officer):
        raise PermissionDenied
    if call is not None and not can(actor, "propose", call):
        raise PermissionDenied
