"""The second person's word on a record from before: confirmed, or void for ever; nothing happens to it meanwhile."""

from io import StringIO
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from core import clock
from core.audit.models import Event
from core.audit.verify import faults as chain_faults
from core.documents.services import prepare_document
from core.workflow.adoption import Adoption, adopt
from core.workflow.confirmation import confirm_adoption, void_adoption
from core.workflow.entries import entry_facts, on_confirmation
from core.workflow.holding import held_by
from core.workflow.integrity import faults
from core.workflow.ruling import StepRefused
from core.workflow.selectors import available_steps, confirmations_for, confirmations_waiting, history
from core.workflow.telling import event_label
from core.workflow.waiting import waiting, ways_now
from funds.models import Disbursement
from proposals import services
from proposals.models import ComparedText, Proposal
from proposals.services.texts import remember_everything
from tests.factories import proposals as make
from tests.factories.browsing import was_shown
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]
CODE = "DX-CU-17"


def entry(people, state="recommended", *, actor=None, code=CODE, **facts):
    """An old proposal that one person has entered."""
    words = {
        "title": "Nghiên cứu giống lúa chịu hạn",
        "field": "agriculture",
        "research_type": "applied",
        "level": "provincial",
        "plan_year": 2027,
        "state_budget_vnd": 900_000_000,
        "months": 24,
        "proposer_organisation": people.university,
        "author": people.applicant,
        "received_on": clock.today(),
    }
    adoption = Adoption(batch="form", actor=actor or people.officer, effective_on=clock.today(), note="Sổ giấy")
    return services.adopt_proposal(facts={**words, **facts}, state=state, adoption=adoption, code=code, key=uuid4())


def kinds(code):
    return list(Event.objects.filter(subject_code=code).order_by("sequence").values_list("kind", flat=True))


def test_a_refused_entry_is_void_and_both_events_stay(people):
    proposal = entry(people)
    void_adoption(proposal, actor=people.head, reason="Nhập nhầm năm", key=uuid4())
    assert (proposal.state, proposal.code, proposal.unconfirmed) == ("void", f"{CODE}.HUY1", False)
    assert kinds(CODE) == ["adopt", "create", "adopt.refused"]
    assert kinds(f"{CODE}.HUY1") == ["adopt.void"]
    assert [event.kind for event in history(proposal)] == ["adopt", "create", "adopt.refused", "adopt.void"]
    assert event_label(proposal, history(proposal)[-1]) == "Entry refused by a second person: the record is void"
    assert (list(confirmations_waiting()), ways_now(proposal), available_steps(proposal, people.head)) == ([], [], [])
    assert (faults()[0], list(chain_faults())) == ([], [])


def test_its_code_is_free_for_the_right_entry_whose_life_is_its_own(people):
    wrong = entry(people, "submitted")
    void_adoption(wrong, actor=people.head, reason="Nhập nhầm", key=uuid4())
    right = entry(people)
    assert right.code == CODE
    assert [event.kind for event in history(right)] == ["adopt", "create"]
    assert [event.subject_code for event in confirmations_waiting()] == [CODE]
    confirm_adoption(right, actor=people.head, key=uuid4())
    assert [event.kind for event in history(right)] == ["adopt", "create", "adopt.confirmed"]
    assert [event.kind for event in history(wrong)] == ["adopt", "create", "adopt.refused", "adopt.void"]
    assert faults()[0] == []


def test_a_code_may_be_entered_wrongly_twice(people):
    for _time in range(2):
        void_adoption(entry(people), actor=people.head, reason="Nhập nhầm", key=uuid4())
    second = Proposal.objects.get(code=f"{CODE}.HUY2")
    assert [event.kind for event in history(second)] == ["adopt", "create", "adopt.refused", "adopt.void"]
    assert len({event.uuid for event in history(second)}) == 4


def test_only_the_head_of_division_refuses_with_a_reason_and_once(people):
    proposal = entry(people)
    for actor, reason, said in [
        (people.officer, "Sai", "A second person, the head of division, confirms the adoption."),
        (people.head, " ", "This step needs a reason."),
    ]:
        with pytest.raises(StepRefused) as caught:
            void_adoption(proposal, actor=actor, reason=reason, key=uuid4())
        assert [str(one) for one in caught.value.refusals] == [said]
    key = uuid4()
    for _time in range(2):
        void_adoption(proposal, actor=people.head, reason="Sai", key=key)
    with pytest.raises(StepRefused, match="Nothing waits to be confirmed"):
        void_adoption(proposal, actor=people.head, reason="Sai", key=uuid4())
    assert kinds(f"{CODE}.HUY1") == ["adopt.void"]


def test_nobody_refuses_or_confirms_what_he_entered(people):
    proposal = entry(people, actor=people.head)
    for act in (void_adoption, confirm_adoption):
        more = {"reason": "Sai"} if act is void_adoption else {}
        with pytest.raises(StepRefused, match="A second person"):
            act(proposal, actor=people.head, key=uuid4(), **more)


def test_nobody_confirms_what_he_wrote_a_part_of(people):
    other_head = user_with("head_of_division")
    proposal = entry(people, "deferred")
    services.name_deferral_year(proposal, actor=people.head, year=2028)
    with pytest.raises(StepRefused) as caught:
        confirm_adoption(proposal, actor=people.head, key=uuid4())
    said = "You wrote a part of this record yourself: another head of division confirms it."
    assert [str(one) for one in caught.value.refusals] == [said]
    confirm_adoption(proposal, actor=other_head, key=uuid4())
    assert not proposal.unconfirmed


def test_a_head_reads_before_he_edits_that_he_cannot_confirm_then(people, client_for):
    proposal = entry(people, "deferred")
    warning, client = "Whoever edits this record can no longer confirm it", client_for(people.head, "en")
    form = reverse("proposals:proposal-defer", args=[CODE])
    assert [warning in client.get(url).text for url in (proposal.get_absolute_url(), form)] == [True, True]
    officer = client_for(people.officer, "en")
    assert [warning in officer.get(url).text for url in (proposal.get_absolute_url(), form)] == [False, False]


def test_what_a_head_wrote_in_waits_for_another_head(people, client_for):
    proposal, another = entry(people, "deferred"), user_with("head_of_division")
    services.name_deferral_year(proposal, actor=people.head, year=2028)
    assert [len(confirmations_for(head)) for head in (people.head, another)] == [0, 1]
    assert held_by(proposal).holder == f"Head of division ({another.full_name})"
    home, page = client_for(people.head, "en").get("/"), client_for(people.head, "en").get(proposal.get_absolute_url())
    assert proposal.get_absolute_url() not in home.text
    assert "You wrote a part of this record yourself: another head of division confirms it." in page.text


def test_the_page_of_the_confirmation_lists_all_reasons_together(people, client_for):
    entry(people, "deferred", actor=people.head)
    address = reverse("workflow:adoption-confirm", args=["proposal", CODE])
    assert [str(one.text) for one in client_for(people.head, "en").get(address).context["refusals"]] == [
        "A second person, the head of division, confirms the adoption.",
        "Name the later plan year that the proposal is deferred to.",
    ]


def test_where_every_head_wrote_in_it_another_one_is_waited_for(people):
    proposal = entry(people, actor=people.head)
    assert held_by(proposal).holder == "Another head of division"


def test_what_its_state_needs_comes_before_the_confirmation(people):
    proposal = entry(people, "screened")
    assert held_by(proposal).holder == f"Head of division ({people.head.full_name})"
    proposal = entry(people, "deferred", code="DX-CU-18")
    with pytest.raises(StepRefused) as caught:
        confirm_adoption(proposal, actor=people.head, key=uuid4())
    assert [str(one) for one in caught.value.refusals] == ["Name the later plan year that the proposal is deferred to."]
    services.name_deferral_year(proposal, actor=people.officer, year=2028)
    confirm_adoption(proposal, actor=people.head, key=uuid4())
    make.step(proposal, "take_up", people.head)
    assert proposal.state == "screened"


def test_no_other_record_moves_it_and_no_paper_is_prepared_meanwhile(people):
    proposal = entry(people, "screened")
    with pytest.raises(StepRefused, match="has not confirmed yet"):
        make.as_effects(people, (proposal, "put_to_council"))
    order = services.adopt_order(
        facts={
            "title": "Đánh giá nước ngầm",
            "field": "natural",
            "research_type": "applied",
            "mode": "direct",
            "direct_host": people.university,
            "origin": "directive",
            "plan_year": 2026,
            "listed_symbol": "12/QĐ-UBND",
            "listed_on": clock.today(),
            "listed_by": "UBND tỉnh",
        },
        state="listed",
        adoption=Adoption(batch="form", actor=people.officer, effective_on=clock.today()),
        key=uuid4(),
    )
    with pytest.raises(StepRefused, match="has not confirmed yet"):
        prepare_document(order, "invite", actor=people.officer)


def test_where_nothing_could_be_void_both_persons_sign_at_once():
    paid = Disbursement(code="NV.CP01", regulation="r1_2013")
    alone = Adoption(batch="form", actor=user_with("officer"), effective_on=clock.today())
    with pytest.raises(StepRefused, match="One person alone enters no record in “Paid”"):
        adopt(paid, "paid", alone)


def test_a_record_that_does_not_say_that_it_waits_is_found(people):
    proposal = entry(people)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_proposal SET unconfirmed = %s WHERE id = %s", [False, proposal.pk])
    assert faults()[0] == [f"proposal {CODE} waits for its confirmation and does not say so"]
    confirmed = entry(people, code="DX-CU-18")
    confirm_adoption(confirmed, actor=people.head, key=uuid4())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_proposal SET unconfirmed = %s", [True])
    assert faults()[0] == ["proposal DX-CU-18 says that it waits for its confirmation"]


def test_what_waited_before_the_column_came_says_so_after_the_upgrade(people):
    entered, confirmed = entry(people), entry(people, code="DX-CU-18")
    confirm_adoption(confirmed, actor=people.head, key=uuid4())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_proposal SET unconfirmed = %s", [False])
    for marked in (1, 0):
        out = StringIO()
        call_command("lifecycle", "--mark-waiting", stdout=out)
        assert out.getvalue() == f"lifecycle: {marked} entries from before say now that they wait\n"
    entered.refresh_from_db()
    confirmed.refresh_from_db()
    assert (entered.unconfirmed, confirmed.unconfirmed, faults()[0]) == (True, False, [])


def test_a_record_that_nobody_has_confirmed_waits_for_the_head_alone(people, client_for):
    proposal = entry(people, "submitted")
    assert [list(waiting(who, Proposal)) for who in (people.officer, people.head)] == [[], []]
    homes = [client_for(who).get("/").content.decode() for who in (people.head, people.officer)]
    assert [proposal.get_absolute_url() in home for home in homes] == [True, False]
    confirm_adoption(proposal, actor=people.head, key=uuid4())
    assert list(waiting(people.officer, Proposal)) == [proposal]


def test_the_second_persons_word_leads_on_the_page_and_no_step_is_offered(people, client_for):
    proposal = entry(people, "submitted")
    page = client_for(people.head, "en").get(proposal.get_absolute_url()).context
    assert [str(action.label) for action in page["actions"]][:2] == [
        "Confirm the record from before",
        "Refuse the entry",
    ]
    assert (page["actions"][0].primary, page["more"]) == (True, [])
    step = reverse("workflow:step-take", args=["proposal", CODE, "screen"])
    assert step not in [action.url for action in (*page["actions"], *page["more"])]


@pytest.mark.parametrize("page", ["workflow:adoption-confirm", "workflow:adoption-refuse"])
def test_the_head_decides_only_on_what_his_page_showed(people, client_for, page):
    proposal = entry(people, "deferred")
    services.name_deferral_year(proposal, actor=people.officer, year=2028)
    address, client = reverse(page, args=["proposal", CODE]), client_for(people.head, "en")
    before = was_shown(client, address)
    services.name_deferral_year(proposal, actor=people.officer, year=2029)
    words = {"key": uuid4(), "reason": "Đã đối chiếu"}
    (said,) = [str(line.text) for line in client.post(address, {**words, **before}).context["form"].refused]
    assert said.startswith("This record has changed since you opened the page.")
    assert client.post(address, {**words, **was_shown(client, address)}).status_code == 302


def test_a_confirmation_sent_twice_acts_once_and_says_the_same(people, client_for):
    entry(people)
    address, client = reverse("workflow:adoption-confirm", args=["proposal", CODE]), client_for(people.head)
    words = {"key": uuid4(), "reason": "", **was_shown(client, address)}
    assert [client.post(address, words).status_code for _time in range(2)] == [302, 302]
    assert kinds(CODE) == ["adopt", "create", "adopt.confirmed"]
    assert client.get(address).status_code == 404


def test_nothing_is_compared_with_a_refused_entry(people):
    proposal = entry(people)
    assert ComparedText.objects.filter(code=CODE).exists()
    void_adoption(proposal, actor=people.head, reason="Nhập nhầm", key=uuid4())
    assert not ComparedText.objects.exists()
    remember_everything()
    assert not ComparedText.objects.exists()


def test_the_head_refuses_on_the_page_of_the_record(people, client_for):
    proposal = entry(people)
    client = client_for(people.head, "en")
    address = reverse("workflow:adoption-refuse", args=["proposal", CODE])
    assert address in client.get(proposal.get_absolute_url()).content.decode()
    assert client_for(people.officer).get(address).status_code == 404
    assert client.get(address).status_code == 200
    silent = client.post(address, {"key": uuid4(), "reason": ""})
    assert set(silent.context["form"].errors) == {"reason"}
    answer = client.post(address, {"key": uuid4(), "reason": "Nhập nhầm đơn vị", **was_shown(client, address)})
    assert answer.url == f"/proposals/proposal/{CODE}.HUY1/"
    page = client.get(answer.url).content.decode()
    assert "Nhập nhầm đơn vị" in page
    assert client.get(address).status_code == 404


def test_the_head_sees_all_of_it_and_every_reason_before_he_confirms(people, client_for):
    entry(people, "forwarded", council_title="Nghiên cứu chọn tạo giống lúa chịu hạn")
    client = client_for(people.head, "en")
    address = reverse("workflow:adoption-confirm", args=["proposal", CODE])
    page = client.get(address).content.decode()
    for words in ("Nghiên cứu chọn tạo giống lúa chịu hạn", "Forwarded to another body", "900,000,000", "24"):
        assert words in page
    assert "Name the body that the proposal is forwarded to." in page
    answer = client.post(address, {"key": uuid4(), "reason": ""})
    assert "Name the body that the proposal is forwarded to." in answer.content.decode()
    client_for(people.officer).post(
        reverse("proposals:proposal-forward", args=[CODE]), {"key": uuid4(), "forward_body": "Bộ Nông nghiệp"}
    )
    assert client.post(address, {"key": uuid4(), "reason": "", **was_shown(client, address)}).status_code == 302


def test_one_person_enters_no_record_that_others_would_have_to_stand_beside(people):
    with pytest.raises(StepRefused, match="One person alone enters no record in “At the council”"):
        entry(people, "at_council")
    alone = Adoption(batch="import", actor=people.officer, confirmed_by=people.head, effective_on=clock.today())
    assert adopt(Proposal(**bare(people)), "at_council", alone).to_state == "at_council"


def bare(people):
    """What a proposal cannot be saved without."""
    return {
        "code": "DX-CU-99",
        "regulation": "r2_2025",
        "plan_year": 2027,
        "title": "Đề xuất cũ",
        "folded": "de xuat cu",
        "sort_key": "0",
        "field": "agriculture",
        "research_type": "applied",
        "months": 12,
        "proposer_organisation": people.university,
        "author": people.applicant,
    }


def test_a_page_that_showed_nothing_confirms_nothing(people, client_for):
    entry(people)
    address = reverse("workflow:adoption-confirm", args=["proposal", CODE])
    answer = client_for(people.head, "en").post(address, {"key": uuid4(), "reason": ""})
    assert len(answer.context["form"].refused) == 1


def test_the_form_of_one_record_confirms_no_other(people):
    first, second, key = entry(people), entry(people, code="DX-CU-18"), uuid4()
    confirm_adoption(first, actor=people.head, key=key)
    confirm_adoption(first, actor=people.head, key=key)
    for act in (confirm_adoption, void_adoption):
        with pytest.raises(StepRefused, match="already used for something else"):
            act(second, actor=people.head, key=key, **({"reason": "Nhầm"} if act is void_adoption else {}))
    assert (first.unconfirmed, second.unconfirmed) == (False, True)


def test_the_page_says_from_where_and_as_of_when_the_record_comes(people, client_for):
    entry(people)
    page = client_for(people.head, "en").get(reverse("workflow:adoption-confirm", args=["proposal", CODE]))
    told = {str(fact.label): fact.value for fact in page.context["shown"]}
    assert (told["Status as of"], told["Where the facts come from"]) == (clock.today(), "Sổ giấy")


def test_what_a_room_cannot_write_refuses_the_whole_confirmation(people, monkeypatch):
    proposal = entry(people)

    def used_up(word):
        raise ValidationError(f"No money left for {word.subject.code}.")

    functions = [*on_confirmation.functions.get("proposal", ()), used_up]
    monkeypatch.setitem(on_confirmation.functions, "proposal", functions)
    with pytest.raises(StepRefused) as caught:
        confirm_adoption(proposal, actor=people.head, key=uuid4())
    proposal.refresh_from_db()
    assert (str(caught.value), proposal.unconfirmed, "adopt.confirmed" in kinds(CODE)) == (
        f"No money left for {CODE}.",
        True,
        False,
    )


def test_a_record_that_grew_here_has_nothing_to_say_of_an_entry(people):
    assert list(entry_facts(make.draft_proposal(people, make.open_call(people)))) == []


def test_a_record_made_void_behind_the_door_keeps_its_events_and_takes_no_others(people):
    proposal = entry(people)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE proposals_proposal SET state = 'void' WHERE id = %s", [proposal.pk])
    proposal.refresh_from_db()
    assert [event.kind for event in history(proposal)] == kinds(CODE)
