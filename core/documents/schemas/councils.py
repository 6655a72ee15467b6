"""Facts of the papers of councils."""

from typing import Literal, TypedDict

from .parts import Budget, CouncilTask, Member, Official, Paper, Reference, TaskFacts


class CouncilFacts(Official):
    """Decision establishing a council or an appraisal team. ``council``: its full Vietnamese name."""

    council: str
    members: list[Member]
    secretaries: list[Member]
    tasks: list[CouncilTask]
    duties: list[str]
    funds: str


class Absence(TypedDict):
    """A member who did not come."""

    name: str
    reason: str


class Sitting(Paper):
    """What all minutes of a council hold. ``seal``: hash of the closed ballots, or empty."""

    council: str
    decision: Reference
    opened_at: str
    closed_at: str
    place: str
    appointed: int
    present: list[Member]
    absent: list[Absence]
    guests: list[str]
    counters: list[str]
    remarks: list[str]
    conclusions: list[str]
    chair: str
    secretary: str
    seal: str


class Vote(TypedDict):
    """The ballots on one proposal. ``edited_title`` is empty when the council kept the title."""

    code: str
    title: str
    edited_title: str
    issued: int
    returned: int
    valid: int
    agree: int
    disagree: int
    recommended: bool


class IdentificationFacts(Sitting):
    """Minutes of an identification council. ``pass_rule``: the rule as a sentence."""

    variant: Literal["identification"]
    votes: list[Vote]
    pass_rule: str


class Scored(TypedDict):
    """The result of one dossier: mean as Vietnamese text ("82,57"), rank from 1 (0: no rank)."""

    code: str
    title: str
    host: str
    principal_investigator: str
    ballots: int
    valid: int
    mean: str
    rank: int
    passed: bool


class SelectionFacts(Sitting):
    """Minutes of a selection or grant council. ``recommended``: the sentence on who is recommended, or nobody."""

    variant: Literal["selection"]
    task: str
    dossiers: list[Scored]
    pass_rule: str
    recommended: str
    revisions: list[str]
    lump_sum: str


class AppraisedItem(TypedDict):
    """A budget item in đồng."""

    name: str
    asked: int
    approved: int
    reason: str


class AppraisalFacts(Sitting):
    """Minutes of a budget appraisal."""

    variant: Literal["appraisal"]
    task: TaskFacts
    items: list[AppraisedItem]
    budget: Budget


class ProductGrade(TypedDict):
    """How many members put one criterion of a product on each level."""

    product: str
    criterion: str
    excellent: int
    passed: int
    failed: int


class MemberGrade(TypedDict):
    """The computed grade of one ballot. ``ballot`` is its number, never a name."""

    ballot: str
    grade: str


class AcceptanceFacts(Sitting):
    """Minutes of an acceptance council. ``grade``: "Xuất sắc", "Đạt" or "Không đạt"."""

    variant: Literal["acceptance"]
    task: TaskFacts
    contract: Reference
    products: list[ProductGrade]
    report: ProductGrade
    grades: list[MemberGrade]
    grade: str
    days_late: int
    revisions: list[str]
