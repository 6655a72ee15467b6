"""The opening of the dossiers of an order, written down by the officer before the minutes are issued."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from core import clock
from core.audit import service as audit
from core.people.models import User
from core.rows import check_row
from proposals.lifecycle import DossierState
from proposals.models import Dossier, Opening, Order
from proposals.selectors.dossiers import prepared_opening, submitted_dossiers
from proposals.selectors.intake import intake_is_over

from . import common

# What an opening writes on a dossier.
FOUND = ("opening", "opening_valid", "opening_note", "opening_seal", "opening_copies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What was found on opening one dossier. ``reason`` is needed for an invalid one."""

    valid: bool
    reason: str = ""
    seal: str = ""
    copies: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """When, where and before whom the dossiers were opened; ``present``: one person on each line."""

    opened_at: datetime
    ended_at: datetime
    place: str
    chair: User
    secretary: User
    present: str = ""
    remarks: str = ""


def record_opening(order: Order, *, actor: User, occasion: Occasion, findings: Mapping[str, Finding]) -> Opening:
    """Write the record of an opening: one finding for each submitted dossier, by its code.

    The minutes are issued by the step ``open_dossiers``. Raises PermissionDenied, and ValidationError while dossiers
    still come in, for a dossier without a finding, an invalid one without a reason, an instant that has not come.
    """
    with audit.transaction():
        held = common.hold(order, actor=actor, action="open")
        dossiers = list(submitted_dossiers(held).select_for_update(of=("self",)))
        _check(held, occasion, {one.code for one in dossiers}, findings)
        opening = prepared_opening(held) or Opening(order=held)
        for name in ("opened_at", "ended_at", "place", "chair", "secretary", "present", "remarks"):
            setattr(opening, name, getattr(occasion, name))
        opening.recorded_at = clock.now()
        check_row(opening)
        opening.save()
        for dossier in dossiers:
            _write(dossier, opening, findings[dossier.code])
        valid = {code: found.valid for code, found in findings.items()}
        common.note("opening", held, actor, valid=valid)
    return opening


def _check(order: Order, occasion: Occasion, codes: set[str], findings: Mapping[str, Finding]) -> None:
    errors: dict[str, str] = {}
    if not intake_is_over(order):
        raise ValidationError(_("Dossiers may still come in: they are opened after the closing."))
    if occasion.ended_at > clock.now():
        errors["ended_at"] = _("This instant has not come yet.")
    if codes != set(findings):
        errors["__all__"] = _("Every submitted dossier needs a finding.")
    for code, found in findings.items():
        if not found.valid and not found.reason.strip():
            errors["__all__"] = _("Give the reason why %(code)s is invalid.") % {"code": code}
    if errors:
        raise ValidationError(errors)


def _write(dossier: Dossier, opening: Opening, found: Finding) -> None:
    dossier.opening = opening
    dossier.opening_valid, dossier.opening_note = found.valid, found.reason.strip()
    dossier.opening_seal, dossier.opening_copies = found.seal.strip(), found.copies.strip()
    check_row(dossier, unique=False)
    dossier.save(update_fields=FOUND)


def leave_out_withdrawn(opening: Opening) -> None:
    """Forget what the record says of dossiers that were withdrawn since: they are opened neither now nor later."""
    for dossier in opening.dossiers.exclude(state=DossierState.SUBMITTED):
        dossier.opening = dossier.opening_valid = None
        dossier.opening_note = dossier.opening_seal = dossier.opening_copies = ""
        dossier.save(update_fields=FOUND)
