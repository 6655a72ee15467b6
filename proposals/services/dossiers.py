"""Dossiers: written by the host, submitted sealed, revised after the council's remarks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import Organisation, User
from core.people.roles import INTERNAL, Role
from core.people.selectors import roles_of
from core.regulations import regulation_for
from core.rows import check_row
from proposals.lifecycle import OrderState
from proposals.models import BudgetLine, Dossier, DossierMember, Order, Partner
from proposals.models.narratives import DOSSIER_FORM
from proposals.selectors.dossiers import GONE

from . import common

FACTS = ("principal_investigator", "months", "lump_sum")
TEXTS = tuple(one.key for one in DOSSIER_FORM)
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DossierParts:
    """The lists of a dossier; None leaves a list as it is. The amounts asked for are the sums of ``budget_lines``.

    Members: name, user, organisation, position, months. Partners: organisation, task, consent. Lines: item, note,
    requested_state_vnd, requested_other_vnd.
    """

    members: Iterable[Row] | None = None
    partners: Iterable[Row] | None = None
    budget_lines: Iterable[Row] | None = field(default=None)


def create_dossier(
    *,
    actor: User,
    order: Order,
    host: Organisation,
    facts: Mapping[str, Any],
    narrative: Mapping[str, str] | None = None,
    parts: DossierParts | None = None,
    key: UUID,
) -> Dossier:
    """A draft of ``host`` for an order that is called, or to which the host was invited.

    An officer may enter it from paper. Raises PermissionDenied, ValidationError.
    """
    first = Dossier.objects.filter(created_key=key).first()
    if first is not None:
        return first
    with audit.transaction():
        held = common.hold(order, actor=actor, action="apply")
        mine = common.is_of(host, actor)
        if not mine and Role.OFFICER not in roles_of(actor):
            raise PermissionDenied
        _check_host(held, host)
        _check_leader(facts)
        dossier = Dossier(
            order=held,
            host=host,
            entered_by=None if mine else actor,
            ready_at=common.ready_at_once(actor, host),
            narrative=common.clean_texts(narrative or {}, TEXTS),
            regulation=_regulation(held),
        )
        common.set_facts(dossier, facts, FACTS)
        return common.create(dossier, actor=actor, key=key, parts=lambda made: write_parts(made, parts))


def _regulation(order: Order) -> str:
    """The version by which a dossier is judged: the one of the call it answers, or of the invitation's last day.

    Not the order's own, which may have been listed under an older law.
    """
    if order.is_direct or order.selection_call is None:
        return regulation_for(order.answer_by or clock.today())
    return str(order.selection_call.regulation)


def edit_dossier(
    dossier: Dossier,
    *,
    actor: User,
    facts: Mapping[str, Any],
    narrative: Mapping[str, str] | None = None,
    parts: DossierParts | None = None,
) -> Dossier:
    """Change a draft dossier; one that the host changes is the host's, whoever entered it first.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(dossier, actor=actor, action="edit")
        common.take_over(held, held.host, actor)
        _check_leader(facts)
        values = dict(facts)
        if narrative is not None:
            kept = {key: words for key, words in held.narrative.items() if key not in narrative}
            values["narrative"] = {**kept, **common.clean_texts(narrative, TEXTS)}
        before = _parts_of(held)
        changed = common.change_facts(held, values, (*FACTS, "narrative"), actor=actor)
        write_parts(held, parts)
        if changed or _parts_of(held) != before:
            common.take_back(held, actor, held.host)
        return held


def _parts_of(dossier: Dossier) -> list[list[tuple[Any, ...]]]:
    """Its lists as they are now, to see whether they changed: their rows are written anew each time."""
    found = []
    for model in (DossierMember, Partner, BudgetLine):
        columns = [field.attname for field in model._meta.concrete_fields if not field.primary_key]
        found.append(list(model._default_manager.filter(dossier=dossier).order_by("pk").values_list(*columns)))
    return found


def answer_remarks(dossier: Dossier, *, actor: User, answer: str, budget_lines: Iterable[Row] | None = None) -> Dossier:
    """Write the host's answer to the council's remarks; the estimate may be revised, never raised.

    Raises PermissionDenied, ValidationError.
    """
    with audit.transaction():
        held = common.hold(dossier, actor=actor, action="answer")
        asked = (held.state_requested_vnd, held.other_requested_vnd)
        common.save_facts(held, {"remarks_answer": answer}, ("remarks_answer",), actor=actor)
        if budget_lines is not None:
            write_parts(held, DossierParts(budget_lines=budget_lines))
            if held.state_requested_vnd > asked[0]:
                raise ValidationError(_("The revised estimate must not exceed what was asked for."))
    return held


def write_parts(dossier: Dossier, parts: DossierParts | None) -> None:
    """Replace the lists that are given. Raises ValidationError."""
    if parts is None:
        return
    if parts.members is not None:
        _replace(dossier, DossierMember, parts.members, numbered=True)
    if parts.partners is not None:
        _replace(dossier, Partner, parts.partners, numbered=False)
    if parts.budget_lines is not None:
        lines = _replace(dossier, BudgetLine, parts.budget_lines, numbered=True)
        sums = {
            "state_requested_vnd": sum(line.requested_state_vnd for line in lines),
            "other_requested_vnd": sum(line.requested_other_vnd for line in lines),
        }
        common.set_facts(dossier, sums, tuple(sums))
        check_row(dossier, unique=False)
        dossier.save(update_fields=list(sums))


def _replace(dossier: Dossier, model: Any, rows: Iterable[Row], *, numbered: bool) -> list[Any]:
    model.objects.filter(dossier=dossier).delete()
    made = [
        model(dossier=dossier, **({"sequence": number} if numbered else {}), **_named(model, row))
        for number, row in enumerate(rows, start=1)
    ]
    for one in made:
        check_row(one, exclude=["dossier"], unique=False, constraints=False)
        one.save()
    return made


def _named(model: Any, row: Row) -> dict[str, Any]:
    """A member with an account bears the account's name."""
    user = row.get("user")
    return {**row, "name": row.get("name") or str(user)} if model is DossierMember and user else dict(row)


def _check_host(order: Order, host: Organisation) -> None:
    if order.state == OrderState.INVITED and host.pk != order.direct_host_id:
        raise ValidationError({"host": _("This order is assigned directly to another organisation.")})
    living = Dossier.objects.filter(order=order, host=host).exclude(state__in=GONE)
    if living.exists():
        raise ValidationError({"host": _("This organisation already has a dossier for the order.")})


def _check_leader(facts: Mapping[str, Any]) -> None:
    """Whoever leads a task reads its dossier before the opening: nobody of those who receive and judge them."""
    leader = facts.get("principal_investigator")
    if leader is not None and INTERNAL & roles_of(leader).keys():
        text = _("%(person)s works for the administration, which receives and judges the dossiers: name somebody else.")
        raise ValidationError({"principal_investigator": text % {"person": leader}})
