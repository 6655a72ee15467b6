"""Who may take a row, and who may have decided it: roles, own organisations, bodies, seats; never two parts at once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from core import clock
from core.people.models import Authority
from core.people.roles import Role
from core.workflow.rights import by_q, deciders, granted, may_record
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps, awaiting
from core.workflow.table import EFFECT, SYSTEM
from funds.models import Disbursement
from reviews.lifecycle import CouncilKind
from reviews.models import Council
from tasks.models import Task
from tests.factories import funds, proposals, reviews, tasks
from tests.factories.people import MembershipFactory, department, fund, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]
LONG_AGO = timedelta(days=365 * 20)


@pytest.fixture
def people():
    return tasks.cast()


def who(subject, step):
    return list(deciders(subject, subject.row(step), clock.today()))


def test_inside_the_administration_the_role_alone_decides(people):
    proposal = proposals.submitted_proposal(people, proposals.open_call(people))
    colleague = user_with(Role.HEAD_OF_DIVISION)
    assert set(who(proposal, "refuse")) == {people.head, colleague}


def test_outside_it_the_role_is_held_in_the_organisation_of_the_record(people):
    proposal = proposals.draft_proposal(people, proposals.open_call(people))
    user_with(Role.ORGANISATION_SIGNER)
    assert who(proposal, "submit") == [people.signer]


def test_an_act_is_decided_by_whoever_the_table_of_authorities_names(people):
    order_list = proposals.draft_list(people)
    assert who(order_list, "approve_list") == [people.chair]
    Authority.objects.update(valid_to=clock.today() - timedelta(days=1))
    assert who(order_list, "approve_list") == []


def test_the_clock_decides_nothing_on_paper(people):
    """``start`` is a step of the officer and of the clock: only the officer can be chosen."""
    task = tasks.contracted(people, payer="host")
    assert who(task, "start") == [people.officer]
    assert [by_q(Task, by, people.officer, clock.today()) for by in (SYSTEM, EFFECT)] == [None, None]


def test_a_conclusion_is_signed_by_whoever_presides():
    board = reviews.cast()
    proposal = proposals.screened_proposal(board, proposals.open_call(board))
    council = reviews.counted(board, CouncilKind.IDENTIFICATION, [proposal])
    chair = council.seats.get(position="chair").user
    assert who(council, "conclude_identification") == [chair]
    assert granted(chair, council, [Role.COUNCIL_MEMBER], clock.today()) == {Role.COUNCIL_MEMBER}


def test_the_choices_of_who_decided_cost_the_same_with_few_experts_and_with_many(django_assert_num_queries):
    board = reviews.cast()
    council = reviews.counted(
        board, CouncilKind.IDENTIFICATION, [proposals.screened_proposal(board, proposals.open_call(board))]
    )
    for _more in range(20):
        user_with(Role.COUNCIL_MEMBER)
    with django_assert_num_queries(3):
        assert len(who(council, "conclude_identification")) == 1


def test_an_outside_role_without_a_relation_decides_nothing(people):
    """No table names the receiving body; were it named by mistake, nobody would be let through."""
    task = tasks.adopted(people)
    receiver = user_with(Role.RECEIVING_BODY, people.receiver)
    assert by_q(Task, Role.RECEIVING_BODY, receiver, clock.today()) is None
    assert granted(receiver, task, [Role.RECEIVING_BODY], clock.today()) == set()


def test_a_deactivated_person_and_one_whose_time_is_over_decide_nothing(people):
    officer = people.officer
    assert by_q(Task, Role.OFFICER, officer, clock.today() - LONG_AGO) is None
    assert may_record(officer, Task.lifecycle, clock.today())
    officer.is_active = False
    assert by_q(Task, Role.OFFICER, officer, clock.today()) is None
    assert not may_record(officer, Task.lifecycle, clock.today())


@pytest.mark.parametrize(
    ("model", "role", "enters"),
    [
        (Task, Role.OFFICER, True),
        (Task, Role.HEAD_OF_DIVISION, True),
        (Task, Role.FUND_OFFICER, False),
        (Task, Role.ADMINISTRATIVE_SECRETARY, False),
        (Council, Role.ADMINISTRATIVE_SECRETARY, True),
        (Council, Role.FUND_OFFICER, False),
        (Disbursement, Role.FUND_OFFICER, True),
        (Disbursement, Role.CLERK, True),
        (Disbursement, Role.OFFICER, False),
    ],
)
def test_each_kind_of_record_names_who_enters_it_from_paper(model, role, enters):
    assert may_record(user_with(role), model.lifecycle, clock.today()) is enters


def test_rows_of_one_regulation_wait_only_there(people):
    """Grassroots acceptance belongs to the rules of 2013."""
    old = tasks.adopted(people, "acceptance_filed", approved_on=clock.today() - timedelta(days=900))
    new = tasks.adopted(people, "acceptance_filed")
    assert (old.regulation, new.regulation) == ("r1_2013", "r2_2025")
    assert list(awaiting(people.signer, Task)) == [old]
    offers = [offer.row.name for task in (old, new) for offer in available_steps(task, people.signer)]
    assert offers == ["accept_at_grassroots"]


def test_one_person_with_two_roles_does_not_take_two_parts():
    """The decider counts, not the roles: who checked a request does not verify it."""
    house = funds.house()
    both = user_with(Role.FUND_OFFICER)
    MembershipFactory(user=both, organisation=fund(), role=Role.CHIEF_ACCOUNTANT)
    disbursement = funds.request(house, funds.contracted(house))
    funds.after.step(disbursement, "request", house.people.signer)
    funds.after.step(disbursement, "examine", both)
    text = (
        "The same person may not take both of these steps (separation of duties). "
        f"It can be taken by: {'; '.join(one.full_name for one in who(disbursement, 'verify') if one != both)}."
    )
    (offer,) = (one for one in available_steps(disbursement, both) if one.row.name == "verify")
    assert [str(one) for one in offer.refusals] == [text]
    with pytest.raises(StepRefused, match=r"separation of duties"):
        funds.after.step(disbursement, "verify", both)
    funds.after.step(disbursement, "verify", house.accountant)
    assert disbursement.state == "verified"


def test_separation_follows_the_decider_and_asks_for_a_second_typist():
    """Two deciders on paper; the second of two steps about money is entered by a second person."""
    house = funds.house()
    disbursement = funds.request(house, funds.contracted(house))
    first, second, third = (user_with(Role.CLERK, department()) for _ in range(3))

    def enter(name, typist, decider):
        more = {"channel": "paper", "evidence": [uuid4()], "reason": "Bản giấy"}
        funds.after.step(disbursement, name, typist, decided_by=decider, **more)

    enter("request", first, house.people.signer)
    with pytest.raises(StepRefused):
        enter("examine", first, house.fund_officer)
    enter("examine", second, house.fund_officer)
    with pytest.raises(StepRefused):
        enter("verify", second, house.accountant)
    enter("verify", third, house.accountant)
    assert disbursement.state == "verified"


def test_a_record_reads_as_its_code(people):
    task = tasks.adopted(people)
    assert str(task) == task.code
