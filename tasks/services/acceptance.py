"""The acceptance dossier, the grassroots result, the council's grade."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.files.services import store_upload
from core.people.models import User
from tasks.models import AcceptanceFile, Grade, Task
from tasks.selectors.acceptance import PARTS, current_file, stored_purpose

from . import common

FILE_FACTS = ("final_report_on", "summary", "self_grade", "self_assessment", "spent_vnd", "other_spent_vnd")
GRASSROOTS_FACTS = ("grassroots_on", "grassroots_decision", "grassroots_passed", "grassroots_note")


def save_acceptance_file(
    task: Task,
    *,
    actor: User,
    facts: common.Facts,
    delivered: Iterable[Mapping[str, Any]] = (),
    files: "Mapping[str, UploadedFile[Any]] | None" = None,
) -> AcceptanceFile:
    """Write the dossier of the present attempt before it is filed.

    ``delivered``: sequence, delivered, delivered_note of each product; ``files`` by purpose (see PARTS).
    Raises PermissionDenied, ValidationError, UploadRefused.
    """
    try:
        check_has_come(facts.get("final_report_on"))
    except ValidationError as refused:
        raise ValidationError({"final_report_on": refused.messages}) from refused
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_acceptance")
        dossier = current_file(held) or AcceptanceFile(task=held, attempt=held.acceptance_attempt)
        dossier.entered_by = common.typist(held, actor)
        common.write(dossier, facts, FILE_FACTS)
        if held.acceptance_file is None:
            held.acceptance_file = dossier
            held.save(update_fields=["acceptance_file"])
        _write_delivered(held, delivered)
        _store(held, files or {}, actor)
        common.note("acceptance_file", held, actor, attempt=dossier.attempt, self_grade=dossier.self_grade)
    return dossier


def check_has_come(day: date | None) -> None:
    """Raise ValidationError for a day that has not come."""
    if day is not None and day > clock.today():
        raise ValidationError(_("This day has not come yet."))


def _write_delivered(task: Task, delivered: Iterable[Mapping[str, Any]]) -> None:
    products = {product.sequence: product for product in task.products.all()}
    for row in delivered:
        product = products[row["sequence"]]
        facts = {name: row[name] for name in ("delivered", "delivered_note")}
        common.write(product, facts, tuple(facts))


def _store(task: Task, files: "Mapping[str, UploadedFile[Any]]", actor: User) -> None:
    known = {part.purpose for part in PARTS}
    for purpose, upload in files.items():
        if purpose not in known:
            raise ValidationError(_("This file does not belong to the dossier."))
        store_upload(upload, actor=actor, subject=task, purpose=stored_purpose(purpose, task.acceptance_attempt))


def save_grassroots_result(task: Task, *, actor: User, facts: common.Facts) -> AcceptanceFile:
    """Write what the host's own council concluded (old rules). Raises PermissionDenied, ValidationError."""
    with audit.transaction():
        held = common.hold(task, actor=actor, action="edit_grassroots")
        dossier = current_file(held)
        if dossier is None:
            raise ValidationError(_("The acceptance dossier has not been filed yet."))
        common.write(dossier, facts, GRASSROOTS_FACTS)
        common.note("grassroots", held, actor, passed=dossier.grassroots_passed)
    return dossier


def record_grade(task: Task, *, grade: Grade, on: date) -> None:
    """Note the acceptance council's grade on the task, inside the council's own step, before ``accept`` or ``fail``."""
    task.grade, task.accepted_on = grade, on
    task.save(update_fields=["grade", "accepted_on"])
