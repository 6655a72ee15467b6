"""Organisations: their names, their people, what became of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from core import clock
from core.people import services
from core.people.filters import OrganisationFilter
from core.people.forms.organisations import NameForm, OrganisationForm, SuccessionForm
from core.people.models import Membership, Organisation, RightsKind, Succession
from core.people.policy import can, may, visible_to
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Action, Crumb, Fact, Panel, panels_by_slot

from . import tables
from .answers import acting, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])
TABLE = "components/table.html"


@screen("organisations.list", kind=PageKind.LIST)
@require_GET
def organisation_list(request: HttpRequest) -> HttpResponse:
    """Every organisation that the reader may see; applicants see their own."""
    rows = visible_to(request.user, Organisation).select_related("place__parent__parent")
    create = Action(_("New organisation"), reverse("people:organisation-create"), primary=True, icon="plus")
    actions = [create] if may(request.user, "organisations.create") else []
    return listing(request, rows, OrganisationFilter, tables.ORGANISATIONS, title=_("Organisations"), actions=actions)


@screen("view", Organisation, related=("place__parent__parent", "parent"))
@require_GET
def organisation_detail(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Facts, dated names, line of succession, people."""
    context = {
        "title": organisation.name,
        "code": organisation.code,
        "badge": tables.ENDED if organisation.ended_on else None,
        "crumbs": [Crumb(_("Organisations"), reverse("people:organisation-list"))],
        "actions": _actions(organisation) if can(request.user, "edit", organisation) else [],
        "slots": panels_by_slot(_panels(request, organisation)),
    }
    return render(request, "generic/detail.html", context)


@screen("organisations.create", kind=PageKind.FORM)
@FORM
def organisation_create(request: HttpRequest) -> HttpResponse:
    """Enter an organisation."""

    def act(facts: Mapping[str, Any]) -> str:
        return _page(services.create_organisation(**facts, actor=acting(request)))

    return form_page(
        request,
        OrganisationForm(request.POST or None),
        act,
        title=_("New organisation"),
        submit_label=_("Create the organisation"),
        done=_("The organisation is entered."),
        back=reverse("people:organisation-list"),
    )


@screen("edit", Organisation)
@FORM
def organisation_rename(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """A new name or seat from a day on, once a second person confirms it."""
    present = organisation.name_on(clock.today())
    initial = {name: getattr(present, name) for name in ("name_vi", "name_en", "short_name", "address")}
    return form_page(
        request,
        NameForm(request.POST or None, initial=initial),
        lambda facts: services.enter_rights(
            RightsKind.RENAME_ORGANISATION, organisation=organisation, **facts, actor=acting(request)
        ),
        title=_("New name or address"),
        submit_label=_("Record the change"),
        done=_("The change is recorded; older papers keep the former name."),
        back=_page(organisation),
    )


@screen("edit", Organisation)
@FORM
def organisation_succeed(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Merged, split or dissolved, once a second person confirms it."""
    return form_page(
        request,
        SuccessionForm(request.POST or None, organisation=organisation),
        lambda facts: services.enter_rights(
            RightsKind.SUCCEED, predecessors=[organisation], **facts, actor=acting(request)
        ),
        title=_("Merger, split or dissolution"),
        submit_label=_("Record the change"),
        done=_("The change is recorded."),
        back=_page(organisation),
        danger=True,
    )


def _page(organisation: Organisation) -> str:
    return reverse("people:organisation-detail", args=[organisation.code])


def _actions(organisation: Organisation) -> list[Action]:
    if organisation.ended_on is not None:
        return []
    rename = reverse("people:organisation-rename", args=[organisation.code])
    succeed = reverse("people:organisation-succeed", args=[organisation.code])
    return [
        Action(_("New name or address"), rename, dialog=True),
        Action(_("Merger, split or dissolution"), succeed, danger=True, dialog=True),
    ]


def _panels(request: HttpRequest, organisation: Organisation) -> list[Panel]:
    changes = Succession.objects.exclude(kind="rename").filter(Q(predecessor=organisation) | Q(successor=organisation))
    members = Membership.objects.on(clock.today()).filter(
        pk__in=visible_to(request.user, Membership).filter(organisation=organisation).values("pk"),
        user__is_active=True,
    )
    tabled = [
        (_("Names"), tables.NAMES.bind(organisation.names.order_by("-valid_from"))),
        (_("Changes"), tables.SUCCESSIONS.bind(changes.select_related("predecessor", "successor"))),
        (_("People"), tables.MEMBERS.bind(members.select_related("user").order_by("user__sort_key", "pk"))),
    ]
    facts = Panel(_("Facts"), "components/facts.html", {"facts": _facts(organisation)}, slot="people")
    return [facts, *(Panel(title, TABLE, {"table": table}, flush=True) for title, table in tabled)]


def _facts(organisation: Organisation) -> list[Fact]:
    return [
        Fact(_("Kind"), organisation.get_kind_display()),
        Fact(_("Short name"), organisation.short_name),
        Fact(_("Belongs to"), organisation.parent),
        Fact(_("Place"), organisation.place),
        Fact(_("Tax code"), organisation.tax_code, "code"),
        Fact(_("Founding decision"), organisation.decision_number, "code"),
        Fact(_("Ended on"), organisation.ended_on, "date"),
    ]
