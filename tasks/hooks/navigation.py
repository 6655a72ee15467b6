"""The room's place in the menu."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.people.policy import may
from core.ui import navigation


def _may_list(user: Any) -> bool:
    return may(user, "tasks.list").allowed


navigation.register(_("Tasks"), "tasks:task-list", 40, visible=_may_list, icon="tasks")
