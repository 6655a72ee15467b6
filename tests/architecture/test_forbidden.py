"""Forbidden things are found in planted code and nowhere else."""

from functools import partial

from tests.architecture import forbidden
from tests.architecture.source import ROOT, broken, modules_of_tests, own_modules, says

MONEY = ("funds/", "core/money")
# A background job and an attempt to run it have a state of their own, but no life in the law.
STATE_OWNERS = ("core/workflow/", "core/jobs/", "tests/integration/jobs/")


def place(path):
    return path.relative_to(ROOT).as_posix()


def stepped_names():
    return frozenset(name for path in own_modules() for name in forbidden.stepped_classes(path.read_text("utf-8")))


def test_money_knows_no_float():
    assert broken(forbidden.floats, [path for path in own_modules() if place(path).startswith(MONEY)]) == ""


def test_a_planted_float_is_found():
    assert says(forbidden.floats, "a = 1.5\nb = float(a)\nc = b / 2\nd = b // 2\n") == [
        "float 1.5",
        "float",
        "true division",
    ]


def test_nothing_is_marked_safe():
    assert broken(forbidden.unescaped, own_modules()) == ""


def test_a_planted_mark_safe_is_found():
    code = "def show(text) -> SafeString:\n    return mark_safe(text)\nSafeString(x)\nSafeString('<hr>')\n"
    assert says(forbidden.unescaped, code) == ["mark_safe", "SafeString()"]


def test_no_exception_is_swallowed():
    assert broken(forbidden.swallowed, own_modules()) == ""


def test_a_planted_silent_except_is_found():
    code = "try:\n    go()\nexcept Exception:\n    pass\nwith suppress(Exception):\n    go()\n"
    assert says(forbidden.swallowed, code) == ["a wide except that says nothing", "suppress(Exception)"]
    assert says(forbidden.swallowed, "try:\n    go()\nexcept KeyError:\n    pass\n") == []


def test_views_do_not_write():
    views = [path for path in own_modules() if path.stem == "views" or "views" in path.parts]
    assert broken(forbidden.view_writes, views) == ""


def test_a_planted_write_in_a_view_is_found():
    code = "form.save()\nTask.objects.filter(pk=1).update(title='x')\ncontext.update(a=1)\n"
    assert says(forbidden.view_writes, code) == [".save() in a view", ".update() in a view"]


def test_the_state_is_written_in_one_place():
    rule = partial(forbidden.state_writes, stepped=stepped_names())
    paths = [path for path in [*own_modules(), *modules_of_tests()] if not place(path).startswith(STATE_OWNERS)]
    assert broken(rule, paths) == ""


def test_planted_writes_of_a_state_are_found():
    code = """
call.state = "open"
call.title, call.state = "t", "open"
call.unconfirmed = False
Call.objects.filter(pk=1).update(state="open")
Call.objects.bulk_create([Call(code="1")])
Call.objects.bulk_update(calls, ["state"])
setattr(call, "state", "open")
Call(code="1", state="open")
Call.objects.create(code="1", state="open")
Other.objects.create(code="1", state="open")
"""
    rule = partial(forbidden.state_writes, stepped=frozenset({"Call"}))
    assert says(rule, code) == [
        "assigns .state",
        "assigns .state",
        "assigns .unconfirmed",
        ".update() of a state",
        "bulk_create of rows that have a life",
        "bulk_update of a state",
        "setattr of a state",
        "Call() with a state",
        "create() with a state",
    ]


def test_a_class_with_a_life_is_recognised():
    assert forbidden.stepped_classes("class Call(Stepped):\n    pass\nclass Other(Model):\n    pass\n") == {"Call"}
