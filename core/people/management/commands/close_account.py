"""Close an account from the machine itself: where two persons are needed and only one is left, or there is no time."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core.people.models import User
from core.people.services import deactivate_user


class Command(BaseCommand):
    help = "Close the account of an address at once. It is opened again on its page, by two persons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("reason")

    def handle(self, *_args: Any, email: str, reason: str, **_options: Any) -> None:
        try:
            user = User.objects.get_by_natural_key(email)
            deactivate_user(user, reason=reason, actor=None)
        except User.DoesNotExist as error:
            message = f"nobody has the address {email}"
            raise CommandError(message) from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"The account of {user} is closed.")
