"""The letter that lets somebody set a password. No password is ever mailed."""

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest
from django.utils import translation

from .models import User


def send_password_link(request: HttpRequest, user: User) -> bool:
    """Mail the link with which ``user`` sets a password, in the user's language. Closed accounts get none."""
    form = ResetPasswordForm({"email": user.email})
    if not user.is_active or not form.is_valid():
        return False
    with translation.override(user.language):
        form.save(request)
    return True
