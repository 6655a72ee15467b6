"""What a host wrote and has not handed in is the host's: the administration changes only what it typed from paper."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from core import clock
from core.people.policy import can
from tasks import services
from tasks.models import AmendmentKind, Grade
from tests.factories import funds as money
from tests.factories import tasks as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def first_report(people):
    return make.running(people).reports.order_by("due_date").first()


def test_the_administration_begins_a_report_from_paper_and_leaves_the_hosts_own_alone(people):
    report = first_report(people)
    assert can(people.officer, "edit", report).allowed
    services.save_report(report, actor=people.officer, facts={"done": "Từ bản giấy"})
    assert (can(people.officer, "edit", report).allowed, can(people.clerk, "edit", report).allowed) == (True, False)
    services.save_report(report, actor=people.applicant, facts={"done": "Đơn vị viết lại"})
    assert not can(people.officer, "edit", report)
    with pytest.raises(PermissionDenied):
        services.save_report(report, actor=people.officer, facts={"done": "Sửa giúp"})
    assert can(people.applicant, "edit", report).allowed


def test_a_request_for_an_amendment_is_changed_by_who_wrote_it(people):
    task = make.running(people)
    facts = {"reason": "Chậm mùa vụ", "extension_months": 3}

    def made(actor):
        return services.create_amendment(task, actor=actor, kind=AmendmentKind.EXTENSION, facts=facts, key=uuid4())

    own, typed = made(people.applicant), made(people.officer)
    asked = [(people.officer, own), (people.clerk, typed), (people.officer, typed), (people.applicant, typed)]
    assert [can(user, "edit", one).allowed for user, one in asked] == [False, False, True, True]


def test_an_acceptance_dossier_is_changed_by_who_began_it(people):
    task = make.running(people)
    assert can(people.officer, "edit_acceptance", task).allowed
    facts = {
        "final_report_on": clock.today() - timedelta(days=1),
        "summary": "Kết quả",
        "self_grade": Grade.PASS,
        "self_assessment": "Đạt",
        "spent_vnd": 0,
        "other_spent_vnd": 0,
    }
    services.save_acceptance_file(task, actor=people.applicant, facts=facts)
    asked = (people.officer, people.clerk, people.applicant)
    assert [can(user, "edit_acceptance", task).allowed for user in asked] == [False, False, True]


def test_a_request_for_money_and_its_account_are_the_hosts():
    who = money.house()
    instalment = money.running(who).contract.instalments.get(sequence=1)
    draft = money.services.create_disbursement(instalment, actor=who.people.applicant, key=uuid4())
    with pytest.raises(PermissionDenied):
        money.services.edit_disbursement(draft, actor=who.fund_officer, facts={"account": "666", "bank": "B"})
    money.services.edit_disbursement(draft, actor=who.people.signer, facts={"account": "777", "bank": "B"})


def test_a_request_typed_from_paper_is_changed_by_its_typist_only():
    who = money.house()
    instalment = money.running(who).contract.instalments.get(sequence=1)
    draft = money.services.create_disbursement(instalment, actor=who.fund_officer, key=uuid4())
    asked = (who.fund_officer, who.people.officer, who.people.applicant)
    assert [can(user, "edit", draft).allowed for user in asked] == [True, False, True]


def test_a_settlement_is_changed_by_who_wrote_it():
    who = money.house()
    task = money.running(who)
    money.paid(who, task)
    facts = {"spent_vnd": 1_000_000, "returned_vnd": 0, "report": "Đã chi"}
    draft = money.services.create_settlement(task, actor=who.people.applicant, facts=facts, key=uuid4())
    asked = (who.fund_officer, who.people.applicant)
    assert [can(user, "edit", draft).allowed for user in asked] == [False, True]
