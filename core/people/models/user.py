"""The person who signs in: known by an e-mail address, never by a user name."""

import unicodedata
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from core import clock, text
from core.audit.triggers import frozen
from core.rows import check_row

from .dated import new_code


def normalise_email(email: str) -> str:
    """One spelling per address: composed letters, case folded, no blanks around."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", email).casefold()).strip()


def person_keys(full_name: str) -> dict[str, str]:
    """The stored columns by which people are sorted (given name first, as Vietnamese lists do) and searched."""
    *family, given = full_name.split() or [""]
    return {"sort_key": text.sort_key(" ".join([given, *family])), "folded": text.fold(full_name)}


def languages() -> list[tuple[str, str]]:
    """The languages of the site. A function, so that adding one needs no migration."""
    return [(code, str(name)) for code, name in settings.LANGUAGES]


class UserManager(BaseUserManager["User"]):
    """Writes the derived columns, so that every way of making a user gives the same row."""

    def build(self, email: str, password: str | None = None, *, full_name: str, **facts: Any) -> "User":
        """An unsaved user. Without a password nobody can sign in until one is set by e-mail."""
        user = self.model(email=normalise_email(email), full_name=full_name, **person_keys(full_name), **facts)
        user.set_password(password)
        return user

    def create_user(self, email: str, password: str | None = None, *, full_name: str, **facts: Any) -> "User":
        """``build``, check and save. Raises ValidationError for a wrong fact or an address that is taken."""
        user = self.build(email, password, full_name=full_name, **facts)
        check_row(user)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=normalise_email(username or ""))


class User(AbstractBaseUser, PermissionsMixin):
    """A natural person. Deactivated when gone, never deleted: papers and events go on naming the person."""

    code = models.CharField(max_length=20, unique=True, default=new_code, editable=False)
    email = models.EmailField(_("E-mail"), unique=True)
    full_name = models.CharField(_("Full name"), max_length=120)
    academic_title = models.CharField(_("Academic title"), max_length=40, blank=True)
    sort_key = models.CharField(max_length=text.SORT_KEY_LENGTH, editable=False, db_index=True)
    folded = models.CharField(max_length=200, editable=False)
    phone = models.CharField(_("Telephone"), max_length=30, blank=True)
    language = models.CharField(_("Language"), max_length=5, choices=languages, default="vi")
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")) & ~Q(email=""), name="user_email_is_folded"),
            # Nobody stands above the policy tables: not even by a flag of the framework.
            models.CheckConstraint(condition=Q(is_superuser=False), name="user_is_no_superuser"),
        ]

    def __str__(self) -> str:
        return f"{self.academic_title} {self.full_name}".strip()

    def clean(self) -> None:
        super().clean()
        self.email = normalise_email(self.email)

    def get_short_name(self) -> str:
        return self.full_name.rsplit(" ", 1)[-1]

    def get_full_name(self) -> str:
        return self.full_name

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: see ``core.people.services.deactivate_user``."""
        message = "people are deactivated, never deleted"
        raise NotImplementedError(message)


frozen(User, ("code",), when="1 = 1")
