"""Dossiers: sealed until the opening, replaced before the closing, revised after the council, kept in reserve."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from core import clock
from core.documents.models import Document
from core.files.services import store_upload
from core.people.models import Membership, OrganisationKind, User
from core.people.policy import can
from core.workflow.ruling import Refusal, StepRefused
from core.workflow.table import Channel
from proposals import services
from proposals.choices import BudgetItem, LumpSum, Position
from proposals.models.narratives import DOSSIER_FORM
from proposals.selectors.eligibility import checks, eligibility_refusals
from proposals.services.dossiers import DossierParts
from proposals.services.openings import Finding
from tests.factories import proposals as make
from tests.factories.documents import scan
from tests.factories.people import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
AFTER = timedelta(days=61)


def tell():
    """An order that is called for selection, and nobody has applied yet."""
    people = make.cast()
    return SimpleNamespace(people=people, order=make.called_order(people, make.open_call(people)))


@pytest.fixture
def order(story):
    return story.order


def test_the_amounts_asked_for_are_the_sums_of_the_lines(people, order):
    dossier = make.draft_dossier(people, order)
    assert (dossier.state_requested_vnd, dossier.other_requested_vnd) == (1_000_000_000, 100_000_000)


def test_an_incomplete_dossier_is_not_submitted(people, order):
    dossier = make.draft_dossier(people, order, months=0)
    services.edit_dossier(dossier, actor=people.applicant, facts={}, parts=DossierParts(members=[], budget_lines=[]))
    with pytest.raises(StepRefused):
        make.step(dossier, "submit", people.signer)


def test_more_than_the_order_allows_is_not_submitted(people, order):
    dossier = make.draft_dossier(people, order)
    lines = [{"item": BudgetItem.LABOUR, "requested_state_vnd": 1_200_000_001, "requested_other_vnd": 0}]
    services.edit_dossier(dossier, actor=people.applicant, facts={}, parts=DossierParts(budget_lines=lines))
    with pytest.raises(StepRefused):
        make.step(dossier, "submit", people.signer)


def test_a_dossier_is_sealed_for_the_administration_until_the_opening(people, order):
    dossier = make.submitted_dossier(people, order)
    assert (can(people.officer, "view", dossier).allowed, can(people.officer, "read", dossier).allowed) == (True, False)
    assert can(people.signer, "read", dossier).allowed
    with clock.moved_to(clock.now() + AFTER):
        assert not can(people.officer, "read", dossier)
        make.record_opening(people, order)
        assert can(people.officer, "read", dossier).allowed


@pytest.fixture
def planted(people, order):
    """A dossier without a word, entered for a host as if it had come on paper."""
    facts = {"principal_investigator": people.applicant}
    return services.create_dossier(actor=people.officer, order=order, host=people.university, facts=facts, key=uuid4())


def filled(writer, dossier):
    """Somebody writes all that is asked for."""
    lines = [{"item": BudgetItem.LABOUR, "requested_state_vnd": 1_000_000_000, "requested_other_vnd": 0}]
    secretary = {"name": "Trần Thị Thư Ký", "position": Position.SECRETARY, "months": 12}
    return services.edit_dossier(
        dossier,
        actor=writer,
        facts={"months": 24, "lump_sum": LumpSum.FINAL},
        narrative=make.texts(DOSSIER_FORM),
        parts=DossierParts(members=[secretary], budget_lines=lines),
    )


def receipt_of(dossier):
    return Document.objects.get(kind="dossier_receipt", subject_code=dossier.code).facts


def test_what_the_host_writes_into_a_dossier_entered_from_paper_is_sealed_for_who_entered_it(people, planted):
    assert can(people.officer, "edit", planted).allowed
    dossier = filled(people.applicant, planted)
    assert [bool(can(people.officer, action, dossier)) for action in ("view", "read", "edit")] == [False] * 3
    with pytest.raises(PermissionDenied):
        services.edit_dossier(dossier, actor=people.officer, facts={"months": 12})
    make.step(dossier, "hand_over", people.applicant)
    make.step(dossier, "submit", people.signer)
    assert (can(people.officer, "view", dossier).allowed, bool(can(people.officer, "read", dossier))) == (True, False)
    assert receipt_of(dossier)["channel"] == "Trực tuyến"


@pytest.mark.parametrize("post", ["officer", "clerk", "head"])
def test_nobody_of_the_administration_leads_and_so_reads_a_sealed_dossier(people, order, planted, post):
    facts = {"principal_investigator": getattr(people, post)}
    other = OrganisationFactory(kind=OrganisationKind.UNIVERSITY)
    with pytest.raises(ValidationError) as refused:
        services.create_dossier(actor=people.officer, order=order, host=other, facts=facts, key=uuid4())
    assert list(refused.value.message_dict) == ["principal_investigator"]
    with pytest.raises(ValidationError):
        services.edit_dossier(planted, actor=people.officer, facts=facts)
    planted.refresh_from_db()
    assert planted.principal_investigator == people.applicant


def test_what_the_administration_typed_from_paper_stays_paper(people, planted):
    dossier = filled(people.officer, planted)
    make.step(dossier, "submit", people.signer)
    assert (dossier.entered_by, receipt_of(dossier)["channel"]) == (people.officer, "Bản giấy")


def test_who_entered_a_dossier_reads_it_no_more_when_he_left_the_administration(people, planted):
    Membership.objects.filter(user=people.officer).update(valid_to=clock.today() - timedelta(days=1))
    gone = User.objects.get(pk=people.officer.pk)
    assert [bool(can(gone, action, planted)) for action in ("view", "read", "edit")] == [False] * 3


def test_a_withdrawn_dossier_stays_sealed_until_the_dossiers_are_opened(people, order):
    dossier = make.submitted_dossier(people, order)
    make.step(dossier, "withdraw", people.signer, reason="Thay hồ sơ")
    make.submitted_dossier(make.bidder(), order)
    assert can(people.signer, "read", dossier).allowed
    with clock.moved_to(clock.now() + AFTER):
        assert not can(people.officer, "read", dossier)
        make.open_dossiers(people, order)
        assert can(people.officer, "read", dossier).allowed


def posted(people, dossier, host):
    """The officer enters a paper that bears an earlier postmark."""
    evidence = store_upload(scan(), actor=people.officer, subject=dossier, purpose="evidence", internal=True).uuid
    make.step(
        dossier,
        "submit",
        people.officer,
        decided_by=host.signer,
        channel=Channel.PAPER,
        effective_on=clock.local(dossier.order.selection_call.closes_at).date(),
        evidence=[evidence],
        reason="Đến muộn theo dấu bưu điện",
    )


def test_a_paper_posted_in_time_comes_in_before_the_opening_and_never_after_it(people, order):
    make.submitted_dossier(people, order)
    hosts = [make.bidder(), make.bidder()]
    drafts = [make.draft_dossier(host, order, principal_investigator=host.applicant) for host in hosts]
    with clock.moved_to(order.selection_call.closes_at + timedelta(days=1)):
        posted(people, drafts[0], hosts[0])
        drafts[0].refresh_from_db()
        assert drafts[0].state == "submitted"
        make.record_opening(people, order)
        with pytest.raises(StepRefused):
            posted(people, drafts[1], hosts[1])
        make.open_dossiers(people, order)
        with pytest.raises(StepRefused):
            posted(people, drafts[1], hosts[1])


def test_a_withdrawn_dossier_of_a_direct_order_competes_with_nobody(people):
    dossier = make.submitted_dossier(people, make.invited_order(people, make.open_call(people)))
    make.step(dossier, "withdraw", people.signer, reason="Thay hồ sơ")
    assert can(people.officer, "read", dossier).allowed


def test_a_withdrawn_dossier_may_be_replaced_before_the_closing_only(people, order):
    first = make.submitted_dossier(people, order)
    with pytest.raises(ValidationError):
        make.draft_dossier(people, order)
    make.step(first, "withdraw", people.signer, reason="Thay hồ sơ")
    second = make.submitted_dossier(people, order)
    with clock.moved_to(clock.now() + AFTER):
        with pytest.raises(StepRefused):
            make.step(second, "withdraw", people.signer, reason="Muộn")
        with pytest.raises(StepRefused):
            make.step(make.draft_dossier(make.bidder(), order), "submit", people.signer)


def test_dossiers_are_not_opened_before_the_closing(people, order):
    make.submitted_dossier(people, order)
    with pytest.raises(ValidationError):
        services.record_opening(order, actor=people.officer, occasion=make.occasion(people), findings={})


def test_each_dossier_is_found_valid_or_invalid_with_a_reason(people, order):
    good, bad = make.submitted_dossier(people, order), make.submitted_dossier(make.bidder(), order)
    with clock.moved_to(clock.now() + AFTER):
        with pytest.raises(ValidationError):
            make.open_dossiers(people, order, {bad.code: Finding(valid=False)})
        make.open_dossiers(people, order, {bad.code: Finding(valid=False, reason="Thiếu đơn")})
    good.refresh_from_db()
    bad.refresh_from_db()
    minutes = Document.objects.get(kind="opening_minutes", subject_code=order.code)
    assert (order.state, good.state, bad.state) == ("dossiers_opened", "valid", "invalid")
    assert [(row["valid"], row["reason"]) for row in minutes.facts["dossiers"]] == [(True, ""), (False, "Thiếu đơn")]


def test_without_any_dossier_the_order_has_no_winner_and_may_be_called_again(people, order):
    with clock.moved_to(clock.now() + AFTER):
        make.step(order, "find_no_dossier", people.officer, reason="Không có hồ sơ")
        make.step(order, "call_again", people.head, reason="Mở lại")
    assert order.state == "listed"


def test_an_invited_host_alone_may_submit(people):
    order = make.invited_order(people, make.open_call(people))
    with pytest.raises(PermissionDenied):
        make.draft_dossier(make.bidder(), order)
    dossier = make.submitted_dossier(people, order)
    make.open_dossiers(people, order)
    dossier.refresh_from_db()
    assert (order.state, dossier.state) == ("dossiers_opened", "valid")


def opened(people, order):
    """Two valid dossiers: the people's, recommended, and another one in reserve."""
    first, second = make.submitted_dossier(people, order), make.submitted_dossier(make.bidder(), order)
    with clock.moved_to(clock.now() + AFTER):
        make.open_dossiers(people, order)
        make.as_effects(people, (order, "put_to_council"), (second, "hold"))
    return first, second


def test_remarks_are_answered_before_the_revised_dossier_is_handed_in(people, order):
    first, _second = opened(people, order)
    with clock.moved_to(clock.now() + AFTER):
        make.as_effects(people, (order, "recommend_host"), (first, "select"))
        type(first).objects.filter(pk=first.pk).update(remarks="Giảm chi")
        first.refresh_from_db()
        with pytest.raises(StepRefused):
            make.step(first, "revise", people.signer)
        more = [{"item": BudgetItem.LABOUR, "requested_state_vnd": 1_000_000_001, "requested_other_vnd": 0}]
        with pytest.raises(ValidationError):
            services.answer_remarks(first, actor=people.applicant, answer="Đã sửa", budget_lines=more)
        first = services.answer_remarks(first, actor=people.applicant, answer="Đã sửa")
        make.step(first, "revise", people.signer)
    assert first.state == "revised"


def test_when_the_award_is_refused_the_reserve_may_take_the_place(people, order):
    first, second = opened(people, order)
    with clock.moved_to(clock.now() + AFTER):
        make.as_effects(people, (order, "recommend_host"), (first, "select"))
        make.step(order, "refuse_award", people.chair, reason="Không đủ năng lực")
        make.step(order, "take_reserve", people.chair, reason="Hồ sơ dự phòng đạt")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (order.state, first.state, second.state) == ("host_recommended", "not_selected", "selected")


def test_calling_again_releases_the_reserve(people, order):
    first, second = opened(people, order)
    with clock.moved_to(clock.now() + AFTER):
        make.as_effects(people, (order, "recommend_host"), (first, "select"))
        make.step(order, "refuse_award", people.chair, reason="Không đủ năng lực")
        make.step(order, "call_again", people.head, reason="Mở lại")
        with pytest.raises(StepRefused):
            make.step(order, "take_reserve", people.chair, reason="Muộn")
    second.refresh_from_db()
    assert (order.state, second.state) == ("listed", "not_selected")


def test_the_rooms_above_add_what_they_know_against_a_host(people, order):
    dossier = make.draft_dossier(people, order)
    assert eligibility_refusals(dossier, clock.today()) == []
    unpaid = Refusal("Recovered money is not repaid.")
    checks.append(lambda _one, _on: [unpaid])
    try:
        assert eligibility_refusals(dossier, clock.today()) == [unpaid]
    finally:
        checks.pop()
