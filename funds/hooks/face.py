"""The entries of the navigation."""

from django.utils.translation import gettext_lazy as _

from core.people.policy import may
from core.ui import navigation

navigation.register(
    _("Fund and money"),
    "funds:overview",
    60,
    visible=lambda user: may(user, "funds.overview").allowed,
    icon="money",
)
