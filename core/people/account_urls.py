"""allauth's pages that this house uses, under allauth's own names and each with its screen.

The address somebody signs in with is the identity of the account: only an administrator gives it, so allauth's pages
for changing or confirming addresses are not among them.
"""

from allauth.account import views as allauth
from django.urls import path, re_path

from . import views
from .screens import PageKind, screen

visitors = screen("account.visit", public=True, kind=PageKind.FORM)
owner = screen("account.password", kind=PageKind.FORM)

urlpatterns = [
    path("login/", visitors(allauth.login), name="account_login"),
    path("logout/", visitors(allauth.logout), name="account_logout"),
    path("inactive/", visitors(allauth.account_inactive), name="account_inactive"),
    path("signup/", visitors(allauth.signup), name="account_signup"),
    path("email/", views.account_email, name="account_email"),
    path("reauthenticate/", owner(allauth.reauthenticate), name="account_reauthenticate"),
    path("password/change/", owner(allauth.password_change), name="account_change_password"),
    path("password/set/", owner(allauth.password_set), name="account_set_password"),
    path("password/reset/", visitors(allauth.password_reset), name="account_reset_password"),
    path("password/reset/done/", visitors(allauth.password_reset_done), name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        visitors(allauth.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        visitors(allauth.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
]
