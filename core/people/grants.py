"""Rights on one object that a person hands out. The only module that knows django-guardian.

Each grant is the shadow of a business fact (a council seat, an officer in charge) and names it as its ground. A room
that hands out grants declares its own table, ``class TaskGrant(ObjectGrant): content_object = ForeignKey(Task, …)``,
and the codenames in ``Meta.permissions`` of the object's model.
"""

from django.conf import settings
from django.db import models
from django.db.models import Model, Q, QuerySet
from guardian.models import UserObjectPermissionBase
from guardian.shortcuts import assign_perm, get_objects_for_user, remove_perm

from core.audit.service import record, transaction

from .models import User
from .policy import Named


class ObjectGrant(UserObjectPermissionBase):
    """The base of a room's grant table; a direct foreign key leaves no orphans behind."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    permission = models.ForeignKey("auth.Permission", models.PROTECT, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        abstract = True


def grant(user: User, codename: str, obj: Model, *, actor: User | None, ground: str) -> None:
    """Give ``user`` the right ``codename`` on ``obj``. ``ground`` is the code of the business fact behind it."""
    with transaction():
        assign_perm(codename, user, obj)
        _note("people.grant", obj, actor, user=user.code, right=codename, ground=ground)


def revoke(user: User, codename: str, obj: Model, *, actor: User | None, ground: str) -> None:
    """Take the right away again. ``ground`` says why it ended."""
    with transaction():
        remove_perm(codename, user, obj)
        _note("people.revoke", obj, actor, user=user.code, right=codename, ground=ground)


def granted(model: type[Model], codename: str) -> Named:
    """A policy rule: the rows of ``model`` on which the user was given ``codename``."""

    def rule(user: User) -> Q:
        return Q(pk__in=_granted_to(user, model, codename).values("pk"))

    return Named(f"granted {codename}", rule)


def _granted_to(user: User, model: type[Model], codename: str) -> QuerySet[Model]:
    # guardian itself ignores is_active; the policy engine never asks a rule for a deactivated user.
    rows: QuerySet[Model] = get_objects_for_user(
        user,
        codename,
        klass=model._default_manager.all(),
        use_groups=False,
        with_superuser=False,
        accept_global_perms=False,
    )
    return rows


def _note(kind: str, obj: Model, actor: User | None, **facts: str) -> None:
    subject_code = str(getattr(obj, "code", obj.pk))
    record(kind, actor=actor, subject_type=obj._meta.model_name or "", subject_code=subject_code, payload=facts)
