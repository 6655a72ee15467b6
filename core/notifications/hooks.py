"""Hands the teller to the workflow and puts the bell into the user's menu."""

from django.utils.translation import gettext_lazy as _

from core.ui import navigation
from core.workflow import ports

from . import policy, service

__all__ = ["policy"]

ports.register_teller(service.tell)
navigation.register(_("Notices"), "notifications:list", 10, place="user", count=service.unread_count, icon="bell")
