"""Days and money of a task, its contract and its instalments."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from core import clock
from core.clock import Unit
from core.documents.kinds import DocumentKind
from core.money import VND, split
from core.people.models import Organisation, User
from core.people.roles import Payer, Role
from tasks.models import Precondition
from tasks.selectors.contracts import InstalmentPlan
from tasks.selectors.earlier import wanted_papers

from .plan_tasks import TaskPlan
from .stage import Stage

STATE_AFTER_END = timedelta(days=60)
APPROVAL_TO_START = timedelta(days=25)
SHARES = (50, 30, 20)
TEN_MILLION = 10_000_000
IN_LEDGER = {Payer.FUND, Payer.DEPARTMENT_BUDGET}


@dataclass(frozen=True, slots=True)
class Terms:
    """Days and money of one task. ``second``: when its second instalment is planned."""

    starts_on: date
    ends_on: date
    state_vnd: VND
    other_vnd: VND
    second: date

    @property
    def approved_on(self) -> date:
        return self.starts_on - APPROVAL_TO_START


def terms(stage: Stage, plan: TaskPlan, second: int | None = None) -> Terms:
    """When the contract runs and for how much. ``second``: days before the demo's day."""
    chance = stage.random
    starts = _start(stage, plan)
    ends = clock.add_days(starts, plan.months, Unit.MONTHS)
    least, most = (40, 210) if plan.payer in IN_LEDGER else (8, 30)
    state = VND(chance.randrange(least, most) * TEN_MILLION)
    other = VND(state * chance.choice((0, 0, 10, 25, 50)) // 100)
    middle = starts + (ends - starts) / 2 if second is None else stage.days.day(second)
    return Terms(starts, ends, state, other, middle)


def _start(stage: Stage, plan: TaskPlan) -> date:
    if plan.year:
        return date(plan.year, 1 + plan.place * 5 % 12, 1 + plan.place * 7 % 28) + APPROVAL_TO_START
    if plan.signed is not None:
        return stage.days.day(plan.signed)
    return stage.days.today + timedelta(days=plan.ends - plan.months * 365 // 12)


def payer_code(payer: str) -> str:
    """Whose papers bind party A."""
    return "QPTKHCN" if payer == Payer.FUND else "SKHCN"


def payer_signer(stage: Stage, payer: str) -> User:
    """Who signs for party A, as the table of authorities says."""
    return stage.staff(Role.FUND_DIRECTOR if payer == Payer.FUND else Role.DEPARTMENT_DIRECTOR)


def contract_facts(stage: Stage, agreed: Terms, host: Organisation, payer: str) -> dict[str, Any]:
    """Parties, account, value and time. Party A is who pays."""
    fund = payer == Payer.FUND
    return {
        "paying_body": stage.body(payer_code(payer)),
        "payer_signer": payer_signer(stage, payer).full_name,
        "payer_position": "Giám đốc Quỹ" if fund else "Giám đốc Sở",
        "host_signer": stage.signer(host).full_name,
        "host_position": "Thủ trưởng đơn vị",
        "host_account": f"9527.{host.pk:02d}.10{host.pk * 137 % 100000:05d}",
        "host_bank": "Kho bạc Nhà nước khu vực Bình An",
        "state_value_vnd": agreed.state_vnd,
        "other_value_vnd": agreed.other_vnd,
        "starts_on": agreed.starts_on,
        "ends_on": agreed.ends_on,
    }


def old_contract(stage: Stage, agreed: Terms, host: Organisation, payer: str) -> dict[str, Any]:
    """A contract that was signed on paper, with its own number."""
    signed = agreed.starts_on - timedelta(days=3)
    number = f"{stage.random.randrange(10, 90)}/{signed.year}/HĐKHCN-{payer_code(payer)}"
    return {**contract_facts(stage, agreed, host, payer), "signed_on": signed, "number": number}


def old_papers(stage: Stage, agreed: Terms, state: str, *, has_contract: bool) -> dict[DocumentKind, dict[str, Any]]:
    """Number, day and issuer of the decisions of before: the approval, and the one behind the present state."""
    issuers = {DocumentKind.REGISTRATION_CERTIFICATE: stage.body("SKHCN")}
    found = {}
    for kind in wanted_papers(state, has_contract=has_contract):
        approves = kind is DocumentKind.APPROVAL_DECISION
        day = agreed.approved_on if approves else min(agreed.ends_on + STATE_AFTER_END, clock.today())
        issuer = issuers.get(kind, stage.body("UBND"))
        letters = "GCN" if kind in issuers else "QĐ"
        symbol = f"{stage.random.randrange(100, 900)}/{letters}-{issuer.code}"
        found[kind] = {"symbol": symbol, "signed_on": day, "issuer": issuer.name}
    return found


def instalments(agreed: Terms, waits_for: Precondition) -> list[InstalmentPlan]:
    """Half at signing, thirty per cent on the way, the rest when the results are registered."""
    days = (agreed.starts_on + timedelta(days=12), agreed.second, agreed.ends_on + timedelta(days=75))
    conditions = (Precondition.SIGNED, waits_for, Precondition.RESULTS_REGISTERED)
    return [
        InstalmentPlan(amount_vnd=amount, precondition=condition, planned_on=day, budget_year=day.year)
        for amount, condition, day in zip(split(agreed.state_vnd, SHARES), conditions, days, strict=True)
    ]
