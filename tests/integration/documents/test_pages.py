"""The pages of papers: lists, one paper, the acts, the register."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from core.documents.files import bytes_of
from core.documents.models import Document
from core.documents.services import endorse_document, prepare_document
from core.files.services import store_upload
from core.people.roles import Role
from proposals import services
from proposals.models import Call
from tests.factories.documents import call_draft, endorsed_draft, issued, issued_call, pdf_bytes, scan, void_call
from tests.factories.people import MembershipFactory, department, user_with
from tests.factories.proposals import (
    draft_call,
    draft_list,
    open_call,
    planned_order,
    recommended_proposal,
    submitted_proposal,
)
from tests.golden.documents.rendering import text_of


@pytest.fixture
def browse(client_for):
    """``browse(user)``: a client that reads English pages."""
    return lambda user: client_for(user, language="en")


def page(client, name, *args, **query):
    return client.get(reverse(f"documents:{name}", args=args), query)


def words(response):
    return response.content.decode()


def test_the_list_is_searched_without_marks_and_narrowed(people, browse):
    issued_call(people, title="Đợt một")
    call_draft(people, title="Đợt hai")
    client = browse(people.officer)
    assert len(page(client, "document-list").context["page"].object_list) == 2
    assert len(page(client, "document-list", q="dot").context["page"].object_list) == 2
    assert len(page(client, "document-list", q="01/tb").context["page"].object_list) == 1
    assert len(page(client, "document-list", status="draft").context["page"].object_list) == 1
    assert len(page(client, "document-list", kind="contract").context["page"].object_list) == 0
    assert len(page(client, "document-list", year=2026).context["page"].object_list) == 1


def test_applicants_find_issued_papers_only(people, browse):
    issued_call(people, title="Đợt một")
    call_draft(people, title="Đợt hai")
    assert len(page(browse(people.applicant), "document-list").context["page"].object_list) == 1


def test_a_visitor_is_sent_to_sign_in(people, client):
    response = page(client, "document-list")
    assert (response.status_code, response["Location"].split("?")[0]) == (302, reverse("account_login"))


def test_what_is_not_there_and_what_is_not_yours_look_alike(people, browse):
    draft = call_draft(people)
    client = browse(people.applicant)
    for name in ("document-detail", "document-pdf", "document-endorse", "document-issue"):
        assert page(client, name, draft.code).status_code == page(client, name, "nothing").status_code == 404


@pytest.mark.parametrize(
    ("who", "buttons"),
    [
        ("officer", ["Open the PDF", "Refuse the draft", "Prepare again"]),
        ("director", ["Open the PDF", "Agree to the draft", "Refuse the draft"]),
        ("clerk", ["Open the PDF", "Number and issue"]),
    ],
)
def test_everybody_gets_his_own_buttons(people, browse, who, buttons):
    response = page(browse(getattr(people, who)), "document-detail", call_draft(people).code)
    assert [str(action.label) for action in response.context["actions"]] == buttons


def test_a_draft_out_of_date_says_so(people, browse):
    draft = call_draft(people)
    client = browse(people.officer)
    assert "This draft is out of date" not in words(page(client, "document-detail", draft.code))
    services.edit_call(Call.objects.get(), actor=people.officer, facts={"contact": "Ông Hà Văn Tùng"})
    assert "This draft is out of date" in words(page(client, "document-detail", draft.code))


def test_a_draft_and_a_paper_open_as_pdf(people, browse, pdftotext):
    draft = call_draft(people)
    client = browse(people.officer)
    response = page(client, "document-pdf", draft.code)
    assert response["Content-Type"] == "application/pdf"
    assert "DỰ THẢO" in text_of(response.content)
    endorse_document(draft, actor=people.director)
    paper = issued(people, draft)
    response = page(client, "document-pdf", paper.code)
    assert response["Content-Disposition"] == 'inline; filename="01-TB-SKHCN.pdf"'
    assert "Số: 01/TB-SKHCN" in text_of(response.getvalue())


def test_without_the_pdf_libraries_a_page_says_so(people, browse, monkeypatch):
    draft = call_draft(people)

    def missing(*_args, **_kwargs):
        raise OSError("libgobject-2.0-0")

    monkeypatch.setattr("core.documents.views.render_draft", missing)
    response = page(browse(people.officer), "document-pdf", draft.code)
    assert response.status_code == 503
    assert "PDF output is off" in words(response)


def test_the_whole_way_in_the_browser(people, browse):
    call = draft_call(people)
    where = reverse("documents:document-prepare", args=["call", call.code, "announce"])
    officer, director, clerk = browse(people.officer), browse(people.director), browse(people.clerk)
    assert "Prepare the paper" in words(officer.get(where))
    draft_url = officer.post(where, {"key": uuid4()})["Location"]
    assert officer.get(where)["Location"] == draft_url
    draft = Document.objects.get()
    assert page(director, "document-endorse", draft.code).status_code == 200
    director.post(reverse("documents:document-endorse", args=[draft.code]), {"key": uuid4()})
    form = page(clerk, "document-issue", draft.code).context["form"]
    assert sorted(form.fields) == ["key", "reason", "scan", "shown", "signed_on", "signer"]
    sent = {"key": uuid4(), "signer": people.director.pk, "signed_on": clock.today().isoformat()}
    for _turn in range(2):
        response = clerk.post(reverse("documents:document-issue", args=[draft.code]), sent)
        assert response["Location"] == draft_url
    call.refresh_from_db()
    assert (call.state, Document.objects.get().symbol) == ("open", "01/TB-SKHCN")


def test_a_paper_signed_outside_needs_the_scan_in_the_form(people, browse):
    draft = call_draft(people)
    where = reverse("documents:document-issue", args=[draft.code])
    sent = {"key": uuid4(), "signer": people.director.pk, "signed_on": clock.today().isoformat(), "channel": "paper"}
    client = browse(people.clerk)
    assert client.get(where).context["form"]["signer"].value() == people.director.pk
    refused = client.post(where, sent)
    assert refused.context["form"].errors == {"scan": ["Choose a file."]}
    client.post(where, {**sent, "scan": scan()})
    draft.refresh_from_db()
    assert (draft.symbol, draft.channel) == ("01/TB-SKHCN", "paper")


def test_a_signer_is_not_guessed_where_there_are_two(people, browse):
    """Two hold the position that decides."""
    MembershipFactory(user=user_with(Role.CLERK), organisation=department(), role=Role.DEPARTMENT_DIRECTOR)
    where = reverse("documents:document-issue", args=[call_draft(people).code])
    assert browse(people.clerk).get(where).context["form"]["signer"].value() is None


def test_the_form_asks_for_an_outside_number(people, browse):
    order_list = draft_list(people)
    planned_order(people, order_list, recommended_proposal(people, open_call(people)))
    draft = endorse_document(prepare_document(order_list, "approve_list", actor=people.officer), actor=people.chair)
    client = browse(people.clerk)
    where = reverse("documents:document-issue", args=[draft.code])
    today = clock.today().isoformat()
    sent = {"key": uuid4(), "signer": people.chair.pk, "signed_on": today, "numbered_on": today}
    assert list(client.post(where, sent).context["form"].errors) == ["number"]
    client.post(where, {**sent, "number": 220})
    draft.refresh_from_db()
    assert draft.symbol == "220/QĐ-UBND"


def test_every_refusal_is_read_before_the_button(people, browse):
    call = draft_call(people, address="", contact="")
    where = reverse("documents:document-prepare", args=["call", call.code, "announce"])
    response = browse(people.officer).get(where)
    assert [line.text for line in response.context["refusals"]] == ["Still missing: Address for paper files; Contact."]
    assert browse(people.officer).post(where, {"key": uuid4()}).status_code == 200
    assert Document.objects.count() == 0


def test_nobody_prepares_for_an_unknown_record(people, browse):
    client = browse(people.officer)
    for kind, code in (("call", "nothing"), ("nothing", "nothing")):
        assert client.get(reverse("documents:document-prepare", args=[kind, code, "announce"])).status_code == 404


def test_refusing_and_voiding_ask_for_a_reason(people, browse):
    draft, client = call_draft(people), browse(people.director)
    where = reverse("documents:document-refuse", args=[draft.code])
    assert list(client.post(where, {"key": uuid4()}).context["form"].errors) == ["reason"]
    client.post(where, {"key": uuid4(), "reason": "Bổ sung định hướng"})
    draft.refresh_from_db()
    assert draft.status == "refused"
    paper = issued_call(people, title="Đợt khác")
    where = reverse("documents:document-void", args=[paper.code])
    browse(people.clerk).post(where, {"key": uuid4(), "reason": "Sai tên"})
    paper.refresh_from_db()
    assert paper.status == "numbered"
    head = browse(people.head)
    assert "asks to declare the paper void: Sai tên" in words(head.get(where))
    assert "Answer the request to declare void" in words(head.get(paper.get_absolute_url()))
    head.post(where, {"key": uuid4(), "answer": "void"})
    paper.refresh_from_db()
    assert (paper.status, paper.reason) == ("void", "Sai tên")


@pytest.mark.parametrize("act", ["endorse", "refuse", "issue"])
def test_a_form_sent_twice_leads_to_the_paper(people, browse, act):
    paper = issued_call(people)
    user = people.clerk if act == "issue" else people.director
    response = browse(user).post(reverse(f"documents:document-{act}", args=[paper.code]), {"key": uuid4()})
    assert response["Location"] == paper.get_absolute_url()


def test_a_paper_is_voided_once(people, browse):
    paper = void_call(people)
    where = reverse("documents:document-void", args=[paper.code])
    response = browse(people.clerk).post(where, {"key": uuid4(), "reason": "Nhầm"})
    assert response["Location"] == paper.get_absolute_url()
    assert Document.objects.get().reason == "Sai tên đợt đề xuất"


def test_the_register_has_the_ten_fields(people, browse):
    issued_call(people)
    void_call(people)
    client = browse(people.clerk)
    assert page(client, "register")["Location"] == reverse("documents:register-month", args=[2026, 3])
    response = page(client, "register-month", 2026, 3)
    assert len(response.context["table"].headers) == 10
    assert [row[0].html.count("TB-SKHCN") for row in response.context["table"].rows] == [1, 1]
    assert len(page(client, "register-month", 2026, 4).context["table"].rows) == 0
    assert page(client, "register-month", 2026, 13).status_code == 404
    assert page(browse(people.applicant), "register-month", 2026, 3).status_code == 404


def test_the_administration_finds_the_register_beside_its_papers(people, browse):
    issued_call(people)
    links = [str(action.label) for action in page(browse(people.clerk), "document-list").context["actions"]]
    assert links == ["Register of outgoing papers", "Register of incoming papers"]
    assert page(browse(people.applicant), "document-list").context["actions"] == []


def test_the_register_is_printed(people, browse, pdftotext):
    issued_call(people)
    text = text_of(page(browse(people.clerk), "register-print", 2026, 3).content)
    assert "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in text
    assert "01/TB-SKHCN" in text


def test_receipts_stand_in_the_incoming_register_with_nine_fields(people, browse, pdftotext):
    """They are no outgoing papers: the department drew an incoming number for what somebody handed in."""
    proposal = submitted_proposal(people, open_call(people))
    client = browse(people.clerk)
    month = reverse("documents:register-month", args=[2026, 3])
    outgoing = client.get(month).context["table"]
    incoming = client.get(f"{month}?register=incoming").context["table"]
    assert (len(incoming.headers), len(incoming.rows)) == (9, 1)
    assert [row[0].html.count("PTN-SKHCN") for row in outgoing.rows] == [0]
    printed = client.get(f"{reverse('documents:register-print', args=[2026, 3])}?register=incoming")
    text = " ".join(text_of(printed.content).split())
    for words in ("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "01/PTN-SKHCN", proposal.code, people.university.name[:8]):
        assert words in text


def test_the_system_made_the_receipt_when_somebody_submitted(people, browse):
    """An outsider drafts and numbers no paper of the department."""
    submitted_proposal(people, open_call(people))
    receipt = Document.objects.get(kind="proposal_receipt")
    (history,) = page(browse(people.clerk), "document-detail", receipt.code).context["slots"]["history"]
    (entry,) = history.context["entries"]
    who = f"when {people.signer.full_name} took the step"
    assert (entry.title, entry.who, entry.text) == ("Made and numbered", "The system", who)


def test_the_register_says_to_whom_a_paper_went(people, browse):
    """An announcement to those whom it invites, a decision to who carries it out."""
    paper = issued_call(people)
    row = page(browse(people.clerk), "register-month", 2026, 3).context["table"].rows[0]
    assert all(name in row[4].html for name in paper.facts["proposers"])
    assert str(1 + len(paper.facts["recipients"])) in row[7].html


@pytest.mark.parametrize("typed", ["01/TB-SKHCN", "01/tb-skhcn", "TB-SKHCN"])
def test_a_paper_is_found_by_its_whole_symbol(people, browse, typed):
    issued_call(people)
    rows = browse(people.clerk).get(reverse("documents:document-list"), {"q": typed}).context["table"].rows
    assert len(rows) == 1


@pytest.mark.parametrize("typed", ["991/QĐ-UBND", "991/qd-ubnd", "QĐ-UBND"])
def test_the_letter_of_a_decision_is_folded_like_what_is_typed(people, browse, typed):
    order_list = draft_list(people)
    planned_order(people, order_list, recommended_proposal(people, open_call(people)))
    draft = endorse_document(prepare_document(order_list, "approve_list", actor=people.officer), actor=people.chair)
    issued(people, draft, signer=people.chair, number=991, numbered_on=clock.today())
    for words_typed in (typed, people.chair.full_name):
        rows = browse(people.clerk).get(reverse("documents:document-list"), {"q": words_typed}).context["table"].rows
        assert [row[0].html.count("991/QĐ-UBND") for row in rows] == [1]


def test_a_file_is_downloaded_never_shown(people, browse):
    call = draft_call(people)
    file = store_upload(scan("Biên bản.pdf"), actor=people.officer, subject=call, purpose="evidence")
    response = page(browse(people.officer), "file-download", file.code)
    assert response["Content-Disposition"].startswith("attachment;")
    assert (response["Content-Type"], response["X-Content-Type-Options"]) == ("application/pdf", "nosniff")
    assert response.getvalue() == pdf_bytes()
    assert page(browse(people.applicant), "file-download", file.code).status_code == 404


@pytest.mark.parametrize("rows", [3, 30])
def test_the_list_keeps_its_queries(people, browse, rows, django_assert_max_num_queries):
    for number in range(rows):
        call_draft(people, title=f"Đợt {number}")
    client = browse(people.officer)
    with django_assert_max_num_queries(12):
        page(client, "document-list")


def test_the_page_keeps_its_queries(people, browse, django_assert_max_num_queries):
    paper, draft = issued_call(people), endorsed_draft(people, title="Đợt khác")
    client = browse(people.officer)
    for one in (paper, draft):
        with django_assert_max_num_queries(20):
            page(client, "document-detail", one.code)


def test_a_paper_dated_long_ago_shows_in_its_own_month(people, browse):
    with clock.moved_to(clock.now() - timedelta(days=31)):
        issued_call(people)
    assert len(page(browse(people.clerk), "register-month", 2026, 1).context["table"].rows) == 1


def test_a_file_whose_bytes_are_gone_is_said_to_be_missing(people, browse, caplog):
    paper = issued_call(people)
    client = browse(people.officer)
    assert page(client, "document-pdf", paper.code).getvalue().startswith(b"%PDF")
    bytes_of(paper.files.get()).unlink()
    answer = page(client, "document-pdf", paper.code)
    assert answer.status_code == 503
    assert "brought back from the backup" in words(answer)
    file = store_upload(scan(), actor=people.officer, subject=draft_call(people), purpose="evidence")
    file.place.unlink()
    assert page(client, "file-download", file.code).status_code == 503
    assert [one.args for one in caplog.records if "missing under" in one.msg] == [(paper.code,), (file.code,)]
