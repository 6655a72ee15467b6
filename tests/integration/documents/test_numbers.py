"""Numbers: drawn here or given elsewhere, never twice, never on a draft, never changed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from core import clock
from core.audit.models import Event
from core.documents.models import Document
from core.documents.numbering import source_of
from core.documents.services import endorse_document, issue_document, prepare_document
from core.numbers.models import Source
from core.numbers.services import open_series
from core.people.roles import Role
from core.workflow.corrections import last_step, undo_refusals
from core.workflow.ruling import StepRefused
from core.workflow.table import Channel
from tests.factories.documents import call_draft, endorsed_draft, issued, issued_call, scan
from tests.factories.people import committee, department
from tests.factories.proposals import (
    draft_list,
    draft_proposal,
    open_call,
    planned_order,
    recommended_proposal,
    step,
    submitted_proposal,
)


@pytest.fixture
def listed(people):
    """The draft decision on a list, agreed to by the committee's chair."""
    order_list = draft_list(people)
    planned_order(people, order_list, recommended_proposal(people, open_call(people)))
    draft = prepare_document(order_list, "approve_list", actor=people.officer)
    return endorse_document(draft, actor=people.chair)


def of_committee(people, draft, **more):
    given = {"signer": people.chair, "signed_on": clock.today(), "key": uuid4(), **more}
    return issue_document(draft, actor=people.clerk, **given)


def refused(act, *args, **kwargs):
    with pytest.raises(StepRefused) as caught:
        act(*args, **kwargs)
    return [str(one) for one in caught.value.refusals]


def test_the_department_draws_one_sequence_for_all_kinds(people):
    symbols = [issued_call(people, title=f"Đợt {number}").symbol for number in range(1, 4)]
    assert symbols == ["01/TB-SKHCN", "02/TB-SKHCN", "03/TB-SKHCN"]


def test_a_new_year_begins_with_one(people):
    issued_call(people)
    with clock.moved_to(clock.now().replace(year=2027)):
        paper = issued_call(people, title="Đợt của năm sau")
    assert (paper.symbol, paper.year) == ("01/TB-SKHCN", 2027)


def test_a_register_kept_here_takes_no_number_and_no_other_day(people):
    draft = endorsed_draft(people)
    assert refused(issued, people, draft, number=7) == [
        "The numbers of this series are drawn here: they cannot be entered by hand."
    ]
    yesterday = clock.today() - timedelta(days=1)
    assert refused(issued, people, draft, numbered_on=yesterday, signed_on=yesterday) == [
        "A number of this register bears the day on which it is drawn."
    ]
    assert Document.objects.get().number is None


def test_a_receipt_entered_later_bears_the_day_of_its_number_and_tells_the_day_of_receipt(people):
    call, monday = open_call(people), clock.today()
    submitted_proposal(people, call)
    late = draft_proposal(people, call, title="Nộp qua bưu điện")
    with clock.moved_to(clock.now() + timedelta(days=3)):
        thursday = clock.today()
        by_post = {"decided_by": people.signer, "channel": Channel.PAPER, "evidence": [uuid4()]}
        step(late, "submit", people.officer, effective_on=monday, **by_post)
        # And somebody else's on the same day: numbers follow time.
        submitted_proposal(people, call, title="Nộp trực tuyến ngày thứ năm")
    receipts = Document.objects.filter(kind="proposal_receipt").order_by("number")
    assert [one.numbered_on for one in receipts] == [monday, thursday, thursday]
    assert [clock.local(one.numbered_at).date() for one in receipts] == [monday, thursday, thursday]
    assert receipts[1].facts["received_at"].startswith(monday.isoformat())
    assert [receipts[1].facts[name] for name in ("submitter", "receiver")] == [
        people.signer.full_name,
        people.officer.full_name,
    ]


def test_a_refused_issue_loses_no_number(people):
    refused(issued, people, endorsed_draft(people), signed_on=clock.today() + timedelta(days=1))
    assert issued_call(people, title="Đợt sau").symbol == "01/TB-SKHCN"


def test_the_committee_keeps_its_own_register(people):
    assert source_of(committee(), "outgoing", 2026) == Source.EXTERNAL
    assert source_of(committee(), "minutes", 2026) == Source.OWN
    assert source_of(department(), "outgoing", 2026) == Source.OWN
    open_series("UBND", 2026, "outgoing", source=Source.OWN)
    assert source_of(committee(), "outgoing", 2026) == Source.OWN


def test_an_outside_number_is_entered_with_its_day(people, listed):
    paper = of_committee(people, listed, number=220, numbered_on=clock.today())
    assert (paper.symbol, paper.source, paper.numbered_on) == ("220/QĐ-UBND", "external", clock.today())
    assert Event.objects.get(step="approve_list").effective_on == clock.today()


def test_an_outside_number_must_be_given_and_free(people, listed):
    assert refused(of_committee, people, listed) == [
        "The issuing body numbers this series itself: enter the number it gave."
    ]
    of_committee(people, listed, number=220)
    other = draft_list(people)
    planned_order(people, other, recommended_proposal(people, open_call(people), title="Một đề xuất khác hẳn"))
    draft = endorse_document(prepare_document(other, "approve_list", actor=people.officer), actor=people.chair)
    assert refused(of_committee, people, draft, number=220) == [
        "220/QĐ-UBND already stands on another paper of this year."
    ]
    assert of_committee(people, draft, number=7).symbol == "07/QĐ-UBND"


def test_a_number_out_of_order_asks_for_a_reason(people, listed):
    """03 after 220 of an earlier day is a slip of the keyboard, or a paper that came late: somebody says which."""
    of_committee(people, listed, number=220)
    other = draft_list(people)
    planned_order(people, other, recommended_proposal(people, open_call(people), title="Một đề xuất khác hẳn"))
    with clock.moved_to(clock.now() + timedelta(days=1)):
        draft = endorse_document(prepare_document(other, "approve_list", actor=people.officer), actor=people.chair)
        assert refused(of_committee, people, draft, number=3) == [
            "Number 3 of 03/03/2026 does not follow the order: 220/QĐ-UBND is of 02/03/2026. Check the paper.",
            "Give a reason when it is right as it stands.",
        ]
        assert of_committee(people, draft, number=3, reason="Số để dành").symbol == "03/QĐ-UBND"
    assert Event.objects.filter(step="approve_list", reason="Số để dành").count() == 1


def test_the_form_says_who_gives_the_number_and_the_last_one_known(people, listed, client_for):
    clerk, where = client_for(people.clerk, "en"), reverse("documents:document-issue", args=[listed.code])
    help_text = clerk.get(where).context["form"].fields["number"].help_text
    said = f"{committee().name} keeps this register itself: enter the number and date that its office gave the paper."
    assert help_text == said
    of_committee(people, listed, number=220)
    other = draft_list(people)
    planned_order(people, other, recommended_proposal(people, open_call(people), title="Một đề xuất khác hẳn"))
    draft = prepare_document(other, "approve_list", actor=people.officer)
    where = reverse("documents:document-issue", args=[draft.code])
    help_text = clerk.get(where).context["form"].fields["number"].help_text
    assert help_text == f"{said} The last number known here is 220/QĐ-UBND of 02/03/2026."


def test_a_paper_agreed_to_here_bears_no_day_before_the_agreement_without_its_scan(people):
    """Agreed on Thursday in the system: Monday is the date of a paper that must be seen."""
    order_list, monday = draft_list(people), clock.today()
    planned_order(people, order_list, recommended_proposal(people, open_call(people)))
    days = {"signed_on": monday, "numbered_on": monday}
    with clock.moved_to(clock.now() + timedelta(days=3)):
        draft = endorse_document(prepare_document(order_list, "approve_list", actor=people.officer), actor=people.chair)
        said = (
            f"{people.chair.full_name} agreed here on 05/03/2026: an earlier date needs the scan of the signed paper."
        )
        for given in (days, {**days, "numbered_on": clock.today()}):
            assert refused(of_committee, people, draft, number=7, **given) == [said]
        paper = of_committee(people, draft, number=7, scan=scan(), reason="Bản ký hôm thứ Hai", **days)
    assert (paper.numbered_on, paper.channel) == (monday, "paper")


def test_an_outside_number_of_tomorrow_is_refused(people, listed):
    tomorrow = clock.today() + timedelta(days=1)
    found = refused(of_committee, people, listed, number=1, numbered_on=tomorrow)
    assert found == ["The effective date may not lie in the future."]


def test_an_automatic_paper_is_numbered_inside_its_step(people):
    proposal = submitted_proposal(people, open_call(people))
    receipt = Document.objects.get(kind="proposal_receipt")
    assert (receipt.symbol, receipt.series, receipt.subject_code) == ("01/PTN-SKHCN", "incoming", proposal.code)
    assert receipt.event_uuid == Event.objects.get(subject_code=proposal.code, step="submit").uuid
    assert [receipt.facts[name] for name in ("submitter", "contact", "receiver")] == [
        people.signer.full_name,
        people.applicant.full_name,
        "Văn thư " + department().name,
    ]


def test_a_step_with_an_issued_paper_is_not_undone(people):
    proposal = submitted_proposal(people, open_call(people))
    says = "Other records or a paper depend on this step: only a new decision undoes it."
    assert [str(one) for one in undo_refusals(proposal, last_step(proposal))] == [says]


@pytest.mark.parametrize(
    "change",
    [
        {"context": {"facts": {}, "bases": []}},
        {"header": {}},
        {"number": 9},
        {"numbered_on": None},
        {"symbol": "09/TB-SKHCN"},
        {"kind": "contract"},
        {"subject_code": "X"},
        {"signer": None},
        {"prepared_by": None},
    ],
)
def test_a_numbered_paper_never_changes(people, change):
    paper = issued_call(people)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Document.objects.filter(pk=paper.pk).update(**change)


def test_a_numbered_paper_is_never_deleted(people):
    paper = issued_call(people)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Document.objects.filter(pk=paper.pk).delete()


@pytest.mark.parametrize(
    "change",
    [
        {"number": 1},
        {"status": "numbered"},
        {"status": "void"},
        {"status": "refused"},
        {"status": "gone"},
        {"kind": "gone"},
    ],
)
def test_the_database_refuses_impossible_drafts(people, change):
    draft = call_draft(people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(**change)


def test_the_database_refuses_a_second_open_draft(people):
    draft = call_draft(people)
    draft.pk, draft.code = None, "another"
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save(force_insert=True)


def test_the_database_refuses_an_unsigned_number(people):
    draft = call_draft(people)
    numbered = {"status": "numbered", "number": 1, "symbol": "01/TB-SKHCN", "year": 2026, "source": "own"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(**numbered, numbered_on=clock.today())


def test_the_database_refuses_a_number_twice(people):
    first, draft = issued_call(people), endorsed_draft(people, title="Đợt khác")
    numbered = {
        "status": "numbered",
        "number": first.number,
        "year": 2026,
        "source": "own",
        "numbered_on": clock.today(),
        "signer": people.director,
        "signed_on": clock.today(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=draft.pk).update(**numbered, symbol="01/QĐ-SKHCN")


def test_the_clerk_of_the_department_may_enter_the_committees_number(people, listed):
    assert people.clerk.memberships.get().role == Role.CLERK
    assert of_committee(people, listed, number=1).numbered_by == people.clerk
