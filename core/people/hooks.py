"""What this room gives to the frame of every page: the user menu, the line under the name, the demo's people."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from core.ui import navigation
from core.ui.context import provide

from .models import User
from .policy import may
from .roles import Role
from .selectors import demo_users_by_role, rights_waiting
from .standing import standing_of

navigation.register(_("My profile"), "people:profile", 10, place="user")
navigation.register(_("Users"), "people:person-list", 20, lambda user: bool(may(user, "people.list")), place="user")
navigation.register(
    _("Organisations"), "people:organisation-list", 30, lambda user: bool(may(user, "organisations.list")), place="user"
)
navigation.register(
    _("Who decides what"), "people:authority-list", 40, lambda user: bool(may(user, "authorities.list")), place="user"
)
navigation.register(
    _("Rights to be confirmed"),
    "people:rights-list",
    50,
    lambda user: bool(may(user, "rights.list")),
    place="user",
    count=lambda user: rights_waiting(user).count(),
)


@navigation.describe_user
def role_line(user: User) -> str:
    """The first role and its house; how many more there are."""
    titles = standing_of(user).titles
    if not titles:
        return ""
    role, name = titles[0]
    more = f" +{len(titles) - 1}" if len(titles) > 1 else ""
    return f"{role.label} · {name}{more}"


@provide("demo_users")
def demo_users(_request: HttpRequest) -> list[tuple[Role, list[User]]]:
    """The invented people by role; nobody outside the demo."""
    return demo_users_by_role() if settings.DEMO_SIGN_IN else []
