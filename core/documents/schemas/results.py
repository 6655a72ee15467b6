"""Facts of the papers at the end: registration, recognition, settlement, liquidation, archive."""

from typing import TypedDict

from .parts import Member, Official, Paper, Party, Product, Reference, TaskFacts


class CertificateFacts(Official):
    """Certificate of registration of results. ``storage``: where the deposited copies are."""

    task: TaskFacts
    members: list[Member]
    acceptance: Reference
    grade: str
    registered_on: str
    storage: str


class RecognitionFacts(Official):
    """Decision recognising results. ``ownership``: the clause on rights. ``receivers`` may be empty.

    ``certificate`` has no name where the province recognises results that are not registered.
    """

    task: TaskFacts
    acceptance: Reference
    certificate: Reference
    grade: str
    results: list[Product]
    ownership: str
    receivers: list[str]


class SettledItem(TypedDict):
    """A budget item at settlement, in đồng."""

    name: str
    approved: int
    spent: int


class SettlementFacts(Paper):
    """Minutes of the settlement, in đồng.

    ``paid`` to the host; of it ``cleared_before`` by earlier settlements and recoveries, ``settled`` and ``returned``
    by these minutes, ``still_advanced``.
    """

    party_a: Party
    party_b: Party
    task: TaskFacts
    contract: Reference
    held_on: str
    place: str
    items: list[SettledItem]
    paid: int
    cleared_before: int
    settled: int
    returned: int
    still_advanced: int


class LiquidationFacts(Paper):
    """Minutes of the liquidation of a contract. Money in đồng. ``assets`` may be empty."""

    party_a: Party
    party_b: Party
    task: TaskFacts
    contract: Reference
    ground: str
    held_on: str
    place: str
    contract_value: int
    paid: int
    accepted_spending: int
    returned: int
    products: list[Product]
    assets: list[str]


class ArchivedPaper(TypedDict):
    """A paper handed to the archive; ``pages`` 0 when unknown."""

    symbol: str
    date: str
    about: str
    pages: int


class ArchiveFacts(Paper):
    """Record of delivery to the archive. ``retention``: how long it is kept, in words."""

    task: TaskFacts
    papers: list[ArchivedPaper]
    held_on: str
    place: str
    retention: str
    giver: Member
    receiver: Member
