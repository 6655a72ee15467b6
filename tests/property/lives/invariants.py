"""What holds after every rule, whatever was done: each function raises AssertionError with what is wrong."""

from collections import defaultdict
from typing import Any

from django.db.models import Max, Sum

from core.audit.models import Event
from core.audit.verify import faults as chain_faults
from core.documents.models import Document
from core.jobs.models import Job
from core.notifications.models import Notice
from core.numbers.models import NumberSeries, Source
from core.people.models import User
from core.people.policy import can, visible_to
from core.workflow.integrity import faults as state_faults
from core.workflow.models import Stepped
from core.workflow.selectors import available_steps, awaiting, holders
from funds.models import Account, Transfer
from funds.postings import Edge
from funds.verification import faults as ledger_faults
from reviews.lifecycle import CouncilState
from reviews.models import AgendaItem, Council, GradeBallot, ScoreBallot, VoteBallot
from reviews.policy import AFTER_COUNT
from tasks.models import Contract

BEFORE_COUNT = [state for state in CouncilState if state not in AFTER_COUNT]
BALLOTS: tuple[Any, ...] = (VoteBallot, ScoreBallot, GradeBallot)
RESULTS = ("agree", "disagree", "mean_hundredths", "rank", "passed", "counted_at")


def fingerprint() -> tuple[Any, ...]:
    """Whatever a step could have written: a refused one leaves it as it was."""
    rows = (Event, Document, Notice, Job, Transfer, Account)
    last = [model.objects.aggregate(last=Max("pk"))["last"] for model in rows]
    series = NumberSeries.objects.aggregate(total=Sum("last_number"))["total"]
    money = Account.objects.aggregate(credits=Sum("credits_vnd"), debits=Sum("debits_vnd"))
    return (*last, series, money["credits"], money["debits"])


def states_agree_with_their_events() -> None:
    found, _count = state_faults()
    assert found == []


def the_ledger_is_whole() -> None:
    assert list(ledger_faults()) == []
    overspent = [one.code for one in Account.objects.all() if one.balance_vnd < 0 and not one.may_go_negative]
    assert overspent == []


def the_chain_is_whole() -> None:
    assert list(chain_faults()) == []


def numbers_have_no_gap() -> None:
    """The papers of a register kept here bear 1, 2, 3 …, each once, and the series ends at the last."""
    drawn: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    papers = Document.objects.filter(number__isnull=False, source=Source.OWN).order_by("number")
    for body, series, year, number in papers.values_list("body__code", "series", "year", "number"):
        drawn[body, series, year].append(number)
    kept = NumberSeries.objects.filter(source=Source.OWN, body_code__in={body for body, _series, _year in drawn})
    last = {(one.body_code, one.name, one.year): one.last_number for one in kept}
    assert {key: list(range(1, last[key] + 1)) for key in drawn} == drawn


def nothing_is_paid_beyond_contract_and_approval() -> None:
    back = {"reverses": None}
    paid = (
        Transfer.objects.filter(edge=Edge.PAY.word, **back).values_list("debit__task").annotate(sum=Sum("amount_vnd"))
    )
    sums = dict(paid.order_by())
    for contract in Contract.objects.select_related("task"):
        task, worth = contract.task, contract.state_value_vnd
        signed = contract.signed_on is not None
        assert sums.get(task.pk, 0) <= worth
        assert not signed or worth <= task.approved_state_vnd


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


def nobody_is_waited_for_at_the_end(subject: Stepped) -> None:
    if subject.is_final:
        assert holders(subject) == []
