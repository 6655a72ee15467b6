"""allauth as this house uses it: accounts are made by invitation only."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitationOnlyAdapter(DefaultAccountAdapter):
    """Nobody signs up: an administrator makes the account, the person sets a password by e-mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
