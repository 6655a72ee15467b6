"""What a dossier must hold before it is submitted, and who may be given a task at all."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils.translation import override

from core import clock
from core.people.models import OrganisationKind, SuccessionKind
from core.people.services import deactivate_user, succeed
from proposals import services
from proposals.choices import BudgetItem, LumpSum, Position
from proposals.models import Dossier
from proposals.selectors.completeness import outside_lump_sum
from proposals.selectors.eligibility import eligibility_day, eligibility_refusals
from proposals.services.dossiers import DossierParts
from tests.factories import proposals as make
from tests.factories.asking import said
from tests.factories.people import OrganisationFactory, department, user_with
from tests.factories.rules import province_says

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "language")]
MILLION = make.MILLION
SECRETARY = {"name": "Trần Thị Thư Ký", "position": Position.SECRETARY, "months": 12}


def tell():
    """An order that is called for selection, and nobody has applied yet."""
    people = make.cast()
    return SimpleNamespace(people=people, order=make.called_order(people, make.open_call(people)))


@pytest.fixture
def order(story):
    return story.order


def line(item=BudgetItem.LABOUR, state=1_000, other=100):
    return {"item": item, "requested_state_vnd": state * MILLION, "requested_other_vnd": other * MILLION}


def missing(people, dossier, *, months=24, **parts):
    """What the dialog of submitting lacks after the dossier was saved so."""
    services.edit_dossier(dossier, actor=people.applicant, facts={"months": months}, parts=DossierParts(**parts))
    dossier.refresh_from_db()
    return said(dossier, "submit", people.signer)


def test_a_complete_dossier_may_be_submitted(people, order):
    assert said(make.draft_dossier(people, order), "submit", people.signer) == []


def test_a_dossier_does_not_plan_for_longer_than_the_order(people, order):
    dossier = make.draft_dossier(people, order)
    assert missing(people, dossier, months=25) == ["Still missing: A duration within the order's 24 months."]
    assert missing(people, dossier, months=24) == []


def test_every_partner_has_agreed_in_writing(people, order):
    dossier, partner = make.draft_dossier(people, order), OrganisationFactory()
    row = {"organisation": partner, "task": "Khảo nghiệm"}
    silent = [f"Still missing: The consent of {partner.name}."]
    assert missing(people, dossier, partners=[row | {"consent": False}]) == silent
    assert missing(people, dossier, partners=[row | {"consent": True}]) == []


def test_the_team_has_a_scientific_secretary(people, order):
    dossier = make.draft_dossier(people, order)
    member = SECRETARY | {"position": Position.MEMBER}
    assert missing(people, dossier, members=[member]) == ["Still missing: A scientific secretary."]
    assert missing(people, dossier, members=[member, SECRETARY]) == []


def test_the_money_asked_for_has_lines_and_stays_within_the_order(people, order):
    dossier = make.draft_dossier(people, order)
    assert missing(people, dossier, budget_lines=[]) == ["Still missing: Budget lines."]
    above = "Still missing: An amount within the order's state budget."
    assert missing(people, dossier, budget_lines=[line(state=1_201)]) == [above]
    assert missing(people, dossier, budget_lines=[line(state=1_200)]) == []


def test_amounts_that_are_not_the_sums_of_their_lines_are_not_submitted(people, order):
    dossier = make.draft_dossier(people, order)
    dossier.budget_lines.filter(item=BudgetItem.MATERIALS).delete()
    refusal = "Still missing: Budget lines whose sums are the amounts asked for."
    assert said(dossier, "submit", people.signer) == [refusal]


def test_a_partial_lump_sum_shows_the_lines_it_does_not_cover(people, order):
    dossier = make.draft_dossier(people, order)
    lines = [line(), line(BudgetItem.ASSETS, 50, 0)]
    facts = {"lump_sum": LumpSum.PARTIAL}
    services.edit_dossier(dossier, actor=people.applicant, facts=facts, parts=DossierParts(budget_lines=lines))
    dossier.refresh_from_db()
    assert outside_lump_sum(dossier) == [str(BudgetItem.ASSETS.label)]
    dossier.lump_sum = LumpSum.FINAL
    assert outside_lump_sum(dossier) == []


def against(dossier):
    """Texts and weights of what speaks against a dossier today."""
    with override("en"):
        return [(str(one), one.blocking) for one in eligibility_refusals(dossier, clock.today())]


def test_a_division_is_no_legal_entity_and_may_host_nothing(people, order):
    dossier = make.draft_dossier(people, order)
    assert against(dossier) == []
    dossier.host = OrganisationFactory(kind=OrganisationKind.DIVISION, parent=department(), is_internal=True)
    assert [text for text, _blocking in against(dossier)] == [f"{dossier.host.name} is not a legal entity."]


def test_an_organisation_that_ended_may_host_nothing_from_that_day_on(people, order):
    dossier = make.draft_dossier(people, order)
    facts = {"decision": "QĐ 5/QĐ-UBND", "effective_on": clock.today(), "actor": people.officer}
    facts["confirmed_by"] = people.director
    succeed(kind=SuccessionKind.DISSOLVE, predecessors=[people.university], **facts)
    dossier = Dossier.objects.get(pk=dossier.pk)
    assert against(dossier) == [(f"{people.university.name} no longer exists.", True)]
    before = clock.today() - timedelta(days=1)
    assert eligibility_refusals(dossier, before) == []


def test_a_leader_without_an_account_or_with_another_recommendation_is_named(people, order, settings, tmp_path):
    second = make.called_order(people, make.open_call(people))
    chosen, other = make.submitted_dossier(people, order), make.draft_dossier(people, second)
    assert against(other) == []
    with clock.moved_to(clock.now() + timedelta(days=61)):
        make.open_dossiers(people, order)
        make.as_effects(people, (chosen, "select"))
    busy = f"{people.applicant.full_name} is already recommended to lead another task (dossier {chosen.code})."
    assert (against(chosen), against(other)) == ([], [(busy, False)])
    # Confirmed for the older regulation only; and that tasks of the province count is confirmed by the province alone.
    other.regulation = "r1_2013"
    assert against(other) == [(busy, False)]
    province_says(settings, tmp_path, "eligibility.counted_levels", '["national", "ministry", "provincial"]')
    assert against(other) == [(busy, True)]
    other.regulation = "r2_2025"
    assert against(other) == [(busy, False)]
    leader = user_with("applicant", people.university)
    services.edit_dossier(other, actor=people.applicant, facts={"principal_investigator": leader})
    deactivate_user(leader, reason="Nghỉ việc", actor=people.officer)
    other = Dossier.objects.get(pk=other.pk)
    assert against(other) == [(f"The account of {leader.full_name} has been deactivated.", True)]


def test_eligibility_counts_on_the_closing_of_the_call_and_today_for_an_invited_host(people, order):
    bid = make.draft_dossier(people, order)
    closing = clock.local(order.selection_call.closes_at).date()
    with clock.moved_to(clock.now() + timedelta(days=100)):
        assert eligibility_day(bid) == closing
    assert eligibility_day(bid) == clock.today()
    invited = make.draft_dossier(people, make.invited_order(people, make.open_call(people)))
    with clock.moved_to(clock.now() + timedelta(days=100)):
        assert eligibility_day(invited) == clock.today()
