"""The first two accounts of a new installation: one enters what gives powers, the other confirms it."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from core.audit.service import transaction
from core.people.models import Organisation, OrganisationKind, User
from core.people.roles import Role
from core.people.services import add_membership, create_organisation, create_user


class Command(BaseCommand):
    help = "Make a system administrator. The password is set afterwards with: manage.py changepassword ADDRESS"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("full_name")

    def handle(self, *_args: Any, email: str, full_name: str, **_options: Any) -> None:
        try:
            with transaction():
                user = self._make(email, full_name)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{user} is a system administrator. Set the password: manage.py changepassword {user.email}")

    def _make(self, email: str, full_name: str) -> User:
        user = create_user(email=email, full_name=full_name, actor=None)
        department = Organisation.objects.filter(kind=OrganisationKind.DEPARTMENT, is_internal=True).first()
        house = department or create_organisation(
            name_vi=settings.SITE_OWNER, kind=OrganisationKind.DEPARTMENT, is_internal=True, actor=None
        )
        add_membership(user=user, organisation=house, role=Role.SYSTEM_ADMINISTRATOR, actor=None)
        return user
