"""A row is checked before it is saved: Django's ``full_clean``, with one question to the database instead of dozens."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models, router
from django.db.models import BaseConstraint, CheckConstraint, ForeignKey, Q, UniqueConstraint, Value
from django.utils.translation import gettext as _

STATE = "state"


def check_row(row: models.Model, *, exclude: Iterable[str] = (), unique: bool = True, constraints: bool = True) -> None:
    """Raise ValidationError with everything that is wrong with the row, in words for a form.

    As ``full_clean``, but a row that a foreign key names is believed to be there: it was read in this transaction, and
    the database has the last word; and a constraint without a sentence of its own gets one (``refusal``), where Django
    would name the constraint. ``unique``: also ask whether another row has the same unique column.
    """
    skipped, errors = set(exclude), dict[str, Any]()
    _collect(errors, row.clean_fields, exclude=skipped | _named_rows(row))
    _collect(errors, row.clean)
    if unique:
        _collect(errors, row.validate_unique, exclude=skipped | _wrong(errors))
    if constraints:
        _collect(errors, _check_constraints, row, skipped | _wrong(errors))
    if errors:
        raise ValidationError(errors)


def refusal(row: models.Model, constraint: BaseConstraint) -> ValidationError:
    """Why the constraint refuses the row, in the reader's language: its own words, or what its columns tell.

    What is empty although the status asks for it is named at its field; what cannot be true together, on top.
    """
    if constraint.violation_error_message != constraint.default_violation_error_message:
        return ValidationError(constraint.get_violation_error_message(), code=constraint.violation_error_code)
    names = columns_of(constraint)
    columns = [_column(row, name) for name in names if name != STATE or names == [STATE]]
    if STATE in names and (empty := [one for one in columns if not getattr(row, one.attname)]):
        status = getattr(row, "get_state_display", lambda: "")()
        words = _("Needed in the status “%(status)s”.") % {"status": status}
        return ValidationError({one.name: words for one in empty})
    labels = {"fields": ", ".join(f"“{one.verbose_name}”" for one in columns)}
    if isinstance(constraint, UniqueConstraint):
        return ValidationError(_("Another record says the same in %(fields)s.") % labels)
    if len(columns) == 1:
        return ValidationError({columns[0].name: _("This value is not possible here.")})
    return ValidationError(_("These do not go together: %(fields)s.") % labels)


def _column(row: models.Model, name: str) -> Any:
    return row._meta.pk if name == "pk" else row._meta.get_field(name)


def columns_of(constraint: BaseConstraint) -> list[str]:
    """The columns that the constraint asks, in their order of writing as far as there is one."""
    named = list(getattr(constraint, "fields", ()))
    if isinstance(constraint, CheckConstraint):
        named += sorted(Q(constraint.condition).referenced_base_fields)
    return named


def _check_constraints(row: models.Model, exclude: set[str]) -> None:
    """Ask all check constraints at once, and one by one only for the words of those that refuse."""
    if _all_hold(row, exclude) and _others_hold(row, exclude):
        return
    errors = dict[str, Any]()
    for constraint in row._meta.constraints:
        _collect(errors, _ask, row, constraint, exclude)
    if errors:
        raise ValidationError(errors)


def _ask(row: models.Model, constraint: BaseConstraint, exclude: set[str]) -> None:
    """Raise ValidationError with ``refusal`` where the constraint refuses the row."""
    try:
        constraint.validate(type(row), row, exclude=exclude, using=router.db_for_write(type(row), instance=row))
    except ValidationError as refused:
        # Of columns that are unique together Django has words already.
        if refused.code in {"unique", "unique_together"}:
            raise
        raise refusal(row, constraint) from refused


def _all_hold(row: models.Model, exclude: set[str]) -> bool:
    """Whether no check constraint refuses. One that names an excluded column is left to the database."""
    together = _checks(row._meta.concrete_model, frozenset(exclude))
    columns = {name: _value(row, name) for name in together.referenced_base_fields}
    return not together or together.check(columns, using=router.db_for_write(type(row), instance=row))


@cache
def _checks(model: type[models.Model], exclude: frozenset[str]) -> Q:
    """All check constraints of a table as one condition."""
    conditions = [one.condition for one in model._meta.constraints if isinstance(one, CheckConstraint)]
    return Q(*[one for one in conditions if not Q(one).referenced_base_fields & exclude])


def _value(row: models.Model, name: str) -> Value:
    column: Any = row._meta.get_field(name)
    return Value(getattr(row, column.attname), column)


def _others_hold(row: models.Model, exclude: set[str]) -> bool:
    """Whether no other constraint refuses, such as a unique one."""
    using = router.db_for_write(type(row), instance=row)
    try:
        for constraint in row._meta.constraints:
            if not isinstance(constraint, CheckConstraint):
                constraint.validate(type(row), row, exclude=exclude, using=using)
    except ValidationError:
        return False
    return True


def _named_rows(row: models.Model) -> set[str]:
    """The foreign keys that name a row."""
    keys = [one for one in row._meta.concrete_fields if isinstance(one, ForeignKey)]
    return {key.name for key in keys if getattr(row, key.attname) is not None}


def _wrong(errors: Iterable[str]) -> set[str]:
    return set(errors) - {NON_FIELD_ERRORS}


def _collect(errors: dict[str, Any], question: Any, *arguments: Any, **named: Any) -> None:
    try:
        question(*arguments, **named)
    except ValidationError as wrong:
        wrong.update_error_dict(errors)
