"""What holds after every rule, whatever was done: each function raises AssertionError with what is wrong.

What a rule has changed is asked at once; the whole house once more at the end of a life.
"""

from collections import defaultdict
from typing import Any

from django.db.models import Sum

from core.audit.models import Event
from core.audit.verify import faults as chain_faults
from core.documents.models import Document
from core.notifications.models import Notice
from core.notifications.recorded import Recorded
from core.notifications.service import key_of
from core.numbers.models import NumberSeries, Source
from core.people.models import User
from core.people.policy import can, visible_to
from core.workflow.holding import held_by
from core.workflow.integrity import faults as state_faults
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.selectors import available_steps, awaiting
from funds.models import Account, Transfer
from funds.postings import Edge
from funds.verification import faults as ledger_faults
from funds.verification import faults_of_account
from reviews.lifecycle import CouncilState
from reviews.models import AgendaItem, Council, GradeBallot, ScoreBallot, VoteBallot
from reviews.policy import AFTER_COUNT
from tasks.lifecycle import TaskState
from tasks.models import Contract

from .house import Glance
from .life import Life
from .tally import Tally

BEFORE_COUNT = [state for state in CouncilState if state not in AFTER_COUNT]
BALLOTS: tuple[Any, ...] = (VoteBallot, ScoreBallot, GradeBallot)
RESULTS = ("agree", "disagree", "mean_hundredths", "rank", "passed", "counted_at")


# ── After every rule ────────────────────────────────────────────────────────────────────────────────────────────────


def events_say_what_happened(before: Glance, after: Glance, tally: Tally) -> None:
    """Every change of a state is one event, every event that moves is one change; nothing is ever deleted."""
    told = {key: state for key, (state, _pk) in before.states.items()}
    for event in Event.objects.filter(sequence__gt=before.events).exclude(to_state="").order_by("sequence"):
        key = (event.subject_type, event.subject_code)
        came = "" if event.kind == "adopt" else subjects[key[0]].lifecycle.initial
        assert event.from_state == told.get(key, came), (event, told.get(key, came))
        told[key] = event.to_state
        tally.note(event.subject_type, event.step, event.from_state)
    for kind, code in after.states.keys() - told.keys():
        told[kind, code] = subjects[kind].lifecycle.initial
    assert {key: state for key, (state, _pk) in after.states.items()} == told


IN_YOUR_NAME = key_of(Recorded.IN_YOUR_NAME)


def only_who_may_see_is_told(before: Glance, life: Life) -> None:
    """A notice goes to somebody who may open the record that it is about. Asked once of each state of a record.

    But for one: what was recorded in somebody's name is told to him, also of a record that became a draft again.
    """
    told: dict[tuple[str, str], set[User]] = defaultdict(set)
    new = Notice.objects.filter(pk__gt=before.notices)
    named = list(new.filter(tell=IN_YOUR_NAME).values_list("event_uuid", "recipient"))
    deciders = Event.objects.filter(uuid__in=[event for event, _recipient in named]).values_list("uuid", "decided_by")
    assert sorted(named) == sorted(deciders)
    rest = new.exclude(tell=IN_YOUR_NAME).values_list("subject_type", "subject_code", "recipient")
    for kind, code, recipient in rest:
        asked = ((kind, code), life.house.states[kind, code][0], recipient)
        if asked not in life.may_see:
            told[kind, code].add(life.people.one(recipient))
            life.may_see.add(asked)
    for key, recipients in told.items():
        subject = life.record(key)
        assert [one for one in recipients if not can(one, "view", subject)] == [], subject


def the_new_transfers_balance(before: Glance) -> None:
    """The accounts that were touched hold what their transfers say, and are not overspent."""
    touched = Transfer.objects.filter(pk__gt=before.transfers).values_list("debit", "credit")
    for account in Account.objects.filter(pk__in={pk for pair in touched for pk in pair}):
        sums = [
            Transfer.objects.filter(**{side: account}).aggregate(sum=Sum("amount_vnd"))["sum"] or 0
            for side in ("debit", "credit")
        ]
        assert list(faults_of_account(account, *sums)) == []


def instalments_are_the_contract_and_the_contract_is_approved() -> None:
    """Σ instalments = the State's money of a signed contract ≤ what was approved; paid ≤ contract."""
    forth = Transfer.objects.filter(edge=Edge.PAY.word, reverses=None).order_by()
    paid = dict(forth.values_list("debit__task").annotate(sum=Sum("amount_vnd")))
    signed = Contract.objects.filter(signed_on__isnull=False).exclude(task__state=TaskState.APPROVED)
    for contract in signed.select_related("task").annotate(planned=Sum("instalments__amount_vnd")):
        worth = contract.state_value_vnd
        assert (contract.planned or 0) == worth, (contract.task, contract.planned, worth)
        assert paid.get(contract.task_id, 0) <= worth <= contract.task.approved_state_vnd


def numbers_have_no_gap() -> None:
    """The papers of a register kept here bear 1, 2, 3 …, each once, and the series ends at the last."""
    drawn: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    papers = Document.objects.filter(number__isnull=False, source=Source.OWN).order_by("number")
    for body, series, year, number in papers.values_list("body__code", "series", "year", "number"):
        drawn[body, series, year].append(number)
    kept = NumberSeries.objects.filter(source=Source.OWN, body_code__in={body for body, _series, _year in drawn})
    last = {(one.body_code, one.name, one.year): one.last_number for one in kept}
    assert {key: list(range(1, last[key] + 1)) for key in drawn} == drawn


def no_result_before_the_count(user: User) -> None:
    """While a council votes nobody learns how: no sums, no names, no ballot but one's own."""
    open_councils = Council.objects.filter(state__in=BEFORE_COUNT)
    for item in AgendaItem.objects.filter(council__in=open_councils):
        assert [getattr(item, name) for name in RESULTS] == [None] * len(RESULTS)
    for council in open_councils.filter(state=CouncilState.VOTING):
        assert not can(user, "see_counts", council)
        assert not can(user, "see_names", council)
        for model in BALLOTS:
            seen = visible_to(user, model).filter(item__council=council, channel="in_system")
            assert not seen.exclude(seat__user=user).exists()


def buttons_agree_with_my_work(subject: Stepped, user: User) -> None:
    """Somebody has a step of his own on a record if and only if it is among what may wait for him."""
    own = [offer.row.name for offer in available_steps(subject, user) if not offer.to_record]
    assert bool(own) == awaiting(user, type(subject)).filter(pk=subject.pk).exists(), (subject, user, own)


# ── At the end of a life ────────────────────────────────────────────────────────────────────────────────────────────


def the_house_is_in_order(house: Glance) -> None:
    """The nightly questions: records and their events, books, registers, chain; nobody waits for what has ended."""
    assert state_faults() == ([], len(house.states))
    assert list(ledger_faults()) == []
    numbers_have_no_gap()
    assert list(chain_faults()) == []
    for kind, code in house.states.keys() - set(house.living()):
        assert held_by(subjects[kind]._default_manager.get(code=code)).holder == ""
