"""What a paper says, taken from its subject at one moment, and in what two snapshots differ."""

import json
from collections.abc import Mapping
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
    bases = [f"Căn cứ {basis.citation}" for basis in legal_bases(kind, on, subject.regulation)]
    plain: dict[str, Any] = json.loads(canonical({"facts": told, "bases": bases}))
    return plain


def differing_keys(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The facts that no longer agree, and "bases" when the law changed meanwhile."""
    before, after = old.get("facts", {}), new.get("facts", {})
    changed = [key for key in sorted({*before, *after}) if before.get(key) != after.get(key)]
    return changed + (["legal bases"] if old.get("bases") != new.get("bases") else [])
