"""The pages of an amendment: kind, request, opinion."""

from collections.abc import Callable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core.people.models import User
from core.people.policy import can
from core.people.screens import screen
from core.ui.parts import Action, Fact, Panel
from core.workflow.pages import detail
from tasks import services
from tasks.forms.amendments import FORMS, ChangeSet, OpinionForm, PhasingSet, unpaid_instalments
from tasks.models import Amendment, AmendmentKind, Task
from tasks.selectors.amendments import changes_of

from . import tables
from .answers import Page, acting, crumbs_of, form_page
from .contracts import FORM
from .panels import facts_panel, table_panel

RELATED = ("task__host", "task__principal_investigator", "new_investigator", "opinion_by")


@screen("view", Amendment, related=RELATED)
@require_GET
def amendment_detail(request: HttpRequest, amendment: Amendment) -> HttpResponse:
    """What is asked for, the opinion, the decision."""
    return detail(
        request,
        amendment,
        title=amendment.title,
        lead=amendment.task.title,
        panels=_panels(amendment),
        actions=list(_actions(amendment, acting(request))),
        crumbs=crumbs_of(amendment)[:-1],
    )


def _actions(amendment: Amendment, user: User) -> Iterator[Action]:
    pages = (
        ("edit", _("Change the request"), "amendment-edit"),
        ("examine", _("Write the opinion"), "amendment-examine"),
    )
    for action, label, name in pages:
        if can(user, action, amendment):
            yield Action(label, reverse(f"tasks:{name}", args=[amendment.code]), icon="pencil")


def _panels(amendment: Amendment) -> list[Panel]:
    facts = [
        Fact(_("Kind"), amendment.get_kind_display()),
        Fact(_("Requested on"), amendment.requested_on, "date"),
        Fact(_("Decided on"), amendment.decided_on, "date"),
        Fact(_("Reason"), amendment.reason, "long"),
    ]
    found = [
        facts_panel(_("Request"), facts, slot="main", icon="pencil"),
        table_panel(_("Amended points"), tables.CHANGES, changes_of(amendment), slot="main", icon="flag"),
    ]
    if amendment.opinion:
        opinion = [
            Fact(_("The opinion is"), _("in favour") if amendment.agrees else _("against")),
            Fact(_("Given by"), str(amendment.opinion_by or "")),
            Fact(_("Opinion"), amendment.opinion, "long"),
        ]
        found.append(facts_panel(_("Opinion"), opinion, slot="main", icon="user"))
    return found


@screen("request_amendment", Task, related=("contract", "principal_investigator"))
@FORM
def amendment_create(request: HttpRequest, task: Task, kind: str = "") -> HttpResponse:
    """Choose the kind first, then say what shall change."""
    if kind not in AmendmentKind.values:
        return _choice(request, task, kind)
    user, chosen = acting(request), AmendmentKind(kind)
    request_form, lines, read = _forms(request, task, Amendment(task=task, kind=chosen))

    def act() -> str:
        facts, phasings = read()
        made = services.create_amendment(
            task, actor=user, kind=chosen, facts=facts, phasings=phasings, key=request_form.acting_key
        )
        return made.get_absolute_url()

    page = Page(
        title=chosen.label,
        lead=task.title,
        done=_("The request is saved. Hand it in when it is complete."),
        back=task.get_absolute_url(),
        formset_label=_("Instalment") if chosen == AmendmentKind.PHASING else _("Change"),
        crumbs=crumbs_of(task),
    )
    return form_page(request, request_form, act, page, formset=lines)


def _choice(request: HttpRequest, task: Task, kind: str) -> HttpResponse:
    if kind:
        raise Http404
    links = [
        Fact(_("Kind of amendment"), one.label, "link", reverse("tasks:amendment-create", args=[task.code, one]))
        for one in AmendmentKind
    ]
    panels = {"main": [facts_panel(_("What shall be amended?"), links, icon="pencil")]}
    context = {"title": _("Request an amendment"), "lead": task.title, "crumbs": crumbs_of(task), "slots": panels}
    return render(request, "generic/detail.html", context)


def _forms(request: HttpRequest, task: Task, amendment: Amendment) -> tuple[Any, Any, Callable[[], tuple[Any, Any]]]:
    """The form of the kind, its rows, and how both are read."""
    kind, data = AmendmentKind(amendment.kind), request.POST or None
    form = FORMS[kind](data, task=task, user=acting(request), instance=amendment)
    if kind == AmendmentKind.CONTENT:
        lines = ChangeSet(data, initial=amendment.changes)
        return form, lines, lambda: ({**form.facts(), "changes": lines.kept()}, ())
    if kind == AmendmentKind.PHASING:
        moved = PhasingSet(data, initial=_phasing_initial(task, amendment))
        return form, moved, lambda: (form.facts(), moved.phasings(task))
    return form, None, lambda: (form.facts(), ())


def _phasing_initial(task: Task, amendment: Amendment) -> list[dict[str, Any]]:
    asked = {one.instalment_id: one for one in amendment.phasings.all()} if amendment.pk else {}
    names = ("amount_vnd", "planned_on", "budget_year")
    return [
        {"instalment": one.sequence, **{name: getattr(asked.get(one.pk, one), name) for name in names}}
        for one in unpaid_instalments(task)
    ]


@screen("edit", Amendment, related=(*RELATED, "task__contract"))
@FORM
def amendment_edit(request: HttpRequest, amendment: Amendment) -> HttpResponse:
    """Change a draft request."""
    form, lines, read = _forms(request, amendment.task, amendment)

    def act() -> None:
        facts, phasings = read()
        services.edit_amendment(amendment, actor=acting(request), facts=facts, phasings=phasings)

    page = Page(
        title=amendment.title,
        lead=amendment.task.title,
        done=_("The request is saved. Hand it in when it is complete."),
        back=amendment.get_absolute_url(),
        formset_label=_("Instalment") if amendment.kind == AmendmentKind.PHASING else _("Change"),
        crumbs=crumbs_of(amendment),
    )
    return form_page(request, form, act, page, formset=lines)


@screen("examine", Amendment, related=RELATED)
@FORM
def amendment_examine(request: HttpRequest, amendment: Amendment) -> HttpResponse:
    """Write the opinion; the step itself follows."""
    form = OpinionForm(request.POST or None, instance=amendment)

    def act() -> None:
        data = form.cleaned_data
        services.give_opinion(amendment, actor=acting(request), opinion=data["opinion"], agrees=data["agrees"])

    page = Page(
        title=_("Write the opinion"),
        lead=amendment.task.title,
        done=_("The opinion is saved."),
        back=amendment.get_absolute_url(),
        crumbs=crumbs_of(amendment),
    )
    return form_page(request, form, act, page)
