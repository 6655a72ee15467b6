"""How this room writes: through the room below, once per form, money and event together."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from core import clock
from core.audit.service import PendingEvent
from core.money import VND, format_vnd
from funds.ledger import Entry, Overspent, post
from funds.models import Disbursement, MoneyPaper, Repayment, Settlement, Transfer, YearEstimate
from funds.selectors.references import booked_elsewhere
from tasks.models import Task
from tasks.services.common import Facts, clean, hold, note, rewrite, typist, write

__all__ = [
    "Facts",
    "clean",
    "facts_of",
    "hold",
    "inner_key",
    "next_code",
    "note",
    "post_facts",
    "refuse",
    "refuse_before",
    "refuse_booked",
    "refuse_future",
    "rewrite",
    "typist",
    "write",
]

# Cấp phát, quyết toán, nộp trả, dự toán.
LETTERS: dict[type[Model], str] = {Disbursement: "CP", Settlement: "QT", Repayment: "NT", YearEstimate: "DT"}


def next_code(task: Task, model: type[Model]) -> str:
    """The next code of a task's paper, such as NV.2026.001.CP02. The task is locked."""
    number = model._default_manager.filter(task=task).count() + 1
    return f"{task.code}.{LETTERS[model]}{number:02d}"


def post_facts(entries: Iterable[Entry], event: PendingEvent, on: date) -> list[Transfer]:
    """Post outside a step. Raises ValidationError in words when there is not enough money."""
    try:
        return post(entries, event_uuid=event.uuid, effective_on=on)
    except Overspent as refused:
        raise ValidationError(str(refused), code="overspent") from refused


def facts_of(row: Model, names: Collection[str]) -> dict[str, Any]:
    """What stands in these columns now, as an event keeps it."""
    return {name: getattr(row, name) for name in names}


def refuse(column: str, text: str, **amounts: int) -> ValidationError:
    """The refusal of a fact, beside its field; amounts in đồng are written as the language writes them."""
    words = {name: format_vnd(VND(amount)) for name, amount in amounts.items()}
    return ValidationError({column: text % words})


def refuse_future(column: str, day: date) -> None:
    """Raise ValidationError for a day that has not come."""
    if day > clock.today():
        raise ValidationError({column: _("This day has not come yet.")})


def refuse_before(column: str, day: date, first: date | None, text: str) -> None:
    """Raise ValidationError for a day before ``first``, which ``text`` names as %(day)s."""
    if first is not None and day < first:
        raise ValidationError({column: text % {"day": f"{first:%d/%m/%Y}"}})


def refuse_booked(paper: MoneyPaper, column: str, reference: str) -> None:
    """Raise ValidationError for a bank reference that proves a movement of money of another kind already."""
    text = booked_elsewhere(clean(reference), beside=type(paper))
    if text:
        raise ValidationError({column: text})


def inner_key(key: UUID, name: object) -> UUID:
    """A key for a part of what one form makes: the same part of the same form gives the same key."""
    return uuid5(key, str(name))
