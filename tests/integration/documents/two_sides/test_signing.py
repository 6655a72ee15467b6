"""A contract and the minutes of its liquidation bind nobody before both parties have signed the very text."""

import json
from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from core import clock
from core.audit.models import Event
from core.documents.kinds import KINDS
from core.documents.models import Document
from core.documents.selectors import documents_awaiting, documents_of
from core.documents.services import (
    OtherSignature,
    countersign_document,
    endorse_document,
    issue_document,
    prepare_document,
    refuse_document,
)
from core.notifications.models import Notice
from core.people.policy import can
from core.people.roles import Role
from core.workflow.ruling import StepRefused
from core.workflow.waiting import waiting
from tasks.models import Task
from tasks.services import save_contract, save_liquidation
from tests.factories import tasks as make
from tests.factories.documents import call_draft, scan
from tests.factories.people import MembershipFactory, department, user_with
from tests.factories.proposals import bidder

HOST = "Lê Thị Hiệu Trưởng"
NOT_SIGNED = "The other party has not signed: {host}."
NOT_YOURS = "Only who signs for the other party agrees to this draft."
BOTH = "The same person cannot act for both parties."
NEEDLESS = "Nobody else has to sign this draft for the other party."


def tell():
    """A task whose contract is written."""
    people = make.cast()
    task = make.adopted(people)
    make.written_contract(people, task)
    return SimpleNamespace(people=people, task=task)


@pytest.fixture
def task(story):
    return story.task


def refused(act, *args, **facts):
    with pytest.raises(StepRefused) as caught:
        act(*args, **facts)
    return [str(one) for one in caught.value.refusals]


def read_by_clerk(people, **more):
    """What the clerk enters for a contract that the director agreed to here."""
    given = {"actor": people.clerk, "signer": people.director, "signed_on": clock.today(), "key": uuid4()}
    return {**given, **more}


def by_hand(people, *, host=HOST, host_on=None, **more):
    """What the clerk reads on a sheet that both parties signed."""
    return read_by_clerk(people, other=OtherSignature(host, host_on or clock.today()), scan=scan(), **more)


def rewritten(people, task):
    save_contract(task, actor=people.officer, facts=make.contract_facts(task, host_account="666"))
    return prepare_document(task, "sign_contract", actor=people.officer)


# ── In the system ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_agreements_have_two_sides_and_wait_for_a_signature():
    assert [(kind.value, spec.automatic) for kind, spec in KINDS.items() if spec.two_sided] == [
        ("contract", False),
        ("contract_annex", False),
        ("liquidation_minutes", False),
    ]


def test_a_contract_comes_into_force_when_both_parties_agreed(people, task, draft):
    endorse_document(draft, actor=people.director)
    assert refused(issue_document, draft, **read_by_clerk(people)) == [NOT_SIGNED.format(host=task.host.name)]
    countersign_document(draft, actor=people.signer, shown=draft.text_digest)
    paper = issue_document(draft, **read_by_clerk(people))
    assert (paper.countersigned_by, paper.other_signer, paper.other_signed_on, paper.channel) == (
        people.signer,
        people.signer.full_name,
        clock.today(),
        "in_system",
    )
    task.refresh_from_db()
    assert task.state == "contracted"


def test_the_host_may_agree_before_party_a(people, draft):
    countersign_document(draft, actor=people.signer)
    endorse_document(draft, actor=people.director)
    assert issue_document(draft, **read_by_clerk(people)).is_issued


def test_the_agreement_of_the_host_joins_the_chain(people, draft):
    countersign_document(draft, actor=people.signer)
    event = Event.objects.get(kind="document.countersigned")
    named = json.loads(event.payload)["facts"]["document"]
    assert (event.actor, event.subject_code, named) == (people.signer, draft.subject_code, draft.code)


def test_another_text_drops_both_agreements(people, task, draft):
    endorse_document(draft, actor=people.director)
    countersign_document(draft, actor=people.signer)
    again = prepare_document(task, "sign_contract", actor=people.officer)
    assert (again.endorsed_by, again.countersigned_by) == (people.director, people.signer)
    again = rewritten(people, task)
    assert (again.endorsed_by, again.countersigned_by, again.countersigned_at) == (None, None, None)
    assert (again.other_signer, again.other_signed_on) == ("", None)


def test_the_host_agrees_only_to_the_text_it_was_shown(people, task, draft):
    read = draft.text_digest
    rewritten(people, task)
    assert refused(countersign_document, draft, actor=people.signer, shown=read) == [
        "The text of this draft has changed since you opened the page. Read it again before you go on."
    ]


def test_the_host_agrees_to_no_text_that_is_out_of_date(people, task, draft):
    save_contract(task, actor=people.officer, facts=make.contract_facts(task, host_account="666"))
    assert refused(countersign_document, draft, actor=people.signer) == [
        "The facts have changed since the draft was prepared. Prepare it again."
    ]


@pytest.mark.parametrize("who", ["officer", "head", "director", "clerk", "chair", "applicant"])
def test_nobody_but_the_signer_of_the_host_agrees_for_it(people, draft, who):
    said = refused(countersign_document, draft, actor=getattr(people, who))
    assert said == ([NOT_YOURS, BOTH] if who == "officer" else [NOT_YOURS])


def test_the_signer_of_another_organisation_does_not_agree(people, draft):
    assert refused(countersign_document, draft, actor=bidder().signer) == [NOT_YOURS]


def test_the_host_agrees_once(people, draft):
    countersign_document(draft, actor=people.signer)
    second = user_with(Role.ORGANISATION_SIGNER, people.university)
    assert refused(countersign_document, draft, actor=second) == [NEEDLESS]


def test_a_paper_of_one_side_knows_no_other_party(people):
    paper = call_draft(people)
    assert refused(countersign_document, paper, actor=people.signer) == [NOT_YOURS, NEEDLESS]
    facts = by_hand(people)
    assert refused(issue_document, paper, **facts) == [NEEDLESS]


def test_nobody_acts_for_both_parties(people, task):
    """A director of the department and an officer also sign for the host, an institute of it."""
    both, officer = user_with(Role.DEPARTMENT_DIRECTOR), user_with(Role.OFFICER)
    for user in (both, officer):
        MembershipFactory(user=user, organisation=task.host, role=Role.ORGANISATION_SIGNER)
    draft = prepare_document(task, "sign_contract", actor=officer)
    assert refused(countersign_document, draft, actor=officer) == [BOTH]
    countersign_document(draft, actor=both)
    assert BOTH in refused(endorse_document, draft, actor=both)
    assert BOTH in refused(issue_document, draft, **read_by_clerk(people, signer=both, scan=scan()))


# ── On paper ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_contract_signed_by_hand_names_who_signed_for_the_host_and_when(people, draft):
    paper = issue_document(draft, **by_hand(people))
    assert (paper.other_signer, paper.other_signed_on, paper.countersigned_by, paper.channel) == (
        HOST,
        clock.today(),
        None,
        "paper",
    )


def test_the_host_may_sign_by_hand_what_party_a_agreed_to_here(people, draft):
    endorse_document(draft, actor=people.director)
    facts = by_hand(people)
    assert refused(issue_document, draft, **{**facts, "scan": None}) == [
        "Attach the scan of the signed paper: the other party did not sign it here."
    ]
    assert issue_document(draft, **facts).channel == "paper"


def test_whoever_drafted_an_agreement_does_not_type_the_signature_of_the_host(people, task):
    MembershipFactory(user=people.clerk, organisation=department(), role=Role.OFFICER)
    draft = endorse_document(prepare_document(task, "sign_contract", actor=people.clerk), actor=people.director)
    assert refused(issue_document, draft, **by_hand(people)) == [
        "You prepared this draft, and the other party did not sign it here: another person numbers it."
    ]


def test_the_host_signs_no_later_than_the_number(people, draft):
    tomorrow = clock.today() + timedelta(days=1)
    assert refused(issue_document, draft, **by_hand(people, host_on=tomorrow)) == [
        "The paper cannot be numbered before both parties have signed it."
    ]


def test_the_host_signs_no_earlier_than_the_draft_that_party_a_signed(people, draft):
    before = clock.today() - timedelta(days=3)
    assert refused(issue_document, draft, **by_hand(people, host_on=before)) == [
        f"This draft was prepared on {clock.today():%d/%m/%Y}: the other party cannot have signed it before."
    ]


def test_a_contract_that_is_typed_after_both_signed_it_is_older_than_its_draft(people, draft):
    before = clock.today() - timedelta(days=3)
    paper = issue_document(draft, **by_hand(people, signed_on=before, host_on=before, reason="Ký tại hội nghị"))
    assert (paper.signed_on, paper.other_signed_on) == (before, before)


def test_one_name_on_both_sides_asks_for_a_reason(people, draft):
    facts = by_hand(people, host=people.director.full_name)
    assert refused(issue_document, draft, **facts) == [
        "The same name stands for both parties: check the paper.",
        "Give a reason when it is right as it stands.",
    ]
    assert issue_document(draft, **{**facts, "scan": scan(), "reason": "Trùng họ tên"}).is_issued


def test_who_agreed_here_is_not_named_a_second_time(people, draft):
    countersign_document(draft, actor=people.signer)
    assert refused(issue_document, draft, **by_hand(people)) == [NEEDLESS]


@pytest.mark.parametrize(
    "wrong",
    [
        {"other_signer": HOST},
        {"other_signed_on": "2026-03-02"},
        {"countersigned_at": "2026-03-02T08:00:00Z"},
    ],
)
def test_name_and_day_of_the_other_side_go_together(draft, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(**wrong)


def test_the_database_keeps_the_sides_apart(people, draft):
    facts = {"other_signer": HOST, "other_signed_on": clock.today(), "countersigned_at": clock.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(**facts, countersigned_by=people.officer)


# ── Who reads it, whom it waits for, who is told ────────────────────────────────────────────────────────────────────


def test_the_signer_of_the_host_reads_the_draft_and_nobody_else_outside(people, task, draft):
    for user, sees in (
        (people.signer, True),
        (people.applicant, False),
        (task.principal_investigator, False),
        (bidder().signer, False),
        (people.officer, True),
        (people.clerk, True),
    ):
        assert can(user, "view", draft).allowed is sees
    assert list(documents_of(task, people.signer)) == [draft]
    assert {
        name for name in ("signer", "applicant", "officer", "director", "clerk") if may_sign(people, name, draft)
    } == {"signer"}


def may_sign(people, name, draft):
    return can(getattr(people, name), "countersign", draft).allowed


def waited_for(people):
    names = ("director", "clerk", "signer", "applicant")
    return {name for name in names if documents_awaiting(getattr(people, name)).exists()}


def test_the_draft_waits_for_both_parties_then_for_the_clerk(people, draft):
    assert waited_for(people) == {"director", "signer"}
    endorse_document(draft, actor=people.director)
    assert waited_for(people) == {"signer"}
    countersign_document(draft, actor=people.signer)
    assert waited_for(people) == {"clerk"}
    issue_document(draft, **read_by_clerk(people))
    assert waited_for(people) == set()


def stage_of(user, task):
    return waiting(user, Task).get(pk=task.pk).waits


def test_my_work_tells_both_parties_to_sign_the_contract(people, task, draft):
    assert stage_of(people.signer, task) == "decide:sign_contract:other"
    endorse_document(draft, actor=people.director)
    assert stage_of(people.director, task) == "later:sign_contract:other"
    countersign_document(draft, actor=people.signer)
    assert stage_of(people.director, task) == "later:sign_contract:number"
    assert not waiting(people.signer, Task).exists()


def told():
    return [one.recipient for one in Notice.objects.filter(tell="core.to_countersign")]


def test_the_signer_of_the_host_is_told_of_each_text(people, task, draft):
    assert told() == [people.signer]
    prepare_document(task, "sign_contract", actor=people.officer)
    assert told() == [people.signer]
    rewritten(people, task)
    assert told() == [people.signer] * 2


def test_nobody_outside_is_told_of_a_paper_of_one_side(people):
    call_draft(people)
    assert not Notice.objects.exists()


def test_the_host_refuses_with_a_reason_and_still_reads_what_it_refused(people, draft):
    paper = refuse_document(draft, actor=people.signer, reason="Sai số tài khoản")
    assert (paper.status, paper.refused_by, paper.reason) == ("refused", people.signer, "Sai số tài khoản")
    assert can(people.signer, "view", paper).allowed


def test_what_party_a_sent_back_itself_the_host_does_not_read(people, draft):
    refuse_document(draft, actor=people.director, reason="Chưa thống nhất nội bộ")
    assert not can(people.signer, "view", draft).allowed


@pytest.mark.parametrize("name", ["applicant", "chair"])
def test_who_has_no_part_in_a_draft_does_not_refuse_it(people, draft, name):
    assert refused(refuse_document, draft, actor=getattr(people, name), reason="Không") == [
        "Your roles do not include this."
    ]


# ── The liquidation ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_liquidation_is_drafted_and_signed_by_both_parties(people):
    task = make.recognised(people)
    words = {"held_on": clock.today(), "place": "Sở", "handover": "01 quy trình"}
    save_liquidation(task, actor=people.officer, facts=words)
    assert refused(make.step, task, "liquidate", people.director) == [
        "Prepare the draft paper first: this step is taken when it is issued."
    ]
    draft = endorse_document(prepare_document(task, "liquidate", actor=people.officer), actor=people.director)
    assert refused(issue_document, draft, **read_by_clerk(people)) == [NOT_SIGNED.format(host=task.host.name)]
    assert stage_of(people.signer, task) == "decide:liquidate:other"
    countersign_document(draft, actor=people.signer)
    issue_document(draft, **read_by_clerk(people))
    task.refresh_from_db()
    assert task.state == "liquidated"
