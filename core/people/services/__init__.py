"""Everything that changes people, organisations or authorities: checked, written and put into the audit chain."""

from .authorities import add_authority, delegate, end_authority
from .organisations import add_place, create_organisation, rename_organisation, succeed
from .people import (
    add_expert,
    add_membership,
    create_user,
    deactivate_user,
    end_membership,
    reactivate_user,
    update_profile,
    update_user,
)
from .rights import confirm_rights, enter_rights, refuse_rights
from .second_person import Ground, SecondPersonNeeded

__all__ = [
    "Ground",
    "SecondPersonNeeded",
    "add_authority",
    "add_expert",
    "add_membership",
    "add_place",
    "confirm_rights",
    "create_organisation",
    "create_user",
    "deactivate_user",
    "delegate",
    "end_authority",
    "end_membership",
    "enter_rights",
    "reactivate_user",
    "refuse_rights",
    "rename_organisation",
    "succeed",
    "update_profile",
    "update_user",
]
