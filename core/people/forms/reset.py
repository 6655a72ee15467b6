"""Asking for a new password."""

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from core.people.invitations import queue_letter


class AskForPasswordForm(ResetPasswordForm):
    """Whoever asks for an unknown address has the same written, and waits as long, as for a known one."""

    def save(self, request: HttpRequest, **_kwargs: Any) -> str:  # allauth passes it
        """Queue the letter, whether or not somebody has the address."""
        email = str(self.cleaned_data["email"])
        queue_letter(email)
        return email
