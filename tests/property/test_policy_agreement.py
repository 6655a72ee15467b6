"""One rule, two questions: whoever may see a record finds it in the list, and the other way round, for every model."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Model, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core import clock
from core.documents.issuer import rendered_when_opened
from core.files.services import store_upload
from core.people.models import RightsKind
from core.people.policy import can, declared, visible_to
from core.people.roles import Role
from core.people.selectors import has_role
from core.people.services import enter_rights
from core.workflow.registry import subjects
from core.workflow.selectors import available_steps, awaiting
from core.workflow.waiting import waiting
from reviews.lifecycle import CouncilKind
from reviews.models import DeclaredConflict
from tasks.lifecycle import Management
from tests.conftest import MORNING
from tests.factories import documents, funds, proposals, reviews, tasks
from tests.factories.people import ExpertFactory, department, user_with
from tests.property.lives.people import troupe

RULES = sorted(
    ((model, action) for model, action in declared() if model is not None),
    key=lambda rule: (rule[0]._meta.label, rule[1]),
)
SAMPLE = 4
VIEWED = [model for model, action in RULES if action == "view"]


def before_the_award(people: Any) -> None:
    """Drafts, submitted records, a list, orders of both kinds, dossiers of two hosts, an opened one."""
    call = proposals.open_call(people)
    proposals.draft_call(people)
    proposals.draft_proposal(people, call)
    proposals.submitted_proposal(people.rivals_cast, call)
    council_items = [proposals.screened_proposal(people, call)]
    order = proposals.invited_order(people, call)
    proposals.submitted_dossier(people, order)
    called = proposals.called_order(people, call)
    proposals.draft_dossier(people.rivals[0], called)
    proposals.submitted_dossier(people, called)
    reviews.draft(people, CouncilKind.IDENTIFICATION, council_items)
    proposals.draft_list(people)


def councils(people: Any) -> None:
    """One that votes, with ballots of some members; one that has concluded, as a selection."""
    call = proposals.open_call(people)
    voting = reviews.voting(
        people, CouncilKind.IDENTIFICATION, [proposals.screened_proposal(people, call)], users=people.experts
    )
    item = reviews.ballot_items(voting)[0]
    for seat in reviews.seats_of(voting)[:3]:
        reviews.services.cast_ballot(item, reviews.vote(), actor=seat.user)
    paper = reviews.services.Paper(seat=reviews.seats_of(voting)[-1], scan=reviews.scan())
    reviews.services.enter_paper_ballot(item, reviews.vote(), paper=paper, actor=people.secretary)
    standing = reviews.established(
        people, CouncilKind.IDENTIFICATION, [proposals.screened_proposal(people, call)], users=people.experts
    )
    reviews.replacement(people, reviews.seats_of(standing)[-1])
    sitting = reviews.sitting(
        people, CouncilKind.IDENTIFICATION, [proposals.screened_proposal(people, call)], users=people.experts
    )
    reviews.attend(people, sitting, absent=reviews.seats_of(sitting)[-1:])
    reviews.services.note_conflict(
        reviews.seats_of(sitting)[3], actor=people.head, conflict=DeclaredConflict.RELATIVE, words="Anh ruột"
    )
    order, _dossier = reviews.assigned_order(people)
    reviews.concluded(people, CouncilKind.SELECTION, [order], users=people.experts[2:])


def rights(people: Any) -> None:
    """What two administrators entered and nobody has confirmed, one of it for the director himself."""
    admin = next(one for one in people.strangers if has_role(one, Role.SYSTEM_ADMINISTRATOR))
    role = {"organisation": department(), "role": Role.CLERK}
    enter_rights(RightsKind.ADD_MEMBERSHIP, user=people.officer, actor=admin, **role)
    enter_rights(RightsKind.ADD_MEMBERSHIP, user=people.director, actor=user_with(Role.SYSTEM_ADMINISTRATOR), **role)


def after_the_award(people: Any) -> None:
    """Tasks of several states and of another host, with all their papers and money."""
    house = people.house
    task = funds.running(house)
    report = task.reports.order_by("pk")[0]
    tasks.filed_report(people, report)
    tasks.planned_inspection(people, task, clock.today() + timedelta(days=30))
    tasks.extension(people, task, 6)
    tasks.examined(people, tasks.extension(people, task, 3))
    funds.paid(house, task)
    funds.draft_settlement(house, task, 100_000_000)
    rival = people.rivals[0]
    tasks.adopted(people, host=rival.university, principal_investigator=rival.applicant, receiver=None)
    tasks.adopted(people, "running", management=Management.FOLLOWED, level="national")
    store_upload(documents.scan(), actor=people.officer, subject=task, purpose="note", internal=True)
    store_upload(documents.scan(), actor=people.applicant, subject=task, purpose="note")
    ended = funds.running(house)
    funds.paid(house, ended)
    funds.terminated(house, ended, spent=0, accepted=0)
    funds.recovering(house, ended, 450_000_000)
    funds.recorded(house, ended, 50_000_000)
    filed = tasks.acceptance_filed(people)
    council = reviews.voting(people, CouncilKind.ACCEPTANCE, [filed], users=people.experts)
    seat = reviews.seats_of(council)[0]
    reviews.services.cast_ballot(reviews.ballot_items(council)[0], reviews.grades(council.items.get()), actor=seat.user)
    ExpertFactory(user=people.experts[0])


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker):
    """Records of every declared model, made once for this file and undone afterwards."""
    with django_db_blocker.unblock(), transaction.atomic(), clock.moved_to(MORNING), rendered_when_opened():
        yield _everything()
        transaction.set_rollback(True)


def _everything() -> list[Any]:
    """Everybody of the world: insiders, hosts, rivals, some experts, strangers, a visitor."""
    people = troupe()
    rival = people.rivals[0]
    people.rivals_cast = type("Rival", (), {**vars(people), **vars(rival), "receiver": people.receiver})
    before_the_award(people)
    councils(people)
    after_the_award(people)
    rights(people)
    # Experts differ by where they sit: one who votes in two councils, one in one, one in none.
    alike = {one.pk for one in [*people.experts[1:-2], *people.leaders[1:]]}
    return [*(one for one in people.everybody() if one.pk not in alike), AnonymousUser()]


@pytest.fixture
def world(db, morning, built):
    return built


def agrees(user: Any, model: type[Model], action: str) -> str:
    """A sentence when the list and the single question disagree, or a record is listed twice."""
    listed = list(visible_to(user, model, action).values_list("pk", flat=True))
    sample = _sample(model)
    asked = {row.pk for row in sample if can(user, action, row)}
    is_right = len(set(listed)) == len(listed) and asked == set(listed) & {row.pk for row in sample}
    return "" if is_right else f"{user} {action} {model.__name__}: {listed} {asked}"


def _all(model: type[Model]) -> QuerySet[Any]:
    return model._base_manager.order_by("pk")


def _sample(model: type[Model]) -> list[Any]:
    """All records, or a few of many, evenly drawn from the first to the last."""
    rows = list(_all(model))
    return rows[:: max(-(-len(rows) // SAMPLE), 1)]


def test_who_may_see_a_record_finds_it_listed(world):
    assert [said for model in VIEWED for user in world if (said := agrees(user, model, "view"))] == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_every_other_action_is_asked_the_same_way(world, data):
    model, action = data.draw(st.sampled_from(RULES))
    user = data.draw(st.sampled_from(world))
    assert agrees(user, model, action) == ""


def test_every_duty_stands_once_in_the_work_of_its_holder(world):
    """What the table waits for is in somebody's list, in one stage: to decide, to prepare, or later."""
    for user in (one for one in world if one.is_authenticated):
        for model in subjects.values():
            shown = list(waiting(user, model).values_list("pk", flat=True))
            assert len(set(shown)) == len(shown)
            assert set(awaiting(user, model, duties=True).values_list("pk", flat=True)) <= set(shown)


def test_whoever_has_a_step_finds_its_record(world):
    for user in (one for one in world if one.is_authenticated):
        for model in subjects.values():
            found = set(awaiting(user, model).values_list("pk", flat=True))
            sample = _sample(model)
            own = {one.pk for one in sample if any(not offer.to_record for offer in available_steps(one, user))}
            assert own == found & {one.pk for one in sample}


def test_the_world_holds_every_model(world):
    """A new model with a policy needs a record here, or the tests above say nothing about it."""
    assert sorted(model.__name__ for model in VIEWED if not _all(model).exists()) == []
