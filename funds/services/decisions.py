"""The decision behind a plan or an estimate: its number, its day, its scan; what the chain of events keeps of it."""

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core.audit import service as audit
from core.audit.service import PendingEvent
from core.files.models import StoredFile
from core.files.services import store_upload
from core.people.models import User
from funds.models import YearEstimate
from funds.models.plans import Granted

from . import common


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What decides an amount: its title, number and symbol, day, and the scan of the signed paper."""

    title: str
    number: str
    decided_on: date
    scan: "UploadedFile[bytes]"

    def write(self, row: Granted, actor: User) -> None:
        """Put the decision into a row that ``actor`` enters. Raises ValidationError without a number."""
        row.decision, row.number, row.decided_on = common.clean(self.title), common.clean(self.number), self.decided_on
        row.entered_by = actor
        if not row.number:
            raise ValidationError({"number": _("Enter the number and symbol of the decision.")})

    def stored(self, row: Granted, kind: str, actor: User) -> StoredFile:
        """The scan, kept with the row that was entered. Raises UploadRefused."""
        subject = SUBJECTS[kind](row.code)
        return store_upload(self.scan, actor=actor, subject=subject, purpose="decision", internal=True)


class _Plan:
    """A plan as the store of files knows it: it has no life of its own."""

    lifecycle: ClassVar[Any] = SimpleNamespace(name="year_plan")

    def __init__(self, code: str) -> None:
        self.code = code


class _Estimate(_Plan):
    """An estimate, likewise."""

    lifecycle: ClassVar[Any] = SimpleNamespace(name="year_estimate")


SUBJECTS: dict[str, type[_Plan]] = {"year_plan": _Plan, "year_estimate": _Estimate}


def note(row: Granted, act: str, actor: User, *, reason: str = "") -> PendingEvent:
    """Write what was done with a plan, or with a task's estimate, into the chain."""
    of_task = isinstance(row, YearEstimate)
    facts: dict[str, Any] = common.facts_of(row, ("year", "amount_vnd", "decision", "number", "decided_on"))
    return audit.record(
        f"{'year_estimate' if of_task else 'year_plan'}.{act}",
        actor=actor,
        subject_type="task" if isinstance(row, YearEstimate) else "year_plan",
        subject_code=row.task.code if isinstance(row, YearEstimate) else row.code,
        payload={**facts, "code": row.code, "scan": row.scan.code if row.scan else ""},
        reason=reason,
    )
