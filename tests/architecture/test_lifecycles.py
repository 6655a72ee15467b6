"""The tables are whole: every state is reached and left, every arrow has one meaning, the page shows what is true."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import get_resolver

from core.codes import fits_address
from core.documents.registry import PaperTell
from core.regulations import parameter
from core.regulations.selectors import regulations
from core.workflow.checks import tables_are_complete
from core.workflow.confirmed import VOID
from core.workflow.registry import effect, guard, subjects, tellings
from core.workflow.table import EFFECT, SYSTEM, Lifecycle

LIFECYCLES = sorted((model.lifecycle for model in subjects.values()), key=lambda one: one.name)
EVERY = pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.name)


def unreachable(lifecycle: Lifecycle) -> set[str]:
    """States to which no way leads from the first one; adopt and correct_step do not count, nor does a void entry."""
    reached, grown = {lifecycle.initial}, True
    while grown:
        before = len(reached)
        reached |= {row.target for row in lifecycle.rows if reached & set(row.sources)}
        grown = len(reached) > before
    return {str(state) for state in lifecycle.states.values} - {str(state) for state in (*reached, lifecycle.void)}


def lived_in(lifecycle: Lifecycle, regulation: str, variant: str) -> set[str]:
    """States in which a record of a regulation and kind may stand: where lives begin, and where its rows lead.

    A life begins in the first state, or anywhere that adoption admits.
    """
    states = [str(state) for state in lifecycle.states.values]
    begun = [one for one in states if lifecycle.adoptable and lifecycle.has_place_for(one, regulation, variant)]
    reached, rows, grown = {lifecycle.initial, *begun}, lifecycle.rows_for(regulation, variant), True
    while grown:
        before = len(reached)
        reached |= {row.target for row in rows if reached & set(row.sources)}
        grown = len(reached) > before
    return {str(state) for state in reached}


def dead_ends(lifecycle: Lifecycle, regulation: str, variant: str) -> set[str]:
    """States that are not final and have no way out for a record of that regulation and kind."""
    left = {str(source) for row in lifecycle.rows_for(regulation, variant) for source in row.sources}
    return lived_in(lifecycle, regulation, variant) - {str(state) for state in lifecycle.final} - left


def kinds(lifecycle: Lifecycle) -> list[tuple[str, str]]:
    """Every regulation version with every kind of the subject."""
    model: Any = subjects[lifecycle.name]
    column = model.variant_column
    variants = [value for value, _label in model._meta.get_field(column).flatchoices] if column else [""]
    return [(book.code, variant) for book in regulations() for variant in variants]


def shared_arrows(lifecycle: Lifecycle) -> list[tuple[str, str]]:
    """(source, name) pairs that two rows share, unless their regimes keep them apart."""
    seen = Counter((str(source), row.name, row.regimes) for row in lifecycle.rows for source in row.sources)
    return [(source, name) for (source, name, _regimes), count in seen.items() if count > 1]


@EVERY
def test_every_state_is_reached(lifecycle):
    assert unreachable(lifecycle) == set()


@EVERY
def test_every_state_that_is_not_final_has_a_way_out(lifecycle):
    assert {kind: found for kind in kinds(lifecycle) if (found := dead_ends(lifecycle, *kind))} == {}


@EVERY
def test_no_two_rows_share_source_and_name(lifecycle):
    assert shared_arrows(lifecycle) == []


@EVERY
def test_a_void_entry_ends_in_a_state_that_no_step_knows(lifecycle):
    used = {state for row in lifecycle.rows for state in (*row.sources, row.target)}
    assert not lifecycle.void or (lifecycle.adoptable and lifecycle.void in set(lifecycle.final) - used)
    assert bool(lifecycle.void) == bool(lifecycle.enterable)


@EVERY
def test_one_person_enters_records_only_where_some_of_them_ever_stand(lifecycle):
    places = {state for kind in kinds(lifecycle) for state in lived_in(lifecycle, *kind)}
    assert set(lifecycle.enterable) <= places


@EVERY
def test_the_usual_path_knows_only_states(lifecycle):
    assert set(lifecycle.path) <= set(lifecycle.states.values)


@EVERY
def test_every_due_names_a_parameter_of_days(lifecycle):
    dues = {row.due.parameter for row in lifecycle.rows if row.due}
    units = {parameter(key, regulation).unit for key in dues for regulation in ("r1_2013", "r2_2025")}
    assert units <= {"working_days", "days", "months", "years"}


@EVERY
def test_somebody_may_take_every_row(lifecycle):
    assert [row.name for row in lifecycle.rows if not row.by] == []
    assert [row.name for row in lifecycle.rows if {EFFECT, SYSTEM} <= set(row.by)] == []


def test_every_name_has_one_function():
    assert tables_are_complete() == []


def test_every_registered_function_is_used():
    rows = [row for lifecycle in LIFECYCLES for row in lifecycle.rows]
    assert set(guard.functions) == {name for row in rows for name in row.guards}
    assert set(effect.functions) == {name for row in rows for name in row.effects}
    assert set(tellings) == {name for row in rows for name in row.tells} | set(PaperTell)


def test_the_page_of_lifecycles_is_current():
    out = StringIO()
    call_command("lifecycle", "--mermaid", stdout=out)
    assert out.getvalue() == Path("docs/lifecycle.md").read_text(encoding="utf-8")


def test_planted_faults_are_found():
    whole = next(one for one in LIFECYCLES if one.name == "call")
    assert unreachable(replace(whole, rows=whole.rows[2:])) != set()
    assert dead_ends(replace(whole, final=()), "r2_2025", "selection") == {"closed", "cancelled"}
    only_old = tuple(replace(row, regimes=("r1_2013",)) if row.name == "close" else row for row in whole.rows)
    assert dead_ends(replace(whole, rows=only_old), "r1_2013", "selection") == set()
    bare = tuple(row for row in only_old if row.name != "cancel")
    assert dead_ends(replace(whole, rows=bare), "r2_2025", "selection") == {"open"}
    assert shared_arrows(replace(whole, rows=(*whole.rows, whole.rows[0]))) == [("draft", "announce")]


def test_the_page_of_permissions_is_current():
    out = StringIO()
    call_command("permissions", stdout=out)
    assert out.getvalue() == Path("docs/permissions.md").read_text(encoding="utf-8")


def words_beside_codes() -> set[str]:
    """The fixed words that stand in an address where another address has the code of a record."""
    routes = [str(found) for found in all_routes(get_resolver().url_patterns)]
    before = {route.split("<str:code>")[0] for route in routes if "<str:code>" in route}
    rest = [route.removeprefix(start) for start in before for route in routes if route.startswith(start)]
    return {tail.split("/")[0] for tail in rest if tail and not tail.startswith("<")}


def all_routes(patterns: list[Any], before: str = "") -> Iterator[str]:
    for one in patterns:
        route = f"{before}{one.pattern}"
        yield from all_routes(one.url_patterns, route) if hasattr(one, "url_patterns") else (route,)


def test_no_record_can_bear_a_word_of_an_address_as_its_code():
    words = words_beside_codes()
    assert {"enter", "monitoring"} <= words
    assert [word for word in words if fits_address(word)] == []


def test_every_record_with_a_life_has_a_code_that_fits_an_address():
    without = [
        model.__name__
        for name, model in subjects.items()
        if f"{name}_code_fits_address" not in {rule.name for rule in model._meta.constraints}
    ]
    assert without == []


def test_a_refused_entry_is_in_the_same_state_everywhere():
    assert {model.lifecycle.void for model in subjects.values() if model.lifecycle.void} == {VOID}
