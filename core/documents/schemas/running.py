"""Facts of the papers of a running task: contract, payments, inspections, changes."""

from typing import TypedDict

from .parts import Budget, Change, Instalment, Member, Official, Paper, Party, Product, Reference, TaskFacts


class Milestone(TypedDict):
    """A step of the work."""

    name: str
    result: str
    due_on: str


class ContractFacts(Official):
    """The contract between the payer (A) and the host (B)."""

    party_a: Party
    party_b: Party
    task: TaskFacts
    approval: Reference
    goals: str
    products: list[Product]
    budget: Budget
    instalments: list[Instalment]
    milestones: list[Milestone]
    reporting: str
    ownership: str
    copies: int


class AnnexFacts(Official):
    """Annex to a contract. ``instalments``: the new plan, or empty when the money does not change."""

    party_a: Party
    party_b: Party
    task: TaskFacts
    contract: Reference
    amendment: Reference
    annex_number: int
    changes: list[Change]
    instalments: list[Instalment]
    copies: int


class DisbursementFacts(Official):
    """Decision to disburse an instalment. Amounts in đồng; ``paid_before`` without this one, ``remaining`` after it."""

    task: TaskFacts
    contract: Reference
    instalment: int
    budget_year: int
    amount: int
    contract_value: int
    paid_before: int
    remaining: int
    conditions_met: list[str]
    payee: Party
    accountant: str


class Finding(TypedDict):
    """One content of the plan and how far it is."""

    content: str
    planned: str
    done: str


class InspectionFacts(Paper):
    """Minutes of an inspection. ``verdict``: continue, adjust or stop, in Vietnamese words. Money in đồng."""

    task: TaskFacts
    contract: Reference
    ground: str
    held_at: str
    closed_at: str
    place: str
    period: str
    inspectors: list[Member]
    host_people: list[Member]
    findings: list[Finding]
    disbursed: int
    spent: int
    settled: int
    remarks: list[str]
    verdict: str
    requests: list[str]
    head: str
    host_head: str


class AmendmentFacts(Official):
    """Decision amending a task. ``ordinal``: the n-th amendment."""

    task: TaskFacts
    amended: Reference
    ordinal: int
    changes: list[Change]
    reason: str


class SuspensionFacts(Official):
    """Decision suspending a task. ``until`` may be empty."""

    task: TaskFacts
    contract: Reference
    reason: str
    suspended_from: str
    until: str
    conditions: list[str]


class ResumptionFacts(Official):
    """Decision resuming a task. ``new_end_on`` is empty when the end does not move."""

    task: TaskFacts
    suspension: Reference
    resumed_from: str
    new_end_on: str
    reason: str


class TerminationFacts(Official):
    """Decision terminating a contract. Money in đồng; ``returned_percent`` of the accepted spending goes back."""

    task: TaskFacts
    contract: Reference
    ground: str
    terminated_on: str
    disbursed: int
    accepted_spending: int
    returned_percent: int
    percent_reason: str
    to_return: int
    handover: list[str]


class RecoveryFacts(Official):
    """Decision recovering funds. ``payments``: the schedule, or empty for one payment; money in đồng."""

    task: TaskFacts
    termination: Reference
    debtor: str
    amount: int
    basis: str
    due_on: str
    payments: list[Instalment]
    account: str
    bank: str
