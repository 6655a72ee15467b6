"""Dossiers: list, page, form, answer to the council's remarks."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET

from core.people.policy import allowed, visible_to
from core.people.screens import PageKind, screen
from core.regulations.pages import rules_fact
from core.ui.listing import listing
from core.ui.parts import Action, Fact, Panel, Person
from core.workflow import pages
from proposals import services
from proposals.choices import Position
from proposals.forms.dossiers import (
    COLUMNS,
    AnswerForm,
    BudgetLineForms,
    DossierForm,
    MemberForms,
    PartnerForms,
)
from proposals.forms.fields import organisation_choices, rows_of
from proposals.models import Dossier, Order
from proposals.models.narratives import DOSSIER_FORM
from proposals.selectors.completeness import missing_in_dossier, outside_lump_sum
from proposals.selectors.eligibility import eligibility_day, eligibility_refusals
from proposals.services.dossiers import DossierParts

from . import panels
from .answers import FORM, Part, acting, record_form
from .filters import DossierFilter
from .tables import DOSSIERS, by_due, tabs

LIST = "proposals:dossier-list"
RELATED = ("order__selection_call", "order__direct_host", "host", "principal_investigator", "opening")
LINE_FACTS = ("item", "note", "requested_state_vnd", "requested_other_vnd")


@screen("dossiers.list", kind=PageKind.LIST)
@require_GET
def dossier_list(request: HttpRequest) -> HttpResponse:
    rows = visible_to(request.user, Dossier).select_related("order", "host", "principal_investigator")
    return listing(request, by_due(rows), DossierFilter, DOSSIERS, title=_("Dossiers"), tabs=tabs(request))


@screen("view", Dossier, related=RELATED)
@require_GET
def dossier_detail(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    user: Any = request.user
    rights = allowed(user, dossier, "read", "edit", "answer")
    readable = "read" in rights
    notes: list[dict[str, Any]] = []
    if not readable:
        sealed = _("Nobody of the administration reads a dossier before the opening.")
        notes = [{"tone": "info", "title": _("Sealed until the opening"), "text": sealed}]
    actions: list[Action] = []
    if "edit" in rights:
        notes = panels.missing_note(missing_in_dossier(dossier), _("Still missing before submitting"))
        page = reverse("proposals:dossier-edit", args=[dossier.code])
        actions.append(Action(_("Fill in the dossier"), page, icon="pencil", primary=bool(notes)))
    if "answer" in rights:
        page = reverse("proposals:dossier-answer", args=[dossier.code])
        actions.append(Action(_("Answer the remarks"), page, primary=True))
    return pages.detail(
        request,
        dossier,
        title=dossier.title,
        crumbs=panels.crumb(LIST, _("Dossiers")),
        actions=actions,
        notes=notes,
        panels=[panels.facts_panel(_("Dossier"), _facts(dossier)), *(_content(request, dossier) if readable else [])],
    )


def _facts(dossier: Dossier) -> list[Fact]:
    return [
        Fact(pgettext("item of the list", "Order"), dossier.order.code, "code", dossier.order.get_absolute_url()),
        Fact(_("Host organisation"), dossier.host.name),
        Fact(_("Principal investigator"), str(dossier.principal_investigator)),
        Fact(_("Received on"), dossier.received_on, "date"),
        rules_fact(dossier.regulation),
    ]


def _content(request: HttpRequest, dossier: Dossier) -> list[Panel]:
    """What stays sealed until the opening."""
    lines = list(dossier.budget_lines.all())
    made = [
        panels.facts_panel(_("Plan"), _plan(dossier)),
        panels.texts_panel(_("Explanation"), DOSSIER_FORM, dossier.narrative),
        panels.table_panel(_("Estimate"), panels.ESTIMATE, lines, icon="money"),
        panels.money_panel(dossier.state_requested_vnd, dossier.other_requested_vnd),
        panels.people_panel(_people(dossier)),
    ]
    user: Any = request.user
    if panels.is_inside(user):
        made.append(_eligibility(dossier))
    return made


def _plan(dossier: Dossier) -> list[Fact]:
    facts = [
        Fact(_("Duration (months)"), dossier.months or ""),
        Fact(_("Form of payment"), dossier.get_lump_sum_display()),
    ]
    outside = outside_lump_sum(dossier)
    if outside:
        facts.append(Fact(_("Outside the lump sum"), ", ".join(outside)))
    if dossier.opening_valid is not None:
        facts.append(Fact(_("Found at the opening"), _("Valid") if dossier.opening_valid else _("Invalid")))
        facts.append(Fact(_("Reason"), dossier.opening_note))
    if dossier.mean_hundredths is not None:
        facts.append(Fact(_("Mean of the council"), panels.mean_words(dossier)))
        facts.append(Fact(_("Rank"), dossier.rank or ""))
    if dossier.appraised_state_vnd is not None:
        facts.append(Fact(_("State budget appraised (đồng)"), dossier.appraised_state_vnd, "money"))
    if dossier.remarks:
        facts.append(Fact(_("Remarks of the council"), dossier.remarks, "long"))
        facts.append(Fact(_("Answer to the remarks"), dossier.remarks_answer, "long"))
    return facts


def _people(dossier: Dossier) -> list[Person]:
    leader = Position.PRINCIPAL_INVESTIGATOR
    found = [Person(str(dossier.principal_investigator), leader.label, dossier.host.name)]
    for member in dossier.members.select_related("organisation"):
        organisation = member.organisation.name if member.organisation else ""
        found.append(Person(member.name, member.get_position_display(), organisation))
    for partner in dossier.partners.select_related("organisation"):
        note = _("Consent attached") if partner.consent else _("Consent missing")
        found.append(Person(partner.organisation.name, _("Partner"), partner.task, note))
    return found


def _eligibility(dossier: Dossier) -> Panel:
    refusals = eligibility_refusals(dossier, eligibility_day(dossier))
    if not refusals:
        facts = [Fact(_("Host and principal investigator"), _("Nothing known speaks against them."))]
        return panels.facts_panel(_("Eligibility"), facts)
    lines = panels.refusal_lines(refusals)
    title = _("This speaks against the dossier")
    return Panel(
        _("Eligibility"),
        "components/refusals.html",
        {"refusals": lines, "title": title, "tone": "warning"},
        slot="facts",
        icon="warning",
    )


def _parts(request: HttpRequest, dossier: Dossier | None) -> list[Part]:
    choices = {"organisations": organisation_choices()}
    members, partners, lines = ([], [], []) if dossier is None else _rows(dossier)
    data = request.POST or None
    return [
        Part(_("People"), _("Person"), MemberForms(data, initial=members, prefix="members", form_kwargs=choices)),
        Part(_("Partners"), _("Partner"), PartnerForms(data, initial=partners, prefix="partners", form_kwargs=choices)),
        Part(_("Estimate"), _("Line"), BudgetLineForms(data, initial=lines, prefix="lines")),
    ]


def _rows(dossier: Dossier) -> tuple[list[Any], list[Any], list[Any]]:
    members = [
        {"name": one.name, "organisation": one.organisation, "position": one.position, "months": one.months}
        for one in dossier.members.select_related("organisation")
    ]
    partners = [
        {"organisation": one.organisation, "task": one.task, "consent": one.consent}
        for one in dossier.partners.select_related("organisation")
    ]
    return members, partners, lines_of(dossier)


def lines_of(dossier: Dossier) -> list[dict[str, Any]]:
    """The estimate as its form shows it."""
    return [{name: getattr(line, name) for name in LINE_FACTS} for line in dossier.budget_lines.all()]


def _written(parts: list[Part]) -> DossierParts:
    members, partners, lines = (rows_of(part.forms) for part in parts)
    return DossierParts(members=members, partners=partners, budget_lines=lines)


@screen("apply", Order, related=("direct_host",))
@FORM
def dossier_create(request: HttpRequest, order: Order) -> HttpResponse:
    user = acting(request)
    form, parts = DossierForm(request.POST or None, user=user, order=order), _parts(request, None)

    def act() -> Dossier:
        return services.create_dossier(
            actor=user,
            order=order,
            host=form.cleaned_data["host"],
            facts=form.facts(*COLUMNS),
            narrative=form.narrative(),
            parts=_written(parts),
            key=form.acting_key,
        )

    return record_form(
        request,
        form,
        act,
        title=_("New dossier"),
        submit_label=_("Save the draft"),
        done=_("The draft is saved. Nothing is submitted yet."),
        back=order.get_absolute_url(),
        parts=parts,
        notes=[{"tone": "info", "title": order.code, "text": order.title}],
    )


@screen("edit", Dossier, related=("order",))
@FORM
def dossier_edit(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    user = acting(request)
    form = DossierForm(request.POST or None, user=user, order=dossier.order, dossier=dossier)
    parts = _parts(request, dossier)

    def act() -> Dossier:
        return services.edit_dossier(
            dossier, actor=user, facts=form.facts(*COLUMNS), narrative=form.narrative(), parts=_written(parts)
        )

    return record_form(
        request,
        form,
        act,
        title=dossier.title,
        submit_label=_("Save the draft"),
        done=_("The draft is saved. Nothing is submitted yet."),
        back=dossier.get_absolute_url(),
        parts=parts,
        notes=[
            *panels.handed_over_note(dossier, user),
            *panels.missing_note(missing_in_dossier(dossier), _("Still missing before submitting")),
        ],
    )


@screen("answer", Dossier, related=("order",))
@FORM
def dossier_answer(request: HttpRequest, dossier: Dossier) -> HttpResponse:
    form = AnswerForm(request.POST or None, initial={"answer": dossier.remarks_answer})
    lines = BudgetLineForms(request.POST or None, initial=lines_of(dossier), prefix="lines")

    def act() -> Dossier:
        answer = str(form.cleaned_data["answer"])
        return services.answer_remarks(dossier, actor=acting(request), answer=answer, budget_lines=rows_of(lines))

    return record_form(
        request,
        form,
        act,
        title=_("Answer the remarks"),
        submit_label=_("Save the answer"),
        done=_("The answer is saved. Hand in the revised dossier when it is complete."),
        back=dossier.get_absolute_url(),
        parts=[Part(_("Estimate"), _("Line"), lines)],
        notes=[{"tone": "info", "title": _("Remarks of the council"), "text": dossier.remarks}],
    )
