"""The pages of this room: they ask, show and hand over; every change is made by a service."""

from .authorities import authority_create, authority_delegate, authority_detail, authority_end, authority_list
from .organisations import (
    organisation_create,
    organisation_detail,
    organisation_list,
    organisation_rename,
    organisation_succeed,
)
from .own import account_email, demo_sign_in, profile, profile_edit
from .people import (
    membership_create,
    membership_end,
    person_create,
    person_deactivate,
    person_detail,
    person_edit,
    person_invite,
    person_list,
    person_reactivate,
)
from .rights import rights_confirm, rights_detail, rights_list, rights_refuse

__all__ = [
    "account_email",
    "authority_create",
    "authority_delegate",
    "authority_detail",
    "authority_end",
    "authority_list",
    "demo_sign_in",
    "membership_create",
    "membership_end",
    "organisation_create",
    "organisation_detail",
    "organisation_list",
    "organisation_rename",
    "organisation_succeed",
    "person_create",
    "person_deactivate",
    "person_detail",
    "person_edit",
    "person_invite",
    "person_list",
    "person_reactivate",
    "profile",
    "profile_edit",
    "rights_confirm",
    "rights_detail",
    "rights_list",
    "rights_refuse",
]
