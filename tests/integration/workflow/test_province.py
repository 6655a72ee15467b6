"""What a province decides otherwise in its overlay of the rule book is what a step is refused on."""

import pytest

from core import clock
from tests.factories import funds as money
from tests.factories import proposals as make
from tests.factories.asking import ruled, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
DECISION = "Quyết định 01/2026/QĐ-UBND"
QUOTES = chr(34)


@pytest.fixture
def province(settings, tmp_path):
    """``province(key, value)``: the province has decided so, from the first day of the year."""

    def decide(key, value):
        path = tmp_path / f"{key}-{value.strip(QUOTES)}.toml"
        lines = ["[[parameter]]", 'regulation = "r2_2025"', f'key = "{key}"', f"value = {value}"]
        lines += [f'document = "{DECISION}"', 'status = "confirmed"', "valid_from = 2026-01-01"]
        path.write_text("\n".join(lines), encoding="utf-8")
        settings.RULE_BOOK_OVERLAY = str(path)

    return decide


def test_where_the_province_wants_calls_a_proposal_without_one_is_not_received(province):
    people = make.cast()
    proposal = make.draft_proposal(people, None)
    assert said(proposal, "submit", people.signer) == []
    province("call.continuous", "false")
    closed = ("Proposals are received only while a call is open.", DECISION, True)
    assert ruled(proposal, "submit", people.signer) == [closed]


def test_a_time_that_the_province_has_confirmed_is_no_warning_any_more(province):
    people = make.cast()
    call = make.draft_call(people)
    province("call.min_open_days", "61")
    short = ("A call must stay open for at least 61 days.", DECISION, True)
    assert ruled(call, "announce", people.director) == [short]
    province("call.min_open_days", "60")
    assert ruled(call, "announce", people.director) == []


def test_where_the_estimate_lapses_at_the_end_of_the_year_its_money_is_not_paid_afterwards(province):
    who = money.house()
    request = money.request(who, money.running(who))
    with clock.moved_to(clock.now().replace(year=clock.today().year + 1)):
        lapsed = "The estimate of 2026 has lapsed at the end of the year."
        assert lapsed not in said(request, "request", who.people.signer)
        province("budget.year_end", '"lapse"')
        assert lapsed in said(request, "request", who.people.signer)
