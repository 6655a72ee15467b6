from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.people.authorities import AuthorityMissing, authority_q, deciding, holders, is_holder, resolve_authority
from core.people.models import Authority, Case
from core.people.roles import Act, AuthorityLine, Level, Payer, Role
from core.people.services import add_authority, delegate, end_authority
from tests.factories.people import (
    AuthorityFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    committee,
    department,
    fund,
    two_hands,
    user_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
TODAY = date(2026, 3, 2)
BILLION = 1_000_000_000


def chair_approves(**scope):
    usual = {"body": committee(), "title_line": "CHỦ TỊCH", "valid_from": date(2020, 1, 1), **two_hands()}
    return add_authority(act=Act.TASK_APPROVER, positions=[Role.PPC_CHAIR], **{**usual, **scope})


def to_the_director(authority, **facts):
    usual = {
        "body": department(),
        "positions": [Role.DEPARTMENT_DIRECTOR],
        "title_line": "GIÁM ĐỐC",
        "valid_from": date(2026, 1, 1),
        "valid_to": date(2026, 12, 31),
        "delegation_document": "15/QĐ-UBND ngày 05/01/2026",
        **two_hands(),
    }
    return delegate(authority, **{**usual, **facts})


def test_the_table_says_who_decides():
    small = chair_approves(level=Level.PROVINCIAL, payer=Payer.FUND, amount_to_vnd=5 * BILLION)
    large = chair_approves(level=Level.PROVINCIAL, amount_from_vnd=5 * BILLION + 1)
    case: dict[str, Any] = {"level": "provincial", "regulation": "r2_2025", "payer": "fund", "on": TODAY}
    amounts = (0, None, 5 * BILLION, 5 * BILLION + 1)
    assert [resolve_authority(Act.TASK_APPROVER, amount_vnd=amount, **case) for amount in amounts] == [
        small,
        small,
        small,
        large,
    ]


@pytest.mark.parametrize(
    "case",
    [
        {"level": "grassroots"},
        {"level": None},
        {"level": "provincial", "on": date(2019, 12, 31)},
        {"level": "provincial", "amount_vnd": 6 * BILLION},
    ],
)
def test_where_the_table_is_silent_nobody_decides(case):
    chair_approves(level=Level.PROVINCIAL, amount_to_vnd=5 * BILLION)
    with pytest.raises(AuthorityMissing):
        resolve_authority(Act.TASK_APPROVER, **{"on": TODAY, **case})
    with pytest.raises(AuthorityMissing):
        resolve_authority(Act.CONTRACT_SIGNER, level="provincial", on=TODAY)


@pytest.mark.parametrize(
    "scope",
    [
        {},
        {"level": Level.PROVINCIAL},
        {"payer": Payer.FUND},
        {"level": Level.PROVINCIAL, "amount_from_vnd": 5 * BILLION},
        {"level": Level.PROVINCIAL, "valid_from": date(2030, 1, 1)},
    ],
)
def test_two_rows_never_decide_the_same_case(scope):
    chair_approves(level=Level.PROVINCIAL, regulation="r2_2025", amount_to_vnd=5 * BILLION)
    with pytest.raises(ValidationError) as refused:
        chair_approves(**scope)
    assert [error.code for error in refused.value.error_dict["__all__"]] == ["overlap"]


@pytest.mark.parametrize(
    "scope",
    [
        {"level": Level.GRASSROOTS},
        {"level": Level.PROVINCIAL, "regulation": "r1_2013"},
        {"level": Level.PROVINCIAL, "amount_from_vnd": 5 * BILLION + 1},
        {"level": Level.PROVINCIAL, "valid_from": date(2010, 1, 1), "valid_to": date(2019, 12, 31)},
    ],
)
def test_rows_for_other_cases_stand_side_by_side(scope):
    chair_approves(level=Level.PROVINCIAL, regulation="r2_2025", amount_to_vnd=5 * BILLION)
    AuthorityFactory(act=Act.LIST_APPROVER)
    chair_approves(**scope)
    assert Authority.objects.count() == 3


def test_a_delegation_decides_its_cases_while_it_runs():
    chair = chair_approves()
    director = to_the_director(chair, amount_to_vnd=BILLION)
    assert (director.authority_line, director.delegated_from) == (AuthorityLine.TUQ, chair)
    asked = [(TODAY, BILLION), (TODAY, BILLION + 1), (date(2025, 12, 31), 1), (date(2027, 1, 1), 1)]
    found = [resolve_authority(Act.TASK_APPROVER, amount_vnd=amount, on=day) for day, amount in asked]
    assert found == [director, chair, chair, chair]


def test_a_delegation_is_written_limited_and_never_handed_on():
    chair = chair_approves(amount_to_vnd=10 * BILLION, valid_to=date(2026, 12, 31))
    director = to_the_director(chair)
    refusals: list[tuple[Authority, dict[str, Any], str]] = [
        (director, {"positions": [Role.HEAD_OF_DIVISION]}, "redelegation"),
        (chair, {"delegation_document": " "}, "document"),
        (chair, {"amount_to_vnd": 11 * BILLION}, "beyond"),
        (chair, {"valid_to": date(2027, 1, 1)}, "beyond"),
        (chair, {"valid_from": date(2019, 1, 1)}, "beyond"),
    ]
    for authority, facts, code in refusals:
        with pytest.raises(ValidationError) as refused:
            to_the_director(authority, **facts)
        assert refused.value.code == code


def test_two_delegations_of_one_case_are_refused():
    chair = chair_approves()
    to_the_director(chair)
    with pytest.raises(ValidationError):
        to_the_director(chair, valid_from=date(2026, 6, 1))


def test_the_database_refuses_an_endless_or_unwritten_delegation_and_turned_amounts():
    row = to_the_director(chair_approves())
    for facts in (
        {"valid_to": None},
        {"delegation_document": ""},
        {"amount_from_vnd": 2, "amount_to_vnd": 1},
        {"amount_from_vnd": -1},
        {"act": "bless"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Authority.objects.filter(pk=row.pk).update(**facts)


@pytest.mark.parametrize("positions", [[], ["king"], "clerk"])
def test_positions_are_known_roles(positions):
    with pytest.raises(ValidationError) as refused:
        AuthorityFactory.build(body=committee(), positions=positions).full_clean()
    assert list(refused.value.message_dict) == ["positions"]


def test_ending_a_power_ends_what_was_given_from_it():
    chair = chair_approves()
    director = to_the_director(chair)
    end_authority(chair, last_day=date(2026, 6, 30), reason="Quyết định mới", **two_hands())
    director.refresh_from_db()
    assert (chair.valid_to, director.valid_to) == (date(2026, 6, 30), date(2026, 6, 30))


def test_a_delegation_may_end_sooner_but_never_later():
    director = to_the_director(chair_approves())
    with pytest.raises(ValidationError) as refused:
        end_authority(director, last_day=date(2035, 12, 31), **two_hands())
    assert [one.code for one in refused.value.error_dict["last_day"]] == ["later"]
    end_authority(director, last_day=TODAY, **two_hands())
    director.refresh_from_db()
    assert director.valid_to == TODAY


def test_holders_are_those_in_the_positions_of_the_body_today():
    authority = chair_approves()
    chair, former = user_with(Role.PPC_CHAIR), UserFactory()
    MembershipFactory(user=former, organisation=committee(), role=Role.PPC_CHAIR, valid_to=date(2026, 3, 1))
    user_with(Role.PPC_CHAIR, is_active=False)
    stranger = user_with(Role.PPC_CHAIR, organisation=department())
    assert list(holders(authority)) == [chair]
    assert set(holders(authority, date(2026, 3, 1))) == {chair, former}
    assert [is_holder(authority, user) for user in (chair, former, stranger)] == [True, False, False]


FIELDS = {"level": "level", "regulation": "regulation", "amount_vnd": "amount_to_vnd", "payer": "payer"}
SCOPES = st.fixed_dictionaries(
    {
        "level": st.sampled_from(["", "provincial", "grassroots"]),
        "regulation": st.sampled_from(["", "r1_2013", "r2_2025"]),
        "payer": st.sampled_from(["", "fund"]),
        "amount_from_vnd": st.sampled_from([0, 5]),
        "amount_to_vnd": st.sampled_from([None, 5, 9]),
        "body": st.sampled_from(["committee", "fund"]),
    }
)
DELEGATIONS = st.lists(st.tuples(st.integers(0, 3), st.sampled_from([None, 2, 7])), max_size=2)
NAMED = st.sets(st.sampled_from(list(FIELDS)), min_size=0).map(lambda names: {name: FIELDS[name] for name in names})


@pytest.fixture
def subjects():
    """The rows of another act's table play the subjects: they have a level, a regulation, an amount and a payer."""
    return [
        AuthorityFactory(act=Act.LIST_APPROVER, level=level, regulation=regulation, payer=payer, amount_to_vnd=amount)
        for level in ("", "provincial", "grassroots")
        for regulation in ("r1_2013", "r2_2025")
        for payer in ("", "fund")
        for amount in (None, 0, 2, 5, 6, 9, 10)
    ]


@pytest.fixture
def deciders():
    return [user_with(Role.PPC_CHAIR), user_with(Role.DEPARTMENT_DIRECTOR), user_with(Role.PPC_CHAIR, fund())]


def table_of(scopes, delegations):
    """As many of the drawn rows as the rules let in."""
    bodies = {"committee": committee(), "fund": fund()}
    rows = []
    for scope in scopes:
        with suppress(ValidationError), transaction.atomic():
            rows.append(chair_approves(**{**scope, "body": bodies[scope["body"]]}))
    for number, upper in delegations if rows else []:
        with suppress(ValidationError), transaction.atomic():
            to_the_director(rows[number % len(rows)], amount_to_vnd=upper)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(scopes=st.lists(SCOPES, max_size=4), delegations=DELEGATIONS, fields=NAMED | st.just(FIELDS))
def test_the_filter_finds_exactly_what_the_table_gives_to_the_user(subjects, deciders, scopes, delegations, fields):
    with transaction.atomic():
        table_of(scopes, delegations)
        rows = list(Authority.objects.on(TODAY).filter(act=Act.TASK_APPROVER))
        for user in deciders:
            q = authority_q(Act.TASK_APPROVER, user, TODAY, fields)
            found = set() if q is None else set(Authority.objects.filter(q, act=Act.LIST_APPROVER))
            assert found == {subject for subject in subjects if decides(user, rows, subject, fields)}
        transaction.set_rollback(True)


def decides(user, rows, subject, fields):
    facts = {name: getattr(subject, column) for name, column in fields.items()}
    case = Case(**{**facts, "amount_vnd": facts.get("amount_vnd") or 0})
    row = deciding(rows, case)
    return row is not None and is_holder(row, user)


def test_whoever_decides_everything_gets_the_empty_filter_and_nobody_else_any():
    AuthorityFactory()
    assert authority_q(Act.TASK_APPROVER, user_with(Role.PPC_CHAIR), TODAY, FIELDS) == Q()
    assert authority_q(Act.TASK_APPROVER, user_with(Role.CLERK), TODAY, FIELDS) is None


def test_a_delegation_of_everything_leaves_the_delegator_nothing():
    to_the_director(chair_approves())
    q = authority_q(Act.TASK_APPROVER, user_with(Role.PPC_CHAIR), TODAY, FIELDS)
    assert list(Authority.objects.filter(q)) == []
    assert authority_q(Act.TASK_APPROVER, user_with(Role.DEPARTMENT_DIRECTOR), TODAY, FIELDS) == Q()


def test_a_row_reads_as_a_sentence_and_knows_its_cases():
    row = AuthorityFactory(level=Level.PROVINCIAL, amount_from_vnd=2, amount_to_vnd=3)
    assert row.roles == [Role.PPC_CHAIR]
    assert str(row).endswith("Ủy ban nhân dân tỉnh Bình An")
    cases = [Case(level="provincial", amount_vnd=amount) for amount in (1, 2, 3, 4)]
    assert [row.covers(case) for case in [*cases, Case(amount_vnd=2)]] == [False, True, True, False, False]


def test_another_organisation_is_no_body_of_the_row():
    row = AuthorityFactory()
    assert is_holder(row, user_with(Role.PPC_CHAIR, OrganisationFactory())) is False
