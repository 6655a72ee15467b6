"""The table of authorities: read by everybody in the office, kept by the system administrator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods

from core.people import services
from core.people.filters import AuthorityFilter
from core.people.forms.authorities import AuthorityForm, DelegationForm
from core.people.forms.people import LastDayForm
from core.people.models import Authority, RightsKind
from core.people.policy import can, may, visible_to
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Action, Crumb, Fact, Panel, panels_by_slot

from . import tables
from .answers import acting, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


@screen("authorities.list", kind=PageKind.LIST)
@require_GET
def authority_list(request: HttpRequest) -> HttpResponse:
    """Who may decide what."""
    rows = visible_to(request.user, Authority).select_related("body")
    create = Action(_("New rule"), reverse("people:authority-create"), primary=True, icon="plus")
    actions = [create] if may(request.user, "authorities.create") else []
    title, lead = _("Who decides what"), _("Every decision of the system looks up here who may sign it.")
    return listing(request, rows, AuthorityFilter, tables.AUTHORITIES, title=title, lead=lead, actions=actions)


@screen("view", Authority, related=("body", "delegated_from__body"))
@require_GET
def authority_detail(request: HttpRequest, authority: Authority) -> HttpResponse:
    """One rule and the delegations given from it."""
    given = tables.AUTHORITIES.bind(authority.delegations.select_related("body"))
    panels = [
        Panel(_("Facts"), "components/facts.html", {"facts": _facts(authority)}),
        Panel(_("Delegations"), "components/table.html", {"table": given}, flush=True),
    ]
    context = {
        "title": authority.get_act_display(),
        "badge": tables.standing_badge(authority),
        "crumbs": [Crumb(_("Who decides what"), reverse("people:authority-list"))],
        "actions": _actions(authority) if can(request.user, "edit", authority) else [],
        "slots": panels_by_slot(panels),
    }
    return render(request, "generic/detail.html", context)


@screen("authorities.create", kind=PageKind.FORM)
@FORM
def authority_create(request: HttpRequest) -> HttpResponse:
    """A new row of the table, once a second person confirms it."""
    return form_page(
        request,
        AuthorityForm(request.POST or None),
        lambda facts: services.enter_rights(RightsKind.ADD_AUTHORITY, **facts, actor=acting(request)),
        title=_("New rule"),
        submit_label=_("Add the rule"),
        done=_("The rule is added."),
        back=reverse("people:authority-list"),
    )


@screen("edit", Authority)
@FORM
def authority_delegate(request: HttpRequest, authority: Authority) -> HttpResponse:
    """Hand a power on for a time, by a document, once a second person confirms it."""
    return form_page(
        request,
        DelegationForm(request.POST or None),
        lambda facts: services.enter_rights(RightsKind.DELEGATE, authority=authority, **facts, actor=acting(request)),
        title=_("Delegate"),
        submit_label=_("Record the delegation"),
        done=_("The delegation is recorded."),
        back=_page(authority),
    )


@screen("edit", Authority)
@FORM
def authority_end(request: HttpRequest, authority: Authority) -> HttpResponse:
    """Let a rule or a delegation end."""
    return form_page(
        request,
        LastDayForm(request.POST or None),
        lambda facts: services.enter_rights(
            RightsKind.END_AUTHORITY, authority=authority, **facts, actor=acting(request)
        ),
        title=_("End the rule"),
        submit_label=_("End the rule"),
        done=_("The rule ends on that day."),
        back=_page(authority),
        danger=True,
    )


def _page(authority: Authority) -> str:
    return reverse("people:authority-detail", args=[authority.code])


def _actions(authority: Authority) -> list[Action]:
    delegate = Action(_("Delegate"), reverse("people:authority-delegate", args=[authority.code]), dialog=True)
    end = Action(_("End the rule"), reverse("people:authority-end", args=[authority.code]), danger=True, dialog=True)
    return [end] if authority.delegated_from_id else [delegate, end]


def _facts(authority: Authority) -> list[Fact]:
    every = gettext("Every one")
    return [
        Fact(_("Level"), authority.get_level_display() if authority.level else every),
        Fact(_("Regulation"), authority.regulation or every),
        Fact(_("Payer"), authority.get_payer_display() if authority.payer else every),
        Fact(_("Amount from (đồng)"), authority.amount_from_vnd, "money"),
        Fact(_("Amount to (đồng, included)"), authority.amount_to_vnd, "money"),
        Fact(_("Body"), authority.body),
        Fact(_("Positions"), ", ".join(str(role.label) for role in authority.roles)),
        Fact(_("Authority line"), authority.authority_line, "code"),
        Fact(_("Title as printed"), authority.title_line),
        Fact(_("From"), authority.valid_from, "date"),
        Fact(_("Until"), authority.valid_to, "date"),
        Fact(_("Delegated from"), authority.delegated_from and authority.delegated_from.body),
        Fact(_("Delegation document"), authority.delegation_document),
    ]
