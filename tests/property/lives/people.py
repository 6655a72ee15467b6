"""Everybody who plays a part in a life, made once; the lives themselves are rolled back."""

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from core.people.models import User
from core.people.roles import Role
from tests.factories import funds, reviews
from tests.factories import proposals as before
from tests.factories.people import UserFactory, user_with

EXPERTS, LEADERS, RIVALS = 9, 4, 2


@dataclass
class Troupe(reviews.Board):
    """The people of a journey and of its councils, those of the fund, rivals, and some who have no part at all."""

    house: funds.House
    # Who numbers what nobody agreed to here: the clerk may have typed another part of the way.
    second_clerk: User
    rivals: list[Any] = field(default_factory=list)
    experts: list[User] = field(default_factory=list)
    leaders: list[User] = field(default_factory=list)
    strangers: list[User] = field(default_factory=list)

    def one(self, pk: int) -> User:
        """The person with that key; of the troupe, with what is already known of his roles.

        Somebody made within a life goes with it, and another one bears his key in the next.
        """
        return self._known.get(pk) or User.objects.get(pk=pk)

    @cached_property
    def _known(self) -> dict[int, User]:
        return {person.pk: person for person in self.everybody()}

    def everybody(self) -> list[User]:
        """Every person of the troupe, each once, in an order that does not change."""
        return self._everybody

    @cached_property
    def _everybody(self) -> list[User]:
        found = [getattr(part, one.name) for part in (self, self.house) for one in fields(part)]
        hosts = [person for rival in self.rivals for person in (rival.applicant, rival.signer)]
        people = [one for one in found if isinstance(one, User)]
        everybody = [*people, *hosts, *self.experts, *self.leaders, *self.strangers]
        return list({person.pk: person for person in everybody}.values())

    def hosts(self) -> list[Any]:
        """The organisations that apply, each with its people."""
        return [self, *self.rivals]


def troupe() -> Troupe:
    """One person for each part and a few more, in the database."""
    board = reviews.cast()
    funds.payment_approvers()
    house = funds.House(
        people=board,
        fund_officer=user_with(Role.FUND_OFFICER),
        accountant=user_with(Role.CHIEF_ACCOUNTANT),
        director=user_with(Role.FUND_DIRECTOR),
        inspector=user_with(Role.INSPECTOR),
    )
    gone = user_with(Role.OFFICER)
    gone.is_active = False
    gone.save(update_fields=["is_active"])
    return Troupe(
        **vars(board),
        house=house,
        second_clerk=user_with(Role.CLERK),
        rivals=[before.bidder() for _ in range(RIVALS)],
        experts=[user_with(Role.COUNCIL_MEMBER) for _ in range(EXPERTS)],
        leaders=[user_with(Role.APPLICANT, board.university) for _ in range(LEADERS)],
        strangers=[
            gone,
            UserFactory(),
            user_with(Role.SYSTEM_ADMINISTRATOR),
            user_with(Role.RECEIVING_BODY, board.receiver),
            user_with(Role.ORGANISATION_SIGNER),
        ],
    )
