"""The rule book as one Markdown page, docs/rule-book.md. The province's overlay is not part of it."""

from collections.abc import Iterator

from django.utils.translation import override

from .book import Parameter, Regulation, load
from .legal import LegalBasis, load_library
from .wording import anchor_label, label, status_label, value_text

HEAD = """# Rule book

Written by `manage.py rule_book --write`; do not edit. The values stand in `core/regulations/*/*.toml`.

*Confirmed* means that a published text with this rule was seen, not that the province has adopted it. A step is refused
only on a confirmed rule; on one that is still to be confirmed the software warns, asks for a reason and records it.
Before real use a person reads in full Decree 267/2025/NĐ-CP, Decree 265/2025/NĐ-CP, Circular 36/2025/TT-BKHCN and the
province's own regulation, and Circular 09/2024/TT-BKHCN for older tasks, and writes what differs into the overlay file
(`RULE_BOOK_OVERLAY`).

*Anchor* is the date that selects the version of the rule.
"""


def markdown() -> str:
    """The whole book in English, the same on every machine and in every year."""
    with override("en"):
        parts = [HEAD, *(_version(one) for one in reversed(load())), _documents(), _citations()]
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "".join(f"| {' | '.join(cells)} |\n" for cells in lines)


def _version(version: Regulation) -> str:
    until = f"{version.effective_to:%d/%m/%Y}" if version.effective_to else "further notice"
    period = f"For what was approved from {version.effective_from:%d/%m/%Y} until {until}."
    confirmed = sum(parameter.is_confirmed for parameter in version.parameters.values())
    count = f"{len(version.parameters)} parameters, {confirmed} confirmed."
    table = _table(
        ("Key", "Rule", "Value", "Source", "Status", "Anchor"), map(_parameter_row, version.parameters.values())
    )
    return f"## {version.code}: {version.title}\n\n{period} {count}\n\n{table}"


def _parameter_row(parameter: Parameter) -> tuple[str, ...]:
    return (
        f"`{parameter.key}`",
        label(parameter.key),
        value_text(parameter),
        parameter.source,
        status_label(parameter.status),
        anchor_label(parameter.anchor),
    )


def _documents() -> str:
    documents = sorted(load_library().documents.values(), key=lambda basis: (basis.rank, basis.issued_on, basis.code))
    table = _table(
        ("Code", "Number", "Document", "Cited from", "Cited until", "Only for", "Status"), map(_basis_row, documents)
    )
    return f"## Legal bases\n\n{table}"


def _basis_row(basis: LegalBasis) -> tuple[str, ...]:
    until = f"{basis.valid_to:%d/%m/%Y}" if basis.valid_to else ""
    return (
        f"`{basis.code}`",
        basis.number,
        basis.citation,
        f"{basis.valid_from:%d/%m/%Y}",
        until,
        ", ".join(basis.regulations),
        status_label(basis.status),
    )


def _citations() -> str:
    kinds = load_library().kinds.items()
    rows = ((f"`{kind}`", ", ".join(f"`{code}`" for code in codes)) for kind, codes in kinds)
    return f"## What each paper cites\n\n{_table(('Paper', 'Documents, as far as they are in force'), rows)}"
