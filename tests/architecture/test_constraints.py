"""No constraint reaches a person as the name that the database gives it."""

import pytest
from django.apps import apps
from django.db.models import CheckConstraint, UniqueConstraint
from django.utils import translation

from core.rows import refusal

OURS = ("core", "funds", "portal", "proposals", "reviews", "tasks")
KINDS = (CheckConstraint, UniqueConstraint)


def constraints():
    """Every constraint of our tables that a form can run into, with its table."""
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] in OURS]
    return [(model, one) for model in ours for one in model._meta.constraints if isinstance(one, KINDS)]


def nameless(model, constraint):
    """The words of a refusal do not hold the constraint's name, and something is named in them."""
    said = " ".join(refusal(model(), constraint).messages)
    return constraint.name not in said and ": ." not in said and "in ." not in said and bool(said.strip())


@pytest.mark.parametrize("language", ["en", "vi", "ar"])
def test_every_constraint_is_refused_in_words(language):
    with translation.override(language):
        assert [one.name for model, one in constraints() if not nameless(model, one)] == []


def test_the_constraints_are_found():
    names = {one.name for _, one in constraints()}
    assert {"proposal_submitted_complete", "order_direct_has_host", "contract_ends_after_start"} - names == set()
