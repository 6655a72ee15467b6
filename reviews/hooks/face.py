"""Colours of the states, the place in the menu, and what other pages show of a council."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.people.policy import may
from core.ui import badges, navigation
from core.ui.parts import Tone
from reviews.lifecycle import CouncilState
from reviews.models import Council

S = CouncilState
badges.register(
    Council,
    {
        S.DRAFT: Tone.WARNING,
        S.ESTABLISHED: Tone.INFO,
        S.CONVENED: Tone.INFO,
        S.SITTING: Tone.INFO,
        S.VOTING: Tone.WARNING,
        S.COUNTED: Tone.INFO,
        S.CONCLUDED: Tone.SUCCESS,
        S.DISSOLVED: Tone.DANGER,
        S.CANCELLED: Tone.DANGER,
    },
)


def _may_list(user: Any) -> bool:
    return may(user, "councils.list").allowed


navigation.register(_("Councils"), "reviews:council-list", 40, visible=_may_list, icon="users")
