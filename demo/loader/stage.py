"""The stage on which all histories play: the people, the calendar, chance, and how a step or a paper is made."""

import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random
from typing import Any
from uuid import UUID, uuid5

from core import clock
from core.documents.models import Document
from core.documents.numbering import source_of
from core.documents.services import countersign_document, endorse_document, issue_document, prepare_document
from core.numbers.models import Source
from core.people.models import Organisation, User
from core.people.roles import Payer, Role
from core.workflow.models import Stepped
from core.workflow.service import take_step
from demo.world import World
from proposals.choices import Field
from proposals.models import Call, Proposal

from .days import Days
from .player import Player
from .texts import Texts

KEYS = UUID("9d5b3a52-1a0c-4a0e-8f6a-2d1c6d1f4b10")
SEED = 131


@dataclass(slots=True)
class Stage:
    """What every history is given. ``scale`` divides all numbers, for tests."""

    world: World
    days: Days
    player: Player
    scale: int = 1
    random: Random = field(default_factory=lambda: Random(SEED))  # chance that is always the same
    calls_for_proposals: dict[int, Call] = field(default_factory=dict)
    proposals: dict[int, Proposal] = field(default_factory=dict)
    leading: Counter[int] = field(default_factory=Counter)
    texts: Texts = field(default_factory=Texts)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    calls: Counter[str] = field(default_factory=Counter)
    _people: dict[int, User] = field(default_factory=dict)
    _keys: Any = field(default_factory=count)
    _outside_numbers: dict[int, int] = field(default_factory=dict)

    @property
    def plan_year(self) -> int:
        """The year that is being planned."""
        return self.days.today.year + 1

    @property
    def receivers(self) -> list[Organisation]:
        """The bodies that take results over."""
        return self.world.receivers

    def key(self) -> UUID:
        """A new key for a form or step; the same at every loading."""
        return uuid5(KEYS, str(next(self._keys)))

    def staff(self, role: Role) -> User:
        """The person of an internal role. Work of officers is shared by chance."""
        people = self.world.staff[role]
        return self.random.choice(people) if len(people) > 1 else people[0]

    def other_than(self, person: User, role: Role) -> User:
        """Somebody else of the role: the second of two steps that one person may not take alone."""
        return next(one for one in self.world.staff[role] if one != person)

    def body(self, code: str) -> Organisation:
        return self.world.organisations[code]

    def payer_of(self, payer: str) -> User:
        """Who decides on payments of a payer's money, as the table of authorities says."""
        return self.staff(Role.FUND_DIRECTOR if payer == Payer.FUND else Role.DEPARTMENT_DIRECTOR)

    def signer(self, host: Organisation) -> User:
        return self.world.signers[host.pk]

    def known(self, person: User) -> User:
        """The same person as the instance that remembers its roles, so that they are not asked for again."""
        if not self._people:
            teams = [*self.world.staff.values(), *self.world.researchers.values(), self.world.experts]
            self._people |= {one.pk: one for team in teams for one in team}
        return self._people.get(person.pk, person)

    def next_leader(self, host: Organisation) -> User:
        """The researchers of a host lead in turn."""
        team = self.world.researchers[host.pk]
        self.leading[host.pk] += 1
        return team[self.leading[host.pk] % len(team)]

    def say(self, group: str, name: str, **words: Any) -> str:
        """A sentence of the templates, chosen by chance."""
        return self.texts.say(self.random, group, name, **words)

    def step(self, subject: Stepped, name: str, actor: User | None, **more: Any) -> None:
        """Take a step with a fresh key."""
        begun = time.perf_counter()
        take_step(subject, name, actor=actor, key=self.key(), **more)
        self._note(f"{subject.lifecycle.name}.{name}", begun)

    def draft(self, subject: Stepped, name: str) -> Document:
        """The officer's draft of the paper of a step."""
        return prepare_document(subject, name, actor=self.staff(Role.OFFICER))

    def paper(
        self, subject: Stepped, name: str, signer: User, *, reason: str = "", draft: Document | None = None
    ) -> None:
        """Prepare, agree, number: the acts of a step that issues a signed paper. ``draft``: made before.

        The other party of an agreement is the host of the record.
        """
        begun = time.perf_counter()
        draft = draft or self.draft(subject, name)
        endorse_document(draft, actor=signer)
        if draft.lacks_other_side:
            countersign_document(draft, actor=self.signer(subject.organisation_of(Role.ORGANISATION_SIGNER)))
        issue_document(
            draft,
            actor=self.staff(Role.CLERK),
            signer=signer,
            signed_on=clock.today(),
            reason=reason,
            key=self.key(),
            **self._number_from_outside(draft, clock.today()),
        )
        subject.refresh_from_db()
        self._note(f"{subject.lifecycle.name}.{name} (paper)", begun)

    def _number_from_outside(self, draft: Document, today: date) -> dict[str, Any]:
        """The committee keeps its own register: other papers get numbers between two of ours."""
        if source_of(draft.body, draft.series, today.year) != Source.EXTERNAL:
            return {}
        # About 1,500 papers leave the committee in a year.
        floor = today.timetuple().tm_yday * 4
        number = max(self._outside_numbers.get(today.year, 0) + 1, floor + self.random.randrange(4))
        self._outside_numbers[today.year] = number
        return {"number": number, "numbered_on": today}

    def _note(self, name: str, begun: float) -> None:
        self.seconds[name] += time.perf_counter() - begun
        self.calls[name] += 1

    def host_for(self, science: Field) -> Organisation:
        """An organisation that works in the field."""
        return self.random.choice(self.hosts_of(science))

    def hosts_of(self, science: Field) -> Sequence[Organisation]:
        """The organisations that work in a field; any, where the data name none."""
        names = self.texts.hosts.get(science, [])
        known = [host for host in self.world.hosts if host.name in names]
        return known or self.world.hosts
