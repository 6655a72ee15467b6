"""The first entry of the navigation, and the rule book in the menu of the user."""

from django.utils.translation import gettext_lazy as _

from core.ui import navigation

from . import policy

__all__ = ["policy"]

navigation.register(_("My work"), "portal:home", 0, icon="home")
navigation.register(_("Rule book"), "portal:rules-in-force", 90, place="user", icon="book")
