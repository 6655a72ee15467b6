"""What several letters share."""

from typing import TypedDict


class Paper(TypedDict):
    """Every paper: ``body`` is the code of the issuing organisation, ``about`` the subject line without "Về việc"."""

    body: str
    about: str


class Official(Paper):
    """A paper that somebody signs for the body.

    ``drafting_unit``: abbreviation in "Lưu: VT, …". ``proposed_by``: whose proposal it follows, or empty.
    ``bases``: the grounds of this very case, each beginning with "Căn cứ"; the rule book's stand before them.
    ``recipients``: besides the standing ones. ``implementers``: who carries it out, besides the standing ones.
    """

    drafting_unit: str
    proposed_by: str
    bases: list[str]
    recipients: list[str]
    implementers: list[str]


class Reference(TypedDict):
    """An earlier paper: its name ("Quyết định"), symbol ("24/QĐ-SKHCN"), ISO date and issuer."""

    name: str
    symbol: str
    date: str
    issuer: str


class TaskFacts(TypedDict):
    """A task as decisions name it. The two days may be empty before the contract."""

    code: str
    title: str
    host: str
    principal_investigator: str
    field: str
    months: int
    starts_on: str
    ends_on: str


class Product(TypedDict):
    """A promised result and how it is measured."""

    name: str
    quantity: str
    indicator: str


class Member(TypedDict):
    """A person with academic title, unit, and role in the council or meeting."""

    name: str
    unit: str
    role: str


class Budget(TypedDict):
    """Money by source in đồng. ``lump_sum`` is the form of contracting in Vietnamese words."""

    total: int
    state: int
    other: int
    lump_sum: str


class Change(TypedDict):
    """One amended point."""

    item: str
    before: str
    after: str


class Party(TypedDict):
    """A party to a contract, or a payee."""

    name: str
    address: str
    representative: str
    position: str
    account: str
    bank: str
    tax_code: str


class Instalment(TypedDict):
    """A payment, amount in đồng, with its condition in words."""

    number: int
    year: int
    amount: int
    condition: str


class CouncilTask(TypedDict):
    """What a council judges, or an item that a decision names."""

    code: str
    title: str


class Ordered(TypedDict):
    """An item of the list of ordered tasks, money in đồng. ``mode``: "Tuyển chọn" or "Giao trực tiếp cho …"."""

    code: str
    title: str
    goals: str
    products: str
    mode: str
    months: int
    state: int
    other: int
