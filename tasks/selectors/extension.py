"""How long a task may be extended: before it ends, once, twelve months for a long task, six for a short one."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.clock import Unit
from core.regulations import value
from core.workflow.ruling import Refusal, ruled
from tasks.lifecycle import AmendmentState
from tasks.models import Amendment, AmendmentKind, Task


def longest_extension(months: int, regulation: str, on: date | None = None) -> int:
    """The most months by which a task of so many months may be extended (TT 33/2014/TT-BKHCN, Article 16).

    ``on``: the day of its approval.
    """
    return int(value(limit_key(months, regulation, on), regulation, on))


def limit_key(months: int, regulation: str, on: date | None = None) -> str:
    """Which parameter limits the extension of a task of so many months, approved on a day."""
    is_long = months >= value("extension.long_task_months", regulation, on)
    return "extension.months_max_long" if is_long else "extension.months_max_short"


def end_asked_for(amendment: Amendment) -> date | None:
    """The end that an extension gives the task, counted from the end as it stands now.

    A suspension may have moved the end since the request was written: the months count, not a day fixed then.
    None for other kinds of amendment, and before a contract set the end.
    """
    ends_on, months = amendment.task.ends_on, amendment.extension_months
    if amendment.kind != AmendmentKind.EXTENSION or ends_on is None or not months:
        return None
    return clock.add_days(ends_on, months, Unit.MONTHS)


def extensions_decided(task: Task) -> int:
    """How often the task was extended, here and before it was entered here."""
    rows = Amendment.objects.filter(task=task, kind=AmendmentKind.EXTENSION, state=AmendmentState.DECIDED)
    return rows.count() + task.extensions_before


def extension_refusals(amendment: Amendment, on: date) -> Iterator[Refusal]:
    """What speaks against an extension asked for on ``on``; nothing for other kinds of amendment."""
    task = amendment.task
    if amendment.kind != AmendmentKind.EXTENSION or task.ends_on is None:
        return
    version = task.regulation, task.approved_on
    if task.rule("extension.before_expiry").value and on > task.ends_on:
        text = _("The task ended on %(date)s: an extension must be asked for before the end.")
        yield ruled(text % {"date": task.ends_on.strftime("%d/%m/%Y")}, "extension.before_expiry", *version)
    yield from _limits(amendment, task)


def _limits(amendment: Amendment, task: Task) -> Iterator[Refusal]:
    version = task.regulation, task.approved_on
    times = task.rule("extension.times_max").value
    if extensions_decided(task) >= times:
        text = _("The task was extended already; it may be extended at most %(times)s time(s).") % {"times": times}
        yield ruled(text, "extension.times_max", *version)
    most = longest_extension(task.months, *version)
    if (amendment.extension_months or 0) > most:
        text = _("A task of %(months)s months may be extended by at most %(most)s months.")
        key = limit_key(task.months, *version)
        yield ruled(text % {"months": task.months, "most": most}, key, *version)
