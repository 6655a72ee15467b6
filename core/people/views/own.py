"""The own profile, and the one-click sign-in of the demo."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from core.people import services
from core.people.forms.people import ProfileForm
from core.people.models import User
from core.people.models.user import normalise_email
from core.people.screens import PageKind, screen
from core.people.selectors import memberships_seen_by
from core.ui.parts import Action, Fact, Panel, panels_by_slot

from . import tables
from .answers import acting, form_page

BACKEND = "django.contrib.auth.backends.ModelBackend"


@screen("people.profile", kind=PageKind.DETAIL)
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """What people see of themselves: how they are reached, what they are."""
    user = acting(request)
    rows = memberships_seen_by(user, user)
    facts = [
        Fact(_("E-mail"), user.email, "code"),
        Fact(_("Telephone"), user.phone, "code"),
        Fact(_("Language"), user.get_language_display()),
    ]
    panels = [
        Panel(_("Roles"), "components/table.html", {"table": tables.MEMBERSHIPS.bind(rows)}, slot="main", flush=True),
        Panel(_("Contact"), "components/facts.html", {"facts": facts}, slot="people"),
    ]
    actions = [
        Action(_("Language and telephone"), reverse("people:profile-edit"), dialog=True, icon="pencil"),
        Action(_("Change the password"), reverse("account_change_password"), icon="lock"),
    ]
    context = {"title": _("My profile"), "actions": actions, "slots": panels_by_slot(panels)}
    return render(request, "generic/detail.html", context)


@screen("people.profile", kind=PageKind.FORM)
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """What people may change about themselves."""
    user = acting(request)

    def act(facts: Mapping[str, Any]) -> None:
        services.update_profile(user, **facts, actor=user)

    response = form_page(
        request,
        ProfileForm(request.POST or None, initial={"language": user.language, "phone": user.phone}),
        act,
        title=_("Language and telephone"),
        submit_label=_("Save"),
        done=_("Saved."),
        back=reverse("people:profile"),
    )
    if isinstance(response, HttpResponseRedirect):
        # The choice just made counts more than the one this browser remembers.
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, user.language, samesite="Lax")
    return response


@screen("account.email", kind=PageKind.OTHER)
@require_GET
def account_email(request: HttpRequest) -> HttpResponse:
    """The address one signs in with; it is shown, not changed."""
    return render(request, "account/email.html")


@screen("people.demo-sign-in", public=True, kind=PageKind.OTHER)
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the invented people. Exists only where DEMO_SIGN_IN is on."""
    email = normalise_email(request.POST.get("email", ""))
    user = User.objects.filter(email=email, is_demo=True, is_active=True).first() if settings.DEMO_SIGN_IN else None
    if user is None:
        raise Http404
    login(request, user, backend=BACKEND)
    target = request.POST.get("next", "")
    is_own = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if is_own else settings.LOGIN_REDIRECT_URL)
