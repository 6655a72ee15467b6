"""Proposals by forms: a draft changed, a paper entered by an officer, forwarded, deferred; and what services refuse."""

from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core import clock
from core.people.roles import Role
from proposals import services
from proposals.models import Call, Proposal, Screening
from tests.factories import proposals as make
from tests.factories.people import OrganisationFactory, department, user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, call=make.open_call(people))


@pytest.fixture
def call(story):
    return story.call


def page(name, *codes):
    return reverse(f"proposals:{name}", args=codes)


def refused(response, *typed):
    """The fields with errors; the page opens with their summary and holds what was typed."""
    assert response.status_code == 200
    html = response.content.decode()
    assert [word for word in ("error-summary", *typed) if word not in html] == []
    return list(response.context["form"].errors)


FORM = {"title": "Nuôi tôm tuần hoàn", "level": "provincial", "text_bases": "Nghị quyết 57"}


def test_a_draft_is_changed_by_its_form_and_texts_that_are_struck_are_gone(people, call, client_for):
    draft = make.draft_proposal(people, call)
    client, url = client_for(people.applicant, "en"), page("proposal-edit", draft.code)
    form = client.get(url).context["form"]
    assert ("plan_year" in form.fields, form.initial["months"]) == (False, 24)
    wrong = client.post(url, FORM | {"key": uuid4(), "months": "600", "state_budget_vnd": "-5"})
    assert refused(wrong, "Nghị quyết 57") == ["state_budget_vnd", "months"]
    answer = client.post(url, FORM | {"key": uuid4()})
    draft.refresh_from_db()
    assert (answer.url, draft.title, draft.months, draft.total_vnd) == (
        draft.get_absolute_url(),
        "Nuôi tôm tuần hoàn",
        0,
        0,
    )
    assert draft.narrative == {"bases": "Nghị quyết 57"}


def test_texts_that_a_service_is_not_given_stay(people, call):
    draft = make.draft_proposal(people, call)
    before = dict(draft.narrative)
    services.edit_proposal(draft, actor=people.applicant, facts={}, narrative={"bases": "Căn cứ mới"})
    draft.refresh_from_db()
    assert draft.narrative == {**before, "bases": "Căn cứ mới"}


def test_a_proposal_without_a_call_keeps_its_year_when_the_field_is_left_empty(people, client_for):
    draft = make.draft_proposal(people, None, plan_year=2029)
    client, url = client_for(people.applicant), page("proposal-edit", draft.code)
    client.post(url, FORM | {"key": uuid4(), "plan_year": ""})
    draft.refresh_from_db()
    assert (draft.plan_year, draft.call) == (2029, None)
    client.post(url, FORM | {"key": uuid4(), "plan_year": "2030"})
    draft.refresh_from_db()
    assert draft.plan_year == 2030


def test_a_returned_proposal_says_at_the_field_what_it_still_needs(people, call, client_for):
    proposal = make.submitted_proposal(people, call)
    make.screening(proposal, people)
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu tài liệu")
    client, url = client_for(people.applicant, "en"), page("proposal-edit", proposal.code)
    answer = client.post(url, FORM | {"key": uuid4(), "months": "0", "field": "", "research_type": ""})
    assert refused(answer, "Nghị quyết 57") == ["field", "months", "research_type"]
    said = answer.context["form"].errors
    assert [list(said[name]) for name in ("field", "months")] == [
        ["Needed in the status “Returned for completion”."]
    ] * 2
    proposal.refresh_from_db()
    assert proposal.title != FORM["title"]


def test_an_officer_enters_a_paper_proposal_and_names_whose_it_is(people, call, client_for):
    client, url = client_for(people.officer, "en"), f"{page('proposal-create')}?call={call.code}"
    offered = client.get(url).context["form"].fields["organisation"].queryset
    assert (people.university in offered, department() in offered) == (True, False)
    form = FORM | {"key": uuid4(), "organisation": people.university.code}
    assert refused(client.post(url, form), "Nghị quyết 57") == ["author"]
    client.post(url, form | {"author": people.applicant.code})
    proposal = Proposal.objects.get()
    assert (proposal.entered_by, proposal.author) == (people.officer, people.applicant)


@pytest.mark.parametrize("code", ["TB.2026.99", "%00"])
def test_a_call_that_does_not_receive_is_not_there(people, call, client_for, code):
    client = client_for(people.applicant)
    assert client.get(f"{page('proposal-create')}?call={code}").status_code == 404
    make.step(call, "cancel", people.head, reason="Sai")
    assert client.get(f"{page('proposal-create')}?call={call.code}").status_code == 404


def test_forwarding_and_deferring_by_forms(people, call, client_for):
    proposal = make.screened_proposal(people, call)
    client = client_for(people.officer, "en")
    forward, defer = page("proposal-forward", proposal.code), page("proposal-defer", proposal.code)
    assert refused(client.post(forward, {"key": uuid4(), "forward_body": "  "})) == ["forward_body"]
    assert refused(client.post(defer, {"key": uuid4(), "deferral_year": "2027"}), "2027") == ["deferral_year"]
    client.post(forward, {"key": uuid4(), "forward_body": "Bộ Khoa học và Công nghệ"})
    client.post(defer, {"key": uuid4(), "deferral_year": "2028"})
    proposal.refresh_from_db()
    assert (proposal.forward_body, proposal.deferral_year) == ("Bộ Khoa học và Công nghệ", 2028)
    for user in (people.applicant, people.clerk):
        assert client_for(user).get(forward).status_code == 404


def test_a_screening_is_written_anew_and_names_what_is_repeated(people, call, client_for):
    proposal = make.submitted_proposal(people, call)
    client, url = client_for(people.officer, "en"), page("proposal-screen", proposal.code)
    repeated, new = ({"is_complete": "True", "is_duplicate": one, "national_search": "tôm"} for one in (True, False))
    assert refused(client.post(url, {"key": uuid4(), **repeated}), "tôm") == ["note"]
    client.post(url, {"key": uuid4(), **new})
    assert client.get(url).context["form"].initial["national_search"] == "tôm"


def test_a_screening_says_yes_or_no_or_nothing_is_saved(people, call, client_for):
    proposal = make.submitted_proposal(people, call)
    client, url = client_for(people.officer, "en"), page("proposal-screen", proposal.code)
    assert client.get(url).content.decode().count(" checked") == 0
    empty = client.post(url, {"key": uuid4(), "note": "Đã xem"})
    assert refused(empty, "Đã xem") == ["is_complete", "is_duplicate"]
    with pytest.raises(ValidationError, match="is_complete"):
        services.record_screening(proposal, actor=people.officer, is_complete=None, is_duplicate=False)
    assert not Screening.objects.exists()
    client.post(url, {"key": uuid4(), "is_complete": "False", "is_duplicate": "False"})
    written = client.get(url).context["form"]
    assert [str(written[name].value()) for name in ("is_complete", "is_duplicate")] == ["False", "False"]
    assert client.get(url).content.decode().count(" checked") == 2


def test_whoever_may_not_is_refused_by_the_services_too(people, call):
    rival = make.bidder()
    facts = {"title": "Một", "plan_year": 2027}
    with pytest.raises(PermissionDenied):
        services.create_order_list(actor=people.applicant, facts=facts, key=uuid4())
    order = make.called_order(people, call)
    with pytest.raises(PermissionDenied):
        services.create_dossier(actor=rival.applicant, order=order, host=people.university, facts={}, key=uuid4())
    selection = Call.objects.get(pk=order.selection_call.pk)
    with pytest.raises(PermissionDenied):
        services.create_proposal(
            actor=people.applicant, organisation=people.university, call=selection, facts={"title": "Một"}, key=uuid4()
        )
    receiver = user_with(Role.RECEIVING_BODY, people.receiver)
    with pytest.raises(PermissionDenied):
        services.create_proposal(
            actor=receiver, organisation=people.receiver, call=None, facts={"title": "Một"}, key=uuid4()
        )


def test_services_refuse_what_is_empty_or_past(people, call):
    proposal = make.screened_proposal(people, call)
    order = make.listed_order(people, call, mode="direct", direct_host=people.university)
    refusals = {
        "forward_body": lambda: services.name_forward_body(proposal, actor=people.officer, body=" "),
        "decision_ground": lambda: services.write_ground(order, actor=people.officer, ground=" "),
        "answer_by": lambda: services.name_answer_day(order, actor=people.officer, day=clock.today()),
        "ground": lambda: services.record_order_change(order, actor=people.officer, facts={"months": 9}, ground=" "),
        "proposals": lambda: services.merge_into_order(
            make.draft_list(people), actor=people.officer, proposals=[], key=uuid4()
        ),
        "titles": lambda: services.split_into_orders(
            make.draft_list(people), actor=people.officer, proposal=proposal, titles=["Một"], key=uuid4()
        ),
    }
    named = {}
    for column, act in refusals.items():
        with pytest.raises(ValidationError) as refusal:
            act()
        named[column] = list(refusal.value.message_dict)
    assert named == {column: [column] for column in refusals}


def test_only_a_selection_call_is_for_orders(people, call):
    draft = make.draft_call(people)
    with pytest.raises(ValidationError):
        services.put_orders_on_call(draft, actor=people.officer, orders=[make.listed_order(people, call)])


def test_a_fact_that_a_record_does_not_have_is_a_mistake_of_the_program(people, call):
    with pytest.raises(TypeError, match="not facts of a proposal: state"):
        services.edit_proposal(make.draft_proposal(people, call), actor=people.applicant, facts={"state": "listed"})


def test_an_order_of_several_proposals_for_one_host_is_assigned_directly(people, call):
    host = OrganisationFactory()
    same = [make.recommended_proposal(people, call, title=f"Một {n}", proposed_host=host) for n in range(2)]
    other = make.recommended_proposal(people, call, title="Hai")
    order_list = make.draft_list(people)

    def merged(*proposals):
        order = services.merge_into_order(order_list, actor=people.officer, proposals=proposals, key=uuid4())
        return order.mode, order.direct_host

    assert merged(*same) == ("direct", host)
    assert merged(same[0], other) == ("call", None)
