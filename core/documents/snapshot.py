"""What a paper says, taken from its subject at one moment, and in what two snapshots differ."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from core.audit.service import canonical
from core.people.authorities import AuthorityMissing
from core.regulations import legal_bases
from core.workflow.models import Stepped
from core.workflow.ruling import Refusal, StepRefused

from .registry import facts_function
from .schemas import check_facts
from .schemas.parts import Reference

# Characters. A list of a hundred orders has about 80,000; one cell of 20,000 takes four seconds to draw.
LONGEST_PAPER, LONGEST_TEXT = 120_000, 12_000


def context_of(kind: str, subject: Stepped, on: date) -> dict[str, Any]:
    """Facts of the room and legal bases of the day, as plain JSON.

    Raises StepRefused when the table of authorities is silent, FactsIncomplete, KeyError when nobody tells the facts of
    the kind, NullCharacterRefused.
    """
    function = facts_function(subject.lifecycle.name, kind)
    if function is None:
        raise KeyError(kind)
    # Papers speak Vietnamese, whatever the language of whoever presses the button.
    try:
        with translation.override("vi"):
            told = dict(function(subject))
    except AuthorityMissing as silent:
        raise StepRefused([Refusal(_("The table of authorities names nobody who decides this."))]) from silent
    check_facts(kind, told)
    check_references(told)
    bases = [f"Căn cứ {basis.citation}" for basis in legal_bases(kind, on, subject.regulation)]
    written = canonical({"facts": told, "bases": bases})
    plain: dict[str, Any] = json.loads(written)
    check_length(plain, len(written))
    return plain


def check_length(plain: Any, total: int) -> None:
    """Raise StepRefused for a paper that nobody would read and that would keep all others waiting to be drawn.

    ``total``: characters of the whole; no single text may have more than LONGEST_TEXT.
    """
    longest = max(_lengths(plain), default=0)
    if total > LONGEST_PAPER or longest > LONGEST_TEXT:
        text = _(
            "This paper is too long: %(total)s characters, the longest text %(longest)s. Allowed: %(most)s, %(one)s."
        )
        numbers = {"total": total, "longest": longest, "most": LONGEST_PAPER, "one": LONGEST_TEXT}
        raise StepRefused([Refusal(text % numbers)])


def _lengths(told: Any) -> Iterator[int]:
    if isinstance(told, str):
        yield len(told)
    elif isinstance(told, dict | list):
        for one in told.values() if isinstance(told, dict) else told:
            yield from _lengths(one)


def check_references(told: Mapping[str, Any]) -> None:
    """Raise StepRefused for each earlier paper that is named without its date: an official paper has no dots.

    A reference without a name says that there is no such paper; its letter leaves it out.
    """
    blank = [one for one in told.values() if _is_reference(one) and one["name"] and not one["date"]]
    if blank:
        raise StepRefused(refusal for one in blank for refusal in reference_missing(one["name"]).refusals)


def reference_missing(name: str) -> StepRefused:
    """The refusal of a paper that would cite ``name`` without number and date."""
    text = _("The paper cites “%(paper)s”, whose number and date are not known here: enter them first.")
    return StepRefused([Refusal(text % {"paper": name})])


def _is_reference(told: Any) -> bool:
    return isinstance(told, dict) and told.keys() == Reference.__annotations__.keys()


def differing_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The facts that no longer agree, and "bases" when the law changed meanwhile."""
    before, after = old.get("facts", {}), new.get("facts", {})
    changed = [key for key in sorted({*before, *after}) if before.get(key) != after.get(key)]
    return changed + (["legal bases"] if old.get("bases") != new.get("bases") else [])
