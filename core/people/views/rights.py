"""Roles and powers that wait for a second person: found, read beside their paper, confirmed or refused."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods
from django_stubs_ext import StrOrPromise

from core import clock
from core.people import services
from core.people.forms.people import AnswerForm, ReasonForm
from core.people.models import Authority, Membership, Organisation, RightsKind, RightsRequest, SuccessionKind
from core.people.policy import allowed, visible_to
from core.people.roles import Act, AuthorityLine, Level, Payer, Role
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Action, Crumb, Fact, Panel, panels_by_slot

from . import tables
from .answers import acting, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])
TITLE = gettext_lazy("Rights to be confirmed")
RELATED = ("person", "asked_by")
CHOICES: dict[str, Any] = {
    "role": Role,
    "act": Act,
    "authority_line": AuthorityLine,
    "level": Level,
    "payer": Payer,
    "kind": SuccessionKind,
}
LABELS = {
    "kind": gettext_lazy("Kind"),
    "effective_on": gettext_lazy("In force from"),
    "predecessor_continues": gettext_lazy("The organisation goes on beside its parts"),
    "decision": gettext_lazy("Decision"),
    "role": gettext_lazy("Role"),
    "position": gettext_lazy("Position"),
    "act": gettext_lazy("Matter decided"),
    "positions": gettext_lazy("Positions"),
    "authority_line": gettext_lazy("Authority line"),
    "title_line": gettext_lazy("Title as printed"),
    "level": gettext_lazy("Level"),
    "regulation": gettext_lazy("Regulation"),
    "payer": gettext_lazy("Payer"),
    "amount_from_vnd": gettext_lazy("Amount from (đồng)"),
    "amount_to_vnd": gettext_lazy("Amount to (đồng, included)"),
    "valid_from": gettext_lazy("From"),
    "valid_to": gettext_lazy("Until (included)"),
    "last_day": gettext_lazy("Last day"),
    "reason": gettext_lazy("Reason"),
    "delegation_document": gettext_lazy("Delegation document"),
}

# What a new name changes of the one that papers print today.
BORNE = {
    "name_vi": gettext_lazy("Name in Vietnamese"),
    "name_en": gettext_lazy("Name in English"),
    "short_name": gettext_lazy("Short name"),
    "address": gettext_lazy("Address"),
}
DAYS = {"valid_from", "valid_to", "last_day", "effective_on"}


@screen("rights.list", kind=PageKind.LIST)
@require_GET
def rights_list(request: HttpRequest) -> HttpResponse:
    """What waits for the director of the department or another administrator, oldest first."""
    rows = visible_to(request.user, RightsRequest).filter(granted=None).select_related(*RELATED)
    return listing(request, rows, None, tables.RIGHTS, title=TITLE)


@screen("view", RightsRequest, related=(*RELATED, "decided_by"))
@require_GET
def rights_detail(request: HttpRequest, row: RightsRequest) -> HttpResponse:
    """Everything that would count, and the document behind it."""
    may_do = allowed(request.user, row, "confirm", "refuse")
    pages = [("confirm", _("Confirm")), ("refuse", _("Refuse"))]
    actions = [
        Action(label, reverse(f"people:rights-{name}", args=[row.code]), primary=name == "confirm", dialog=True)
        for name, label in pages
        if name in may_do
    ]
    context = {
        "title": str(row),
        "badge": tables.rights_badge(row),
        "crumbs": [Crumb(TITLE, reverse("people:rights-list"))],
        "actions": actions,
        "slots": panels_by_slot(
            [
                Panel(_("Facts"), "components/facts.html", {"facts": list(_facts(row))}),
                Panel(_("Confirmation"), "components/facts.html", {"facts": _hands(row)}),
            ]
        ),
    }
    return render(request, "generic/detail.html", context)


@screen("confirm", RightsRequest)
@FORM
def rights_confirm(request: HttpRequest, row: RightsRequest) -> HttpResponse:
    """The second person lets it count."""
    return form_page(
        request,
        AnswerForm(request.POST or None),
        lambda facts: services.confirm_rights(row, **facts, actor=acting(request)),
        title=_("Confirm"),
        submit_label=_("Confirm"),
        done=_("It counts from now on."),
        back=reverse("people:rights-list"),
    )


@screen("refuse", RightsRequest)
@FORM
def rights_refuse(request: HttpRequest, row: RightsRequest) -> HttpResponse:
    """It shall not count."""
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda facts: services.refuse_rights(row, **facts, actor=acting(request)),
        title=_("Refuse"),
        submit_label=_("Refuse"),
        done=_("It is refused and does not count."),
        back=reverse("people:rights-list"),
        danger=True,
    )


def _facts(row: RightsRequest) -> Iterable[Fact]:
    """What the service would be called with, in words."""
    yield from _whose(row)
    for heading, codes in _bodies(row.facts):
        for code in filter(None, codes):
            yield Fact(heading, str(Organisation.objects.filter(code=code).first() or code))
    if row.kind == RightsKind.RENAME_ORGANISATION:
        yield from _names(row.facts)
    for model, name in ((Membership, "membership"), (Authority, "authority")):
        if name in row.facts:
            yield Fact(_("Concerns"), str(model._default_manager.filter(code=row.facts[name]).first() or ""))
    for name, label in LABELS.items():
        if row.facts.get(name):
            yield _fact(name, label, row.facts[name])


def _fact(name: str, label: StrOrPromise, value: Any) -> Fact:
    """A fact of the request as people read it: its days are kept as text."""
    if name in DAYS:
        return Fact(label, date.fromisoformat(value), "date")
    return Fact(label, _words(name, value), "money" if name.startswith("amount") else "")


def _bodies(facts: Mapping[str, Any]) -> Iterable[tuple[str, list[str | None]]]:
    """The organisations a request speaks of, by code."""
    yield _("Organisation"), [facts.get("organisation") or facts.get("body")]
    yield _("Predecessor"), facts.get("predecessors", [])
    yield _("Successor"), facts.get("successors", [])


def _names(facts: Mapping[str, Any]) -> Iterable[Fact]:
    """Each part of the name, before and after: what is left empty ends with the former name."""
    present = Organisation.objects.get(code=facts["organisation"]).name_on(clock.today())
    for name, label in BORNE.items():
        before, after = getattr(present, name), facts.get(name, "")
        yield Fact(label, after if after == before else f"{before or '∅'} → {after or '∅'}")


def _whose(row: RightsRequest) -> Iterable[Fact]:
    """The account, not only the name: whoever entered it may have written the name as well."""
    person = row.person
    if person is None:
        return
    yield Fact(_("Person"), str(person), url=tables.person_page(row))
    yield Fact(_("E-mail"), person.email, "code")
    yield Fact(_("Account since"), clock.local(person.created_at), "datetime")
    if row.kind in {RightsKind.REACTIVATE_USER, RightsKind.DEACTIVATE_USER}:
        held = person.memberships.overlapping(clock.today(), None).select_related("organisation")
        yield Fact(_("Roles"), tables.roles_in_words(held))


def _words(name: str, value: Any) -> Any:
    if name == "positions":
        return ", ".join(str(Role(one).label) for one in value)
    if value is True:
        return _("Yes")
    return CHOICES[name](value).label if name in CHOICES else value


def _hands(row: RightsRequest) -> list[Fact]:
    return [
        Fact(_("Document: number and symbol"), row.document_number, "code"),
        Fact(_("Document: date"), row.document_date, "date"),
        Fact(_("Entered by"), str(row.asked_by)),
        Fact(_("Entered at"), clock.local(row.asked_at), "datetime"),
        Fact(_("Answered by"), str(row.decided_by or "")),
        Fact(_("Answer"), row.answer),
    ]
