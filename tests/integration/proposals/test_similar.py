"""The search for duplicates among many texts: the index names a few, only these are read."""

from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.people.roles import Role
from core.workflow.adoption import Adoption
from proposals import services
from proposals.models import ComparedRun, ComparedText, Order, Proposal
from proposals.selectors import similar
from proposals.services import texts
from proposals.views import panels
from tasks.lifecycle import TaskState
from tests.factories import proposals as make
from tests.factories import tasks as after
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
SHRIMP = "nuôi tôm thẻ chân trắng theo công nghệ tuần hoàn nước ít thay nước tại vùng ven biển phía nam của tỉnh"
QUERIES = 8


@pytest.fixture
def people():
    return after.cast()


@pytest.fixture
def invented(monkeypatch):
    """``invented(code, body)``: a text of a kind of its own, without a record."""
    told = {}
    read = []

    def source(codes):
        read.extend(told if codes is None else codes)
        return [one for code, one in told.items() if codes is None or code in codes]

    monkeypatch.setitem(similar.sources, "invented", source)

    def invent(code, body):
        told[code] = similar.Candidate("invented", code, "", "", body)
        return texts.remember(told[code])

    invent.read = read
    return invent


def own_words(number, length=30):
    """A text that shares no run with any other."""
    return " ".join(f"chữ{number}x{place}" for place in range(length))


def found(asked):
    return [(match.candidate.code, match.percent) for match in similar.resembling(asked)]


def codes(kind):
    return set(ComparedText.objects.filter(kind=kind).values_list("code", flat=True))


def test_a_draft_is_not_compared_and_what_was_handed_in_is(people):
    call = make.open_call(people)
    draft, handed_in = make.draft_proposal(people, call), make.submitted_proposal(people, call)
    withdrawn = make.draft_proposal(people, call)
    make.step(withdrawn, "withdraw", people.signer, reason="Chưa xong")
    assert codes("proposal") == {handed_in.code}
    assert [match.candidate.code for match in similar.similar_to(draft)] == [handed_in.code]


def test_the_page_links_the_resembling_records_that_its_reader_may_see(people, client_for):
    call = make.open_call(people)
    earlier, proposal = make.submitted_proposal(people, call), make.submitted_proposal(people, call)
    gone = {"kind": "proposal", "code": "DX.1999.0001", "title": "", "state": "listed", "percent": 40, "passage": ""}
    rows = [similar.similar_to(proposal)[0].as_json(), gone, {**gone, "kind": "unknown"}]
    assert links(people.officer, rows) == [True, False, False]
    assert links(user_with(Role.APPLICANT), rows) == [False, False, False]
    make.screening(proposal, people)
    page = client_for(people.officer, "en").get(proposal.get_absolute_url())
    assert f'href="{earlier.get_absolute_url()}"' in page.text


def links(reader, rows):
    """Whether each row's code leads to its record."""
    return ["href=" in row[0].html for row in panels.similar_panel(reader, rows).context["table"].rows]


def test_a_returned_proposal_is_compared_as_it_was_completed(people):
    call = make.open_call(people)
    proposal, other = (
        make.submitted_proposal(people, call),
        make.draft_proposal(people, call, title=f"Mô hình {SHRIMP}"),
    )
    services.edit_proposal(other, actor=people.applicant, facts={}, narrative={"general_objective": own_words(1)})
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    services.edit_proposal(proposal, actor=people.applicant, facts={"title": SHRIMP})
    (match,) = similar.similar_to(Proposal.objects.get(pk=other.pk))
    assert (match.candidate.title, match.passage[:20]) == (SHRIMP, SHRIMP[:20])


def test_orders_of_every_origin_and_tasks_from_before_are_compared_as_they_are_now(people):
    order = make.listed_order(people, make.open_call(people))
    services.record_order_change(order, actor=people.officer, facts={"objectives": SHRIMP}, ground="Công văn")
    make.paper(order, "amend", people, people.chair)
    adoption = Adoption(
        batch="test", actor=people.officer, confirmed_by=people.head, effective_on=clock.today(), note="Từ hồ sơ cũ"
    )
    facts = {
        **{name: getattr(order, name) for name in ("field", "research_type", "months", "receiver", "plan_year")},
        "title": "Nhiệm vụ cũ",
        "objectives": SHRIMP,
        "origin": "directive",
        "mode": "call",
        "origin_note": "Chỉ thị",
        "listed_symbol": "12/QĐ-UBND",
        "listed_on": clock.today(),
        "listed_by": "Ủy ban nhân dân tỉnh",
    }
    old = services.adopt_order(facts=facts, state="listed", adoption=adoption, key=uuid4())
    task = after.adopted(people, TaskState.ARCHIVED, goals=SHRIMP)
    assert {code for code, percent in found(SHRIMP) if percent == 100} == {order.code, old.code, task.code}
    assert codes("order") == set(Order.objects.values_list("code", flat=True))


def test_phrases_that_stand_everywhere_say_nothing(invented):
    common = "phát triển kinh tế trên địa bàn tỉnh"
    for number in range(60):
        invented(f"T{number}", f"{common} chủ đề số {number} riêng biệt hẳn")
    assert found(f"{common} với nội dung hoàn toàn khác") == []


@pytest.mark.parametrize("number", [3, 60])
def test_only_what_the_index_names_is_read_however_many_texts_there_are(people, invented, number):
    for one in range(number):
        invented(f"T{one}", own_words(one))
    call = make.open_call(people)
    near = make.submitted_proposal(people, call, title=SHRIMP)
    far = make.submitted_proposal(people, call)
    Proposal.objects.filter(pk=far.pk).update(title="x", narrative={"general_objective": own_words(-1)})
    texts.remember(similar.text_of(Proposal.objects.get(pk=far.pk)))
    asked = make.draft_proposal(people, call, title=SHRIMP)
    Proposal.objects.filter(pk__in=[near.pk, asked.pk]).update(narrative={})
    texts.remember(similar.text_of(Proposal.objects.get(pk=near.pk)))
    asked.refresh_from_db()
    with CaptureQueriesContext(connection) as queries:
        assert [match.candidate.code for match in similar.similar_to(asked)] == [near.code]
    reading = [query["sql"] for query in queries if "narrative" in query["sql"]]
    assert [(near.code in sql, far.code in sql) for sql in reading] == [(True, False)]
    assert (invented.read, len(queries) <= QUERIES) == ([], True)


def test_a_copy_is_found_among_texts_of_which_the_index_keeps_a_part(invented):
    """The first four hundred texts keep every run; of most later ones only the rarer runs with the lowest numbers."""
    everywhere = "phát triển kinh tế xã hội trên địa bàn tỉnh"
    for number in range(420):
        invented(f"T{number}", f"{everywhere} {own_words(number, 150)}")
    partly = ComparedText.objects.filter(in_sample=False)
    assert set(partly.values_list("runs", "kept")) == {(158, 128)}
    for one in (ComparedText.objects.first(), partly.first(), partly.last()):
        half = " ".join(own_words(int(one.code[1:]), 150).split()[:75])
        assert found(f"{everywhere} {half} {own_words(-1, 75)}") == [(one.code, 47)]
    assert found(f"{everywhere} {own_words(-1, 75)}") == []


def test_a_text_is_written_anew_only_when_it_changed(invented):
    first = invented("T1", own_words(1))
    rows = set(ComparedRun.objects.values_list("pk", flat=True))
    assert invented("T1", own_words(1)) == first
    assert set(ComparedRun.objects.values_list("pk", flat=True)) == rows
    invented("T1", own_words(2, 10))
    assert (ComparedText.objects.get().runs, ComparedRun.objects.count()) == (8, 8)
    assert found(own_words(1)) == []


def test_the_index_is_made_anew_from_the_records(people, capsys):
    order = make.listed_order(people, make.open_call(people))
    after.adopted(people, TaskState.ARCHIVED, goals=SHRIMP)
    before = set(ComparedText.objects.values_list("kind", "code", "runs", "kept", "digest"))
    ComparedRun.objects.all().delete()
    ComparedText.objects.filter(code=order.code).delete()
    call_command("similar_texts", "rebuild")
    assert capsys.readouterr().out == "similar texts: 3 in the index\n"
    assert set(ComparedText.objects.values_list("kind", "code", "runs", "kept", "digest")) == before
    assert [code for code, _percent in found(SHRIMP)] != []
