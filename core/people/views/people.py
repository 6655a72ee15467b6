"""People: found by those who may see them, changed by the system administrator."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core import clock
from core.people import services
from core.people.filters import PersonFilter
from core.people.forms.people import FactsForm, LastDayForm, MembershipForm, PersonForm, ReasonForm
from core.people.invitations import send_password_link
from core.people.models import Membership, RightsKind, RightsRequest, User
from core.people.policy import can, may, visible_to
from core.people.screens import PageKind, screen
from core.people.selectors import memberships_seen_by
from core.ui.listing import listing
from core.ui.parts import Action, Crumb, Fact, Panel, panels_by_slot

from . import tables
from .answers import acting, form_page

FORM = require_http_methods(["GET", "HEAD", "POST"])


@screen("people.list", kind=PageKind.LIST)
@require_GET
def person_list(request: HttpRequest) -> HttpResponse:
    """Everybody whom the reader may see, with the roles that the reader may see."""
    seen = visible_to(request.user, Membership)
    held = Membership.objects.on(clock.today()).filter(pk__in=seen.values("pk")).select_related("organisation")
    people = visible_to(request.user, User).prefetch_related(Prefetch("memberships", held, to_attr="held"))
    create = Action(_("New person"), reverse("people:person-create"), primary=True, icon="plus")
    actions = [create] if may(request.user, "people.create") else []
    return listing(request, people, PersonFilter, tables.PEOPLE, title=_("Users"), actions=actions)


@screen("view", User)
@require_GET
def person_detail(request: HttpRequest, person: User) -> HttpResponse:
    """Working contact and roles; more of it for the administrator."""
    is_editor = bool(can(request.user, "edit", person))
    roles = tables.MEMBERSHIPS_EDITED if is_editor else tables.MEMBERSHIPS
    panels = [
        Panel(_("Contact"), "components/facts.html", {"facts": _facts(person, full=is_editor)}, slot="people"),
        Panel(
            _("Roles"),
            "components/table.html",
            {"table": roles.bind(memberships_seen_by(request.user, person))},
            slot="main",
            flush=True,
        ),
    ]
    waiting = list(
        visible_to(request.user, RightsRequest).filter(person=person, granted=None).select_related("person", "asked_by")
    )
    if waiting:
        table = {"table": tables.RIGHTS.bind(waiting)}
        panels.append(Panel(tables.RIGHTS.caption, "components/table.html", table, slot="main", flush=True))
    context = {
        "title": str(person),
        "badge": None if person.is_active else tables.CLOSED,
        "crumbs": [Crumb(_("Users"), reverse("people:person-list"))],
        "actions": _actions(person) if is_editor else [],
        "slots": panels_by_slot(panels),
    }
    return render(request, "generic/detail.html", context)


@screen("people.create", kind=PageKind.FORM)
@FORM
def person_create(request: HttpRequest) -> HttpResponse:
    """A new account; the invitation goes out by e-mail once it is written."""

    def act(facts: Mapping[str, Any]) -> str:
        person = services.create_user(**facts, actor=acting(request))
        send_password_link(person)
        return _page(person)

    return form_page(
        request,
        PersonForm(request.POST or None),
        act,
        title=_("New person"),
        submit_label=_("Create and invite"),
        done=_("The account is open; the invitation is on its way."),
        back=reverse("people:person-list"),
    )


@screen("edit", User)
@FORM
def person_edit(request: HttpRequest, person: User) -> HttpResponse:
    """Correct a name, a title or a telephone number."""
    initial = {name: getattr(person, name) for name in FactsForm.base_fields}
    return form_page(
        request,
        FactsForm(request.POST or None, initial=initial),
        lambda facts: services.update_user(person, **facts, actor=acting(request)),
        title=_("Correct the facts"),
        submit_label=_("Save"),
        done=_("Saved."),
        back=_page(person),
    )


@screen("edit", User)
@FORM
def person_deactivate(request: HttpRequest, person: User) -> HttpResponse:
    """Close an account, where its holder confirms what others enter once a second person confirms it."""
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda facts: services.enter_rights(RightsKind.DEACTIVATE_USER, user=person, **facts, actor=acting(request)),
        title=_("Close the account"),
        submit_label=_("Close the account"),
        done=_("The account is closed."),
        back=_page(person),
        danger=True,
    )


@screen("edit", User)
@FORM
def person_reactivate(request: HttpRequest, person: User) -> HttpResponse:
    """Open a closed account again."""
    return form_page(
        request,
        ReasonForm(request.POST or None),
        lambda facts: services.enter_rights(RightsKind.REACTIVATE_USER, user=person, **facts, actor=acting(request)),
        title=_("Open the account again"),
        submit_label=_("Open the account again"),
        done=_("The account is open again."),
        back=_page(person),
    )


@screen("edit", User)
@require_POST
def person_invite(request: HttpRequest, person: User) -> HttpResponse:
    """Send the link for setting a password once more."""
    if send_password_link(person):
        messages.success(request, gettext("The link is on its way."))
    else:
        messages.error(request, gettext("This account has been deactivated."))
    return redirect(_page(person))


@screen("edit", User)
@FORM
def membership_create(request: HttpRequest, person: User) -> HttpResponse:
    """Give a person a role."""
    return form_page(
        request,
        MembershipForm(request.POST or None),
        lambda facts: services.enter_rights(RightsKind.ADD_MEMBERSHIP, user=person, **facts, actor=acting(request)),
        title=_("Add a role"),
        submit_label=_("Add the role"),
        done=_("The role is added."),
        back=_page(person),
    )


@screen("edit", Membership, related=("user",))
@FORM
def membership_end(request: HttpRequest, membership: Membership) -> HttpResponse:
    """Let a role end."""
    return form_page(
        request,
        LastDayForm(request.POST or None),
        lambda facts: services.enter_rights(
            RightsKind.END_MEMBERSHIP, membership=membership, **facts, actor=acting(request)
        ),
        title=_("End the role"),
        submit_label=_("End the role"),
        done=_("The role ends on that day."),
        back=_page(membership.user),
        danger=True,
    )


def _page(person: User) -> str:
    return reverse("people:person-detail", args=[person.code])


def _actions(person: User) -> list[Action]:
    pages = [("person-edit", _("Correct the facts")), ("membership-create", _("Add a role"))]
    found = [Action(label, reverse(f"people:{name}", args=[person.code]), dialog=True) for name, label in pages]
    if not person.is_active:
        reopen = reverse("people:person-reactivate", args=[person.code])
        return [*found, Action(_("Open the account again"), reopen, dialog=True)]
    invite = reverse("people:person-invite", args=[person.code])
    close = reverse("people:person-deactivate", args=[person.code])
    return [
        *found,
        Action(_("Send a link to set the password"), invite, post=True),
        Action(_("Close the account"), close, danger=True, dialog=True),
    ]


def _facts(person: User, *, full: bool) -> list[Fact]:
    contact = [Fact(_("E-mail"), person.email, "code"), Fact(_("Telephone"), person.phone, "code")]
    if not full:
        return contact
    return [
        *contact,
        Fact(_("Language"), person.get_language_display()),
        Fact(_("Account since"), person.created_at, "datetime"),
        Fact(_("Last sign-in"), person.last_login, "datetime"),
    ]
