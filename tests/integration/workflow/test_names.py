"""A name has one function, a table no loose end: what is found when the site starts, shown on a tiny lifecycle."""

from dataclasses import replace
from enum import Enum, auto

import pytest
from django.db import models

from core.people.roles import Role
from core.workflow import checks
from core.workflow.machine import add_transitions, state_field
from core.workflow.registry import Registry, needed, recipients, tellings
from core.workflow.table import EFFECT, Due, Flag, Lifecycle, Reason, Row, columns
from proposals.lifecycle import CALL, PROPOSAL, Tell
from proposals.models import Call


class Door(models.TextChoices):
    OPEN = "open", "Open"
    SHUT = "shut", "Shut"


class Loose(Enum):
    GUARD = auto()
    EFFECT = auto()
    TELL = auto()


def door(row, **more):
    return Lifecycle(
        name="door", title="Door", states=Door, initial=Door.OPEN, final=(Door.SHUT,), rank=1, rows=(row,), **more
    )


SHUT = Row("shut", (Door.OPEN,), Door.SHUT, (Role.OFFICER,), "Shut the door")


def missing(monkeypatch, row):
    """What the check says of a table of one row, in the place of the table of calls."""
    monkeypatch.setattr(Call, "lifecycle", door(row))
    return list(checks.missing(Call))


def test_a_whole_table_has_no_fault(monkeypatch):
    assert missing(monkeypatch, SHUT) == []


def test_a_guard_an_effect_and_a_notice_without_a_function_are_named(monkeypatch):
    row = replace(SHUT, guards=(Loose.GUARD,), effects=(Loose.EFFECT,), tells=(Loose.TELL,))
    assert missing(monkeypatch, row) == [
        "door.shut: nobody answers guard GUARD",
        "door.shut: nobody does effect EFFECT",
        "door.shut: nobody tells TELL",
    ]
    assert [error.msg for error in checks.tables_are_complete() if "door" in error.msg] == missing(monkeypatch, row)


def test_an_outside_role_needs_a_relation(monkeypatch):
    row = replace(SHUT, by=(Role.RECEIVING_BODY, Role.OFFICER, EFFECT))
    assert missing(monkeypatch, row) == ["door.shut: no relation says which door belongs to a receiving_body"]


def test_two_functions_for_one_name_are_refused():
    registry = Registry("guard")
    first = registry(Loose.GUARD)(lambda _facts: None)
    assert registry(Loose.GUARD)(first) is first
    with pytest.raises(ValueError, match=r"two functions for the guard Loose\.GUARD"):
        registry(Loose.GUARD)(lambda _facts: None)


def test_two_wordings_of_one_notice_are_refused():
    assert Tell.PROPOSAL_RECEIVED in tellings
    with pytest.raises(ValueError, match=r"two functions for the notice Tell\.PROPOSAL_RECEIVED"):
        recipients(Tell.PROPOSAL_RECEIVED, "Another wording")(lambda _subject: None)


def test_a_step_may_not_hide_what_the_model_already_has():
    class Gate(models.Model):  # noqa: DJ008  # never stored
        state = state_field(door(SHUT))

        class Meta:
            app_label = "test_names"
            managed = False

    with pytest.raises(TypeError, match=r"step save hides Gate\.save"):
        add_transitions(Gate, door(replace(SHUT, name="save")))


def test_rows_are_found_by_their_name():
    assert PROPOSAL.named("screen").target == "screened"
    with pytest.raises(KeyError, match="fly"):
        PROPOSAL.named("fly")


def test_rows_belong_to_a_regulation_and_a_kind():
    assert [row.name for row in CALL.leaving("draft", "r2_2025", "proposals")] == ["announce", "cancel"]
    assert [row.name for row in CALL.leaving("draft", "r2_2025", "selection")] == ["announce_selection", "cancel"]
    old = door(replace(SHUT, regimes=("r1_2013",)))
    assert [row.name for row in old.leaving("open", "r1_2013")] == ["shut"]
    assert [row.name for row in old.leaving("open", "r2_2025")] == []


def test_a_row_may_stand_where_a_flag_of_the_rule_book_says_so():
    """Grassroots acceptance: asked for by the rules of 2013, no longer by those of 2025."""
    asked, free = Flag("acceptance.grassroots"), Flag("acceptance.grassroots", on=False)
    assert replace(SHUT, regimes=asked).versions() == ("r1_2013",)
    assert replace(SHUT, regimes=free).versions() == ("r2_2025",)
    assert SHUT.versions() == ("r1_2013", "r2_2025")
    assert [columns(replace(SHUT, regimes=one))["regimes"] for one in (asked, free, ("r1_2013",))] == [
        "acceptance.grassroots",
        "not acceptance.grassroots",
        "r1_2013",
    ]


def test_a_row_in_words():
    row = replace(SHUT, code="D1", reason=Reason.REQUIRED, due=Due("proposal.return_days"), variants=("front",))
    words = columns(row)
    assert (words["code"], words["step"], words["from"], words["to"], words["by"]) == (
        "D1",
        "shut",
        "open",
        "shut",
        "officer",
    )
    assert (words["reason"], words["due"], words["for"]) == ("required", "proposal.return_days", "front")
    assert columns(SHUT)["reason"] == ""


def test_a_step_waits_for_one_thing():
    with pytest.raises(ValueError, match=r"two needs of proposal\.list"):
        needed("proposal", "list", Role.OFFICER, words="Once more")(lambda: None)
