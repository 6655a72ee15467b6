"""Random lives through the whole house, from the call to the archive and out of every side door.

Four in five steps are ones that somebody may take, with the facts supplied that their guards still miss; one in five
is taken by anybody, on anything, at any date, and must be refused without a trace. After every rule what must always
hold is asked again. The real database, the real services; every life is rolled back.
"""

import sys
from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from core.workflow.registry import guard, subjects
from tests.property.lives import after, before, councils, invariants, money, steps
from tests.property.lives.life import CONTENT, Life
from tests.property.lives.people import troupe

# Runs when asked for by name until it walks the whole life in the time of a run.
pytestmark = pytest.mark.deep

STEPS = 90
ROOMS = (before, councils, after, money)
STARTS = ["call", "call", "call", *after.ENTRIES]
# What nobody can supply: the time is over, or another record has to move first.
NOT_TO_SUPPLY = {
    "RECEIVED_IN_TIME",
    "COMPLETED_IN_TIME",
    "BEFORE_CLOSING",
    "CALL_IS_EMPTY",
    "LIST_PROPOSALS_RECOMMENDED",
    "HOST_NAMED",
    "NO_VALID_DOSSIER",
    "DOSSIER_APPRAISED",
    "HOST_ELIGIBLE",
    "TASK_NOT_CONTRACTED",
    "RESERVE_WAITS",
    "NO_CONFLICT",
    "AGENDA_READY",
    "COUNTERS_NAMED",
    "FRAMEWORK_HAS_ROOM",
    "FIRST_FAILURE",
    "CERTIFICATE_ISSUED",
    "SETTLED",
    "NOTHING_TO_RECOVER",
    "GRADE_RECORDED",
    "EXTENSION_ALLOWED",
    "INSTALMENT_OPEN",
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
    told: Counter[str] = Counter()
    ended: Counter[str] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self._database = transaction.atomic()
        self._database.__enter__()
        self.life = Life(self.people)
        self.start, self.over, self.turn = "", False, 0
        self.seen: Any = None

    @initialize(data=st.data(), start=st.sampled_from(STARTS))
    def begin(self, data, start):
        self.life.data, self.start = data, start
        if start == "call":
            ((_name, act),) = before.calls(self.life)
            act()
        else:
            after.adopt(self.life, start)

    @rule(data=st.data(), what=st.sampled_from(RULES))
    def act(self, data, what):
        if self.over:
            return
        self.life.data = data
        self.told[f"{what}: {WAYS[what](self.life)}"] += 1
        self.over = self.life.is_over()

    @invariant()
    def holds(self):
        now = invariants.fingerprint()
        if now == self.seen:
            return
        self.seen = now
        self.turn += 1
        people = self.people.everybody()
        user = people[self.turn % len(people)]
        invariants.states_agree_with_their_events()
        invariants.the_ledger_is_whole()
        invariants.numbers_have_no_gap()
        invariants.nothing_is_paid_beyond_contract_and_approval()
        invariants.no_result_before_the_count(user)
        records = self.life.all_records()
        for subject in records[self.turn % len(records) :][:1] if records else []:
            invariants.buttons_agree_with_my_work(subject, user)
            invariants.nobody_is_waited_for_at_the_end(subject)

    def teardown(self):
        try:
            invariants.the_chain_is_whole()
            for subject in self.life.all_records():
                invariants.nobody_is_waited_for_at_the_end(subject)
            self.ended[f"{self.start}: {'final' if self.over else 'open'}"] += 1
        finally:
            self.life.close()
            transaction.set_rollback(True)
            self._database.__exit__(None, None, None)


def go_on(life):
    """What the life waits for to be begun, or else a step."""
    waiting = life.beginnings(main=True)
    return begun(life, waiting) if waiting and not life.rarely("first a step", 3) else steps.go_on(life)


def begin(life):
    """Something beside: a payment, an inspection, an amendment."""
    options = life.beginnings(main=False)
    return begun(life, options) if options else go_on(life)


def begun(life, options):
    name, act = life.choose(options, "what begins")
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
    "undo": steps.undo,
    "trespass": steps.trespass,
}


@pytest.mark.slow
@pytest.mark.django_db
def test_lives(capsys):
    Lives.people = troupe()
    profile = settings(
        stateful_step_count=STEPS,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    run_state_machine_as_test(Lives, settings=profile)
    ended = sum(count for name, count in Lives.ended.items() if name.endswith("final"))
    with capsys.disabled():
        sys.stdout.write(f"\nlives: {dict(Lives.ended)}\nsteps: {dict(sorted(Lives.told.items()))}\n")
    assert ended >= sum(Lives.ended.values()) / 5


def test_every_guard_is_supplied_or_known_to_be_beyond_reach():
    assert ROOMS
    names = {name for model in subjects.values() for row in model.lifecycle.rows for name in row.guards}
    assert {name.name for name in names if name not in CONTENT} == NOT_TO_SUPPLY
    assert set(CONTENT) <= set(guard.functions)
