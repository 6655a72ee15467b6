"""allauth as this house uses it: accounts are made by invitation only, and nobody locks out somebody else."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from django.http import HttpRequest

APP, FAILED = "allauth.account", "login_failed_account"


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up: an administrator makes the account, the person sets a password by e-mail.

    Wrong passwords are counted per account and address together, so that whoever types them for somebody else stops
    himself only; and, up to a far higher number, per account alone, against many addresses (ACCOUNT_RATE_LIMITS).
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return f"{self._account_key(request, **credentials)}:{ratelimit.get_ip(request)}"

    def _account_key(self, request: HttpRequest, **credentials: Any) -> str:
        return str(super()._get_login_attempts_cache_key(request, **credentials))

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Raises ValidationError when there were too many wrong passwords."""
        super().pre_authenticate(request, **credentials)
        key = self._account_key(request, **credentials)
        self._account_usage = ratelimit.consume(request, app=APP, action=FAILED, key=key)
        if not self._account_usage:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._account_usage:
            self._account_usage.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        super()._delete_login_attempts_cached_email(request, **credentials)
        ratelimit.clear(request, app=APP, action=FAILED, key=self._account_key(request, **credentials))
