"""The engine: one rule answers for one object and for a list alike."""

from itertools import product
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Q
from django.db.transaction import atomic, set_rollback
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.people import policy
from core.people.models import Authority, Expert, Membership, Organisation, User
from core.people.policy import (
    allowed,
    both,
    can,
    either,
    everybody,
    may,
    nobody,
    only,
    own,
    own_organisation,
    read_with_rights,
    role,
    visible_to,
)
from core.people.roles import Role
from core.people.standing import standing_of
from tests.factories.people import (
    AuthorityFactory,
    ExpertFactory,
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    department,
    user_with,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
VISITOR = AnonymousUser()
OWN_MODELS: list[Any] = [Authority, Expert, Membership, Organisation, User]
WORLDS = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def rules(monkeypatch):
    """An empty table that the test fills; the house's own table comes back afterwards."""
    monkeypatch.setattr(policy, "_rules", {})
    monkeypatch.setattr(policy, "_actions", {})


def world(drawn):
    """People with the drawn roles in three organisations, some of them deactivated."""
    houses = [department(), *OrganisationFactory.create_batch(2)]
    people = [UserFactory(is_active=is_active) for is_active in drawn["active"]]
    for person, house, held in drawn["memberships"]:
        MembershipFactory(user=people[person], organisation=houses[house], role=held)
    AuthorityFactory()
    ExpertFactory(user=people[0])
    return people


WORLD = st.fixed_dictionaries(
    {
        "active": st.lists(st.booleans(), min_size=4, max_size=4),
        "memberships": st.lists(
            st.tuples(st.integers(0, 3), st.integers(0, 2), st.sampled_from(list(Role))), unique=True, max_size=6
        ),
    }
)


@WORLDS
@given(drawn=WORLD)
def test_whoever_may_do_something_with_a_row_finds_it_in_the_list_and_the_other_way_round(drawn):
    with atomic():
        people = [*world(drawn), VISITOR]
        for model, action, person in product(OWN_MODELS, ("view", "edit"), people):
            listed = [row.pk for row in visible_to(person, model, action)]
            found = [row.pk for row in model.objects.all() if can(person, action, row)]
            assert sorted(listed) == sorted(found), (model, action)
        set_rollback(True)


@WORLDS
@given(drawn=WORLD)
def test_several_questions_at_once_are_answered_as_each_alone_before_and_while_the_row_is_read(drawn):
    actions = ("view", "edit")
    with atomic():
        people = [*world(drawn), VISITOR]
        for model, person in product(OWN_MODELS, people):
            for row in model.objects.all():
                alone = {action for action in actions if can(person, action, row)}
                read = read_with_rights(person, model.objects.filter(pk=row.pk), actions)
                assert allowed(person, row, *actions) == alone
                with CaptureQueriesContext(connection) as queries:
                    assert allowed(person, read, *actions) == alone
                assert len(queries) == 0
                assert allowed(people[0], read, "edit") == allowed(people[0], row, "edit")
        set_rollback(True)


LEAVES = {
    "everybody": (everybody, lambda _user, _row: True),
    "nobody": (nobody, lambda _user, _row: False),
    "clerk": (role(Role.CLERK, Role.OFFICER), lambda user, _row: standing_of(user).has(Role.CLERK, Role.OFFICER)),
    "own": (own("user"), lambda user, row: row.user_id == user.pk),
    "house": (
        own_organisation("organisation", Role.APPLICANT),
        lambda user, row: row.organisation_id in standing_of(user).organisations(Role.APPLICANT),
    ),
    "neighbour": (
        own_organisation("organisation__memberships__organisation"),
        lambda user, row: row.organisation_id in standing_of(user).organisations(),
    ),
    "applicants": (only(Q(role=Role.APPLICANT), "applicants"), lambda _user, row: row.role == Role.APPLICANT),
}


def combined(parts):
    (first, first_says), (second, second_says) = parts
    return [
        (either(first, second), lambda user, row: first_says(user, row) or second_says(user, row)),
        (both(first, second), lambda user, row: first_says(user, row) and second_says(user, row)),
    ]


TREES = st.recursive(
    st.sampled_from(list(LEAVES.values())),
    lambda inner: st.tuples(inner, inner).flatmap(lambda parts: st.sampled_from(combined(parts))),
    max_leaves=5,
)


@WORLDS
@given(drawn=WORLD, tree=TREES)
def test_composed_rules_mean_what_they_say(drawn, tree):
    rule, says = tree
    with atomic(), pytest.MonkeyPatch.context() as patch:
        people = world(drawn)
        patch.setattr(policy, "_rules", {(Membership, "view"): rule})
        for person in people:
            expected = [row.pk for row in Membership.objects.order_by("pk") if person.is_active and says(person, row)]
            assert list(visible_to(person, Membership).order_by("pk").values_list("pk", flat=True)) == expected
        set_rollback(True)


def test_what_nobody_declared_nobody_may_do(rules):
    officer = user_with(Role.OFFICER)
    assert bool(may(officer, "proposals.create")) is False
    assert bool(can(officer, "view", officer)) is False
    assert list(visible_to(officer, User)) == []
    assert policy.is_declared("view", User) is False


def test_a_refusal_says_why(rules):
    policy.declare_actions({"proposals.create": role(Role.APPLICANT)})
    closed = user_with(Role.APPLICANT, is_active=False)
    with translation.override("en"):
        reasons = [may(user, "proposals.create").reason for user in (VISITOR, closed, user_with(Role.CLERK))]
    assert reasons == [
        "Sign in first.",
        "This account has been deactivated.",
        "Your roles do not include this.",
    ]
    assert may(user_with(Role.APPLICANT), "proposals.create") == policy.ALLOWED


def test_visitors_and_closed_accounts_are_asked_for_public_rules_only(rules):
    published, closed = OrganisationFactory(name="Viện Công khai"), user_with(Role.CLERK, is_active=False)
    OrganisationFactory()
    is_published = Q(name="Viện Công khai")
    policy.declare(Organisation, {"view": either(policy.public(is_published), everybody), "edit": everybody})
    policy.declare_actions({"register.read": policy.public()})
    for user in (VISITOR, closed):
        assert list(visible_to(user, Organisation)) == [published]
        assert [bool(may(user, "register.read")), bool(can(user, "edit", published))] == [True, False]
    assert visible_to(UserFactory(), Organisation).count() == Organisation.objects.count()


def test_declaring_an_action_twice_is_an_error(rules):
    policy.declare(User, {"view": everybody})
    policy.declare(User, {"view": everybody, "edit": nobody})
    policy.declare_actions({"people.list": everybody})
    with pytest.raises(ValueError, match="twice"):
        policy.declare(User, {"view": nobody})
    with pytest.raises(ValueError, match="twice"):
        policy.declare_actions({"people.list": nobody})


def test_rules_are_told_in_words():
    def of_the_day(user):
        return None

    rule = either(
        role(Role.CLERK, Role.OFFICER), both(own("user"), own_organisation("host", Role.APPLICANT)), of_the_day
    )
    assert policy.describe(rule) == "clerk / officer or the user and applicant of host or of_the_day"
    assert policy.describe(own_organisation("host")) == "anybody of host"


def test_an_unsaved_row_is_nobodys(rules):
    policy.declare(User, {"view": role(Role.CLERK)})
    assert bool(can(user_with(Role.CLERK), "view", User())) is False


def test_one_question_about_one_row_costs_one_query(rules, django_assert_num_queries):
    policy.declare(Organisation, {"view": own_organisation("pk"), "edit": role(Role.CLERK)})
    user = user_with(Role.CLERK)
    standing_of(user)
    organisation = user.memberships.get().organisation
    with django_assert_num_queries(1):
        assert bool(can(user, "view", organisation)) is True
    with django_assert_num_queries(0):
        assert bool(can(user, "edit", organisation)) is True


def reach(rule, user):
    """How far a rule lets the user go: nowhere, to some rows, to every row."""
    q = rule(user)
    return "none" if q is None else ("some" if q else "all")


def test_the_system_administrator_reaches_no_further_than_anybody_outside_the_administration_of_the_system():
    admin, plain = user_with(Role.SYSTEM_ADMINISTRATOR), UserFactory()
    further = {
        (model._meta.app_label if model else action.split(".")[0])
        for (model, action), rule in policy.declared().items()
        if reach(rule, admin) != reach(rule, plain)
    }
    assert further <= {"people", "organisations", "authorities", "rights"}


def test_the_office_reads_authorities_and_applicants_do_not():
    AuthorityFactory()
    counts = [visible_to(user_with(held), Authority).count() for held in (Role.CLERK, Role.PPC_CHAIR, Role.APPLICANT)]
    assert counts == [1, 1, 0]
