"""Proposals: list, page, the form of 14 fields, screening, forwarding, deferring."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from core.people.policy import can, may, visible_to
from core.people.screens import PageKind, screen
from core.regulations.pages import rules_fact
from core.ui.listing import listing
from core.ui.parts import Action, Fact, Panel, Person
from core.workflow import pages
from proposals import policy, services
from proposals.forms.proposals import DeferralForm, ForwardForm, ProposalForm, ScreeningForm
from proposals.lifecycle import ProposalState
from proposals.models import Call, Order, Proposal, Screening
from proposals.models.narratives import PROPOSAL_FORM
from proposals.selectors.completeness import missing_in_proposal
from proposals.selectors.similar import similar_to

from . import panels
from .answers import FORM, acting, record_form
from .filters import ProposalFilter
from .tables import PROPOSALS, by_due, tabs

LIST = "proposals:proposal-list"
RELATED = ("call", "proposer_organisation", "author", "proposed_host", "receiver", "place__parent", "screening")


@screen("proposals.list", kind=PageKind.LIST)
@require_GET
def proposal_list(request: HttpRequest) -> HttpResponse:
    actions = []
    if may(request.user, "proposals.create"):
        create = reverse("proposals:proposal-create")
        actions = [Action(_("New proposal"), create, primary=True, icon="plus")]
    if may(request.user, "proposals.adopt"):
        actions.append(Action(_("Enter a proposal from before"), reverse("proposals:proposal-adopt")))
    rows = by_due(visible_to(request.user, Proposal).select_related("proposer_organisation"))
    return listing(request, rows, ProposalFilter, PROPOSALS, title=_("Proposals"), actions=actions, tabs=tabs(request))


@screen("view", Proposal, related=RELATED)
@require_GET
def proposal_detail(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    user: Any = request.user
    notes = []
    actions: list[Action] = []
    asides: list[Action] = []
    if can(user, "edit", proposal):
        notes = _missing(proposal)
        edit = reverse("proposals:proposal-edit", args=[proposal.code])
        actions.append(Action(_("Fill in the form"), edit, primary=bool(notes), icon="pencil"))
    actions += panels.edit_action(
        user, proposal, "check", "proposals:proposal-screen", _("Screening record"), icon="search", primary=True
    )
    if can(user, "redirect", proposal):
        # Of a record from before it is what is still to be written.
        (actions if proposal.unconfirmed else asides).extend(_redirections(proposal))
    if proposal.state in policy.REFUSABLE and can(user, "ground", proposal):
        ground = reverse("proposals:proposal-ground", args=[proposal.code])
        asides.append(Action(_("Write the ground of a decision"), ground, dialog=True))
    return pages.detail(
        request,
        proposal,
        title=proposal.official_title,
        crumbs=panels.crumb(LIST, _("Proposals")),
        actions=actions,
        asides=asides,
        notes=notes,
        panels=_panels(request, proposal),
    )


def _missing(proposal: Proposal) -> list[dict[str, Any]]:
    """What the form lacks. An old proposal went on without it, but what is there can be read and compared."""
    words = _("Not in the form yet") if proposal.unconfirmed else _("Still missing before submitting")
    return panels.missing_note(missing_in_proposal(proposal), words)


def _redirections(proposal: Proposal) -> list[Action]:
    """Where it may go, or where one from before has gone."""
    pages_of = {
        ProposalState.FORWARDED: (_("Name the body to forward to"), "proposals:proposal-forward"),
        ProposalState.DEFERRED: (_("Name the year to defer to"), "proposals:proposal-defer"),
    }
    wanted = [proposal.state] if proposal.unconfirmed else list(pages_of)
    return [
        Action(label, reverse(name, args=[proposal.code]), dialog=True)
        for state, (label, name) in pages_of.items()
        if state in wanted
    ]


def _panels(request: HttpRequest, proposal: Proposal) -> list[Panel]:
    user: Any = request.user
    made = [
        panels.facts_panel(_("Proposal"), _facts(proposal, inside=panels.is_inside(user))),
        panels.texts_panel(_("Order form"), PROPOSAL_FORM, proposal.narrative),
        panels.money_panel(proposal.state_budget_vnd, proposal.other_budget_vnd),
        panels.people_panel(_people(proposal)),
    ]
    screening = getattr(proposal, "screening", None)
    if screening is not None and panels.is_inside(user):
        made += [
            panels.facts_panel(_("Screening"), _findings(screening)),
            panels.similar_panel(user, screening.similar),
        ]
    orders = visible_to(user, Order).filter(sources__proposal=proposal).order_by("code")
    if orders:
        made.append(panels.lineage_panel(_("Orders made of this proposal"), orders))
    return made


def _facts(proposal: Proposal, *, inside: bool) -> list[Fact]:
    facts = [
        Fact(_("Call"), proposal.call.code if proposal.call else _("Outside a call"), "code"),
        Fact(_("Plan year"), str(proposal.plan_year)),
        Fact(_("Field"), proposal.get_field_display()),
        Fact(_("Type of research"), proposal.get_research_type_display()),
        Fact(_("Level"), proposal.get_level_display()),
        Fact(_("Duration (months)"), proposal.months or ""),
        Fact(_("Received on"), proposal.received_on, "date"),
        Fact(_("Place"), str(proposal.place or "")),
        Fact(_("Ownership of the results"), _("The State") if proposal.state_keeps_ownership else _("The host")),
        rules_fact(proposal.regulation),
    ]
    if proposal.completed_on:
        facts.append(Fact(_("Completed file received on"), proposal.completed_on, "date"))
    if proposal.former_code:
        facts.append(Fact(_("Former code"), proposal.former_code, "code"))
    if proposal.council_title:
        facts.append(Fact(_("Title as proposed"), proposal.title))
    for label, value in (
        (_("Conclusion of the council"), proposal.council_note),
        (_("Body it is forwarded to"), proposal.forward_body),
        (_("Deferred to plan year"), str(proposal.deferral_year or "")),
        # Whoever proposed reads it in the letter: what is written here before may still change.
        (_("Ground of the decision"), proposal.decision_ground if inside else ""),
    ):
        if value:
            facts.append(Fact(label, value, "long"))
    return facts


def _people(proposal: Proposal) -> list[Person]:
    found = [
        Person(str(proposal.author), _("Author"), proposal.proposer_organisation.name),
        Person(proposal.proposer_organisation.name, _("Proposing organisation")),
    ]
    for organisation, part in (
        (proposal.proposed_host, _("Organisation for direct assignment")),
        (proposal.receiver, _("Receiving organisation")),
    ):
        if organisation is not None:
            found.append(Person(organisation.name, part))
    return found


def _findings(screening: Screening) -> list[Fact]:
    yes, no = _("Yes"), _("No")
    return [
        Fact(_("Checked at"), screening.checked_at, "datetime"),
        Fact(_("The file is complete"), yes if screening.is_complete else no),
        Fact(_("The proposal repeats an earlier one"), yes if screening.is_duplicate else no),
        Fact(_("Search in the national database"), screening.national_search),
        Fact(_("Findings"), screening.note, "long"),
    ]


@screen("proposals.create", kind=PageKind.FORM)
@FORM
def proposal_create(request: HttpRequest) -> HttpResponse:
    user, call = acting(request), _call(request)
    form = ProposalForm(request.POST or None, user=user, call=call)

    def act() -> Proposal:
        return services.create_proposal(
            actor=user,
            organisation=form.cleaned_data["organisation"],
            call=call,
            facts=form.column_facts(),
            narrative=form.narrative(),
            key=form.acting_key,
        )

    return record_form(
        request,
        form,
        act,
        title=_("New proposal"),
        submit_label=_("Save the draft"),
        done=_("The draft is saved. Nothing is submitted yet."),
        back=call.get_absolute_url() if call else reverse(LIST),
        crumbs=panels.crumb(LIST, _("Proposals")),
        notes=[{"tone": "info", "title": call.code, "text": call.title}] if call else [],
    )


def _call(request: HttpRequest) -> Call | None:
    """The call that the address names, when it receives; an unknown one is not there."""
    code = request.GET.get("call")
    if not code:
        return None
    call = visible_to(request.user, Call).filter(code=code).first()
    if call is None or not can(request.user, "propose", call):
        raise Http404
    return call


@screen("edit", Proposal, related=("call",))
@FORM
def proposal_edit(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    user = acting(request)
    form = ProposalForm(request.POST or None, user=user, proposal=proposal)

    def act() -> Proposal:
        return services.edit_proposal(proposal, actor=user, facts=form.column_facts(), narrative=form.narrative())

    return record_form(
        request,
        form,
        act,
        title=proposal.title,
        submit_label=_("Save") if proposal.unconfirmed else _("Save the draft"),
        done=_("Saved.") if proposal.unconfirmed else _("The draft is saved. Nothing is submitted yet."),
        back=proposal.get_absolute_url(),
        notes=[*panels.handed_over_note(proposal, user), *_missing(proposal)],
    )


@screen("check", Proposal)
@FORM
def proposal_screen(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    known = Screening.objects.filter(proposal=proposal).first()
    names = ("is_complete", "is_duplicate", "national_search", "note")
    initial = {name: getattr(known, name) for name in names} if known else {}
    form = ScreeningForm(request.POST or None, initial=initial)

    def act() -> Proposal:
        return services.record_screening(proposal, actor=acting(request), **form.facts()).proposal

    return record_form(
        request,
        form,
        act,
        title=_("Screening record of %(code)s") % {"code": proposal.code},
        submit_label=_("Save the record"),
        done=_("The screening record is saved."),
        back=proposal.get_absolute_url(),
        notes=[{"tone": "info", "title": proposal.code, "text": proposal.title}],
        panels=[panels.similar_panel(acting(request), [match.as_json() for match in similar_to(proposal)])],
    )


@screen("redirect", Proposal)
@FORM
def proposal_forward(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = ForwardForm(request.POST or None, initial={"forward_body": proposal.forward_body})
    return record_form(
        request,
        form,
        lambda: services.name_forward_body(
            proposal, actor=acting(request), body=str(form.cleaned_data["forward_body"])
        ),
        title=_("Name the body to forward to"),
        submit_label=_("Save"),
        done=_("Saved: the proposal may be forwarded now."),
        back=proposal.get_absolute_url(),
    )


@screen("redirect", Proposal)
@FORM
def proposal_defer(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    form = DeferralForm(request.POST or None, initial={"deferral_year": proposal.deferral_year})
    return record_form(
        request,
        form,
        lambda: services.name_deferral_year(
            proposal, actor=acting(request), year=int(form.cleaned_data["deferral_year"])
        ),
        title=_("Name the year to defer to"),
        submit_label=_("Save"),
        done=_("Saved: the proposal may be deferred now."),
        back=proposal.get_absolute_url(),
    )
