"""Random lives through the whole house, from the call to the archive and out of every side door.

Four in five steps are ones that somebody may take, with the facts supplied that their guards still miss; one in five
is taken by anybody, on anything, at any date, and must be refused without a trace. Each life wishes for a few rows of
the tables, half of them such as no life has come through yet, so that a run comes through nearly all of them. After
every rule what must always hold is asked again. The real database, the real services; the people and a start are made
once, every life is rolled back. Two halves, because two cores are what we plan for.
"""

import sys
from contextlib import ExitStack, contextmanager
from math import ceil
from typing import Any, ClassVar

import pytest
from django.db import transaction
from django.utils import translation
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from core import clock
from core.documents.issuer import rendered_when_opened
from core.notifications.service import of_the_past
from core.workflow.registry import guard, subjects
from tests.conftest import MORNING
from tests.property.lives import after, before, councils, invariants, money, steps, undoing
from tests.property.lives.life import CONTENT, Life
from tests.property.lives.people import troupe
from tests.property.lives.starts import HALVES, STARTS, tables
from tests.property.lives.tally import Tally, all_rows

ROOMS = (before, councils, after, money)
WISHES = 6
# What nobody can supply: the time is over, or another record has to move first.
NOT_TO_SUPPLY = {
    "NOT_HANDED_OVER",
    "RECEIVED_IN_TIME",
    "COMPLETED_IN_TIME",
    "BEFORE_CLOSING",
    "CALL_IS_EMPTY",
    "LIST_PROPOSALS_RECOMMENDED",
    "HOST_NAMED",
    "NO_VALID_DOSSIER",
    "DOSSIER_APPRAISED",
    "DURATION_ALLOWED",
    "HOST_ELIGIBLE",
    "TASK_NOT_CONTRACTED",
    "CAME_WITHOUT_ORDER",
    "RESERVE_WAITS",
    "AGENDA_READY",
    "COUNTERS_NAMED",
    "FRAMEWORK_HAS_ROOM",
    "FIRST_FAILURE",
    "CERTIFICATE_ISSUED",
    "SETTLED",
    "NOTHING_TO_RECOVER",
    "GRADE_RECORDED",
    "EXTENSION_ALLOWED",
    "AMENDMENT_STILL_FITS",
    "NEW_LEADER_ELIGIBLE",
    "ENOUGH_STAYS_FOR_THE_END",
    "CONTRACT_BY_ITS_PARTY",
    "SPENDING_WITHIN_PAYMENTS",
    "SPENDING_WITHIN_CONTRACT",
    "BANK_ANSWERS_CONFIRMED",
    "BANK_ANSWER_OF_ANOTHER",
    "BANK_REFERENCE_FREE",
    "ALL_INSTALMENTS_PAID",
    "INSTALMENT_OPEN",
    "PAPERS_IN_FORCE",
    "PAID_THIS_YEAR",
    "BANK_HAS_NOT_PAID",
    "TASK_MAY_BE_PAID",
    "WITHIN_CONTRACT",
    "WITHIN_ADVANCE_CAP",
    "ADVANCE_CLEARED",
    "SETTLEMENT_COMPLETE",
    "SETTLEMENT_WITHIN_ADVANCE",
    "REPAYMENT_COMPLETE",
    "REPAYMENT_WITHIN_DEBT",
}
# Four in five are lawful; one in five is anybody's.
RULES = ["go on"] * 12 + ["begin", "begin", "wait", "undo"] + ["trespass"] * 4


class Lives(RuleBasedStateMachine):
    """One life each time it is made."""

    people: Any = None
    tally: Any = None
    start = ""
    # What was wished for by what was drawn: a life that is told again wishes for the same.
    wished: ClassVar[dict[tuple[str, ...], frozenset[Any]]] = {}

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.stack.enter_context(rolled_back())
        # Every move of the clock puts one on top: they are all left at the end of the life.
        self.life = Life(self.people, lambda moment: self.stack.enter_context(clock.moved_to(moment)))
        self.over, self.turn, self.failed = False, 0, False

    @initialize(wishes=st.lists(st.integers(0, 200), min_size=WISHES, max_size=WISHES))
    def wish(self, wishes):
        drawn = (self.start, *map(str, wishes))
        if drawn not in self.wished:
            rows = rows_of(self.start)
            missed = [place for place in rows if not self.tally.rows[place]] or rows
            among = [missed, rows] * (WISHES // 2)
            self.wished[drawn] = frozenset(some[number % len(some)] for some, number in zip(among, wishes, strict=True))
        self.life.wishes = self.wished[drawn]

    @rule(data=st.data(), what=st.sampled_from(RULES))
    def act(self, data, what):
        if self.over:
            return
        self.life.data = data
        self.life.diary.append(what)
        try:
            answer = WAYS[what](self.life)
            self.look_after()
        except BaseException as error:
            self.failed = True
            said = f"a life that starts with {self.start} and had these wishes left: {sorted(self.life.wishes)}"
            error.add_note("\n".join([said, *self.life.diary]))
            raise
        self.life.diary.append(f"  → {answer}")
        self.tally.answers[f"{what}: {answer}"] += 1
        self.over = self.life.is_over()

    def look_after(self):
        """What must always hold, of whatever has changed since the last rule."""
        before, after_ = self.life.house, self.life.look()
        if before == after_:
            return
        self.turn += 1
        user = self.people.everybody()[self.turn * 7 % len(self.people.everybody())]
        invariants.events_say_what_happened(before, after_, self.tally)
        if after_.notices != before.notices:
            invariants.only_who_may_see_is_told(before, self.life)
        if after_.transfers != before.transfers:
            invariants.the_new_transfers_balance(before)
            invariants.instalments_are_the_contract_and_the_contract_is_approved()
        if after_.drawn != before.drawn:
            invariants.numbers_have_no_gap()
        if after_.stands("council.voting"):
            invariants.no_result_before_the_count(user)
        if self.turn % 4 == 0:
            changed = [key for key in after_.states if after_.states[key] != before.states.get(key)]
            for key in changed[:1]:
                invariants.buttons_agree_with_my_work(self.life.record(key), user)

    def teardown(self):
        try:
            if not self.failed:
                invariants.the_house_is_in_order(self.life.look())
                invariants.instalments_are_the_contract_and_the_contract_is_approved()
                self.tally.lives[self.start] += 1
                self.tally.ended[self.start] += self.over
        finally:
            self.stack.close()


def rows_of(start):
    """The rows of the tables for which a start wishes."""
    wanted = STARTS[start].wishes
    own = [(place, row) for place, row in all_rows() if row.is_for_people]
    return [place for place, row in own if place[0] in wanted or f"{place[0]}.{row.name}" in wanted]


@contextmanager
def rolled_back():
    """Whatever is written meanwhile is forgotten."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


def go_on(life):
    """What the life waits for to be begun, or else a step."""
    if not life.rarely("first a step", 3):
        waiting = list(life.may_begin(main=True))
        if waiting:
            return begun(life, waiting)
    return steps.go_on(life)


def begin(life):
    """Something beside: a payment, an inspection, an amendment."""
    options = list(life.may_begin(main=False))
    return begun(life, options) if options else go_on(life)


def begun(life, options):
    number = life.number(len(options) - 1, "what begins")
    name, act = options[number]
    life.diary.append(f"    begins: {name}")
    act()
    return name.split()[0]


def wait(life):
    days = life.choose([1, 20, 90], "days")
    life.wait(days)
    return f"{days} days"


WAYS = {
    "go on": go_on,
    "begin": begin,
    "wait": wait,
    "undo": undoing.undo,
    "trespass": steps.trespass,
}


def walk(name, hundreds):
    """The lives of one start, which is built once, and of those that go on from there."""
    start = STARTS[name]
    with ExitStack() as stack:
        stack.enter_context(rolled_back())
        start.build(Lives.people, lambda moment: stack.enter_context(clock.moved_to(moment)))
        Lives.start = name
        profile = settings(
            max_examples=ceil(start.share * hundreds),
            stateful_step_count=start.rules,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
            database=None,
        )
        run_state_machine_as_test(Lives, settings=profile)
        for later in [one for one, other in STARTS.items() if other.after == name]:
            walk(later, hundreds)


@pytest.mark.slow
@pytest.mark.django_db
# make deep gives a process to each half.
@pytest.mark.parametrize("half", [pytest.param(half, marks=pytest.mark.xdist_group(half)) for half in HALVES])
def test_lives(capsys, half):
    starts = HALVES[half]
    Lives.tally, hundreds = Tally(tables(starts)), settings().max_examples / 100
    with translation.override("vi"), rendered_when_opened(), of_the_past(read=False), clock.moved_to(MORNING):
        Lives.people = troupe()
        for name in [one for one, start in starts.items() if not start.after]:
            walk(name, hundreds)
    with capsys.disabled():
        sys.stdout.write(Lives.tally.report())
    assert sum(Lives.tally.lives.values()) >= sum(start.share for start in starts.values()) * hundreds
    assert Lives.tally.share >= 0.85
    assert sum(Lives.tally.ended.values()) >= 5 * hundreds


def test_both_halves_are_a_hundred_lives():
    assert sum(start.share for start in STARTS.values()) >= 100


def test_every_guard_is_supplied_or_known_to_be_beyond_reach():
    assert ROOMS
    names = {name for model in subjects.values() for row in model.lifecycle.rows for name in row.guards}
    assert {name.name for name in names if name not in CONTENT} == NOT_TO_SUPPLY
    assert set(CONTENT) <= set(guard.functions)
