"""The first entry of the navigation."""

from django.utils.translation import gettext_lazy as _

from core.ui import navigation

from . import policy

__all__ = ["policy"]

navigation.register(_("My work"), "portal:home", 0, icon="home")
