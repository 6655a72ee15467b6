"""Who takes part, for whom, since when, and who may decide what."""

from .authority import Authority, Case
from .organisation import Organisation, OrganisationKind, OrganisationName
from .place import Place, PlaceKind
from .rights_request import RightsKind, RightsRequest
from .succession import Succession, SuccessionKind
from .taking_part import Expert, Membership
from .user import User

__all__ = [
    "Authority",
    "Case",
    "Expert",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "OrganisationName",
    "Place",
    "PlaceKind",
    "RightsKind",
    "RightsRequest",
    "Succession",
    "SuccessionKind",
    "User",
]
