"""The letter with the way to a new password: sent after the answer, which tells no known address from another."""

from collections.abc import Mapping
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import PASSWORD_RESET_TOKEN_GENERATOR
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from core.jobs.registry import job

from .invitations import RESET_JOB
from .models import User


@job(RESET_JOB)
def mail_the_way_to_a_new_password(payload: Mapping[str, Any]) -> None:
    """The link is made here: no table ever holds it."""
    user = User.objects.filter(email=payload["email"], is_active=True).first()
    if user is None:
        return
    key = {"uidb36": user_pk_to_url_str(user), "key": PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)}
    url = settings.SITE_BASE_URL.rstrip("/") + reverse("account_reset_password_from_key", kwargs=key)
    with translation.override(user.language or settings.LANGUAGE_CODE):
        letter = get_adapter().render_mail("account/email/password_reset_key", user.email, {"password_reset_url": url})
    letter.send()
