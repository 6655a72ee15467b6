"""Fills the tables of a scratch database: copies of the demo's rows, past the services, thousands at a time."""

import random
import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import connection, models

from core import clock
from core.audit.models import Event
from core.documents.models import Document
from core.files.models import StoredFile
from core.notifications.models import Notice
from core.people.models import Organisation, User
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from funds.models import Account, Disbursement, Repayment, Settlement
from proposals.models import Dossier, Order
from reviews.models import Council, Seat
from tasks.models import Amendment, Contract, Inspection, Instalment, Report, Task

Values = dict[str, Any]
BATCH = 2000
DAYS = 5 * 365
# Of a hundred copies so many are of records still in work; the others have come to rest.
IN_WORK = 5


def fill(papers: int, records: int) -> None:
    """So many papers and events, and so many records of each kind and notices.

    They are of other organisations and people than the demo's: one person's own records do not grow with the province.
    """
    random.seed(1)
    for owner, way in ((Organisation, lambda _values, _index: {"tax_code": ""}), (User, _unchanged)):
        native = owner.objects.count()
        copies(owner, records // 50, way)
        _strangers[owner] = _keys(owner)[native:]
    for model in (*(subjects[name] for name in ("proposal", "order", "task", "council")), Dossier):
        copies(model, records, _ways.get(model, _unchanged))
    for model in (Report, Inspection, Amendment):
        copies(model, records, _of_task(sequence=True))
    copies(Contract, records, lambda _values, index: {"task": _keys(Task)[-1 - index]})
    copies(Instalment, records * 2, _half)
    for model in (Disbursement, Settlement, Repayment):
        copies(model, records, _of_task(sequence=False))
    copies(Account, records, _of_task(sequence=False))
    copies(Seat, records, _seat())
    copies(StoredFile, records, _about())
    copies(Notice, records, _notice())
    copies(Document, papers, _paper())
    copies(Event, papers, _event())


def copies(model: type[models.Model], number: int, way: Callable[[Values, int], Values]) -> None:
    """Copy the rows of a table; ``way`` says which columns differ in the copy of a number."""
    columns = [one for one in model._meta.concrete_fields if not one.primary_key]
    templates = [{one.name: getattr(row, one.attname) for one in columns} for row in _templates(model, number)]
    unique = [one for one in columns if one.unique]
    names = ", ".join(connection.ops.quote_name(one.column) for one in columns)
    marks = ", ".join(["%s"] * len(columns))
    sql = f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} ({names}) VALUES ({marks})"
    with connection.cursor() as cursor:
        for start in range(0, number, BATCH):
            rows = []
            for index in range(start, min(start + BATCH, number)):
                values = dict(templates[index % len(templates)])
                values |= {one.name: _other(one, values[one.name], index) for one in unique}
                values |= _of_strangers(model, values)
                values |= way(values, index)
                rows.append([one.get_db_prep_save(values[one.name], connection) for one in columns])
            cursor.executemany(sql, rows)


def _templates(model: type[models.Model], number: int) -> list[models.Model]:
    rows = model._default_manager.all()
    if not issubclass(model, Stepped):
        return list(rows.exclude(**_LEFT_OUT.get(model, {"pk": None})))
    rest = list(rows.filter(state__in=model.lifecycle.final)) or list(rows)
    working = list(rows.exclude(state__in=model.lifecycle.final)) or rest
    chosen = [random.choice(working if index % 100 < IN_WORK else rest) for index in range(min(number, 1000))]
    random.shuffle(chosen)
    return chosen


# Old papers are issued; records from before are few, and confirmed.
_LEFT_OUT: dict[type[models.Model], Values] = {
    Document: {"numbered_on": None},
    Event: {"kind": "adopt"},
    Account: {"task": None},
}


def _other(column: Any, value: Any, index: int) -> Any:
    if value is None or column.one_to_one:
        return None
    if isinstance(column, models.UUIDField):
        return uuid.UUID(int=random.getrandbits(128))
    if isinstance(column, models.IntegerField):
        return 1_000_000 + index
    return f"{value}"[: column.max_length - 8] + f"-{index}"


# Whose a record is, by the names of the columns.
_OWNERS = {
    Organisation: {"host", "proposer_organisation", "proposed_host", "direct_host", "receiver"},
    User: {"author", "entered_by", "principal_investigator", "recipient"},
}


def _of_strangers(model: type[models.Model], values: Values) -> Values:
    found = {}
    for owner, names in _OWNERS.items():
        for name in names & values.keys():
            if values[name] is not None and model is not owner:
                found[name] = random.choice(_strangers[owner])
    return found


_strangers: dict[type[models.Model], list[int]] = {}


def _unchanged(_values: Values, _index: int) -> Values:
    return {}


def _dossier(_values: Values, index: int) -> Values:
    return {"order": _keys(Order)[-1 - index]}


_ways: dict[type[models.Model], Callable[[Values, int], Values]] = {Dossier: _dossier}


def _keys(model: type[models.Model]) -> list[int]:
    found = _known.get(model)
    if found is None:
        found = _known[model] = list(model._default_manager.order_by("pk").values_list("pk", flat=True))
    return found


_known: dict[type[models.Model], list[int]] = {}


def _of_task(*, sequence: bool) -> Callable[[Values, int], Values]:
    tasks = _keys(Task)

    def way(values: Values, index: int) -> Values:
        found = {"task": tasks[index % len(tasks)]} if values["task"] else {}
        found |= {"sequence": 1000 + index // len(tasks)} if sequence else {}
        # One answer of the bank proves one payment.
        found |= {"bank_reference": f"GBC-{index}"} if values.get("bank_reference") else {}
        return found | ({"instalment": _keys(Instalment)[-1 - index]} if "instalment" in values else {})

    return way


def _seat() -> Callable[[Values, int], Values]:
    councils, users = _keys(Council), _keys(User)
    return lambda _values, index: {
        "council": councils[index % len(councils)],
        "user": users[(index // len(councils)) % len(users)],
        "position": "member",
        "replaces": None,
    }


def _about() -> Callable[[Values, int], Values]:
    codes = {name: list(model._default_manager.values_list("code", flat=True)) for name, model in subjects.items()}

    def way(values: Values, _index: int) -> Values:
        there = codes.get(values["subject_type"])
        return {"subject_code": random.choice(there)} if there else {}

    return way


def _notice() -> Callable[[Values, int], Values]:
    return lambda _values, _index: {"event_uuid": uuid.uuid4()}


def _paper() -> Callable[[Values, int], Values]:
    about, today = _about(), clock.today()

    def way(values: Values, index: int) -> Values:
        day = today - timedelta(days=index % DAYS)
        number = {"year": day.year, "number": 1000 + index, "symbol": f"{1000 + index}/QĐ-SKHCN"}
        dates = {"numbered_on": day, "signed_on": values["signed_on"] and day}
        return {**about(values, index), **number, **dates, "replaces": None}

    return way


def _event() -> Callable[[Values, int], Values]:
    about = _about()
    return lambda values, index: {**about(values, index), "key": None}


def _half(_values: Values, index: int) -> Values:
    return {"contract": _keys(Contract)[-1 - index // 2], "sequence": 1 + index % 2}
