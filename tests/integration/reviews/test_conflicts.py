"""Who may not sit because of where he works: partners, an expert's own unit, what became of an organisation."""

from datetime import timedelta

import pytest

from core import clock
from core.people.models import SuccessionKind
from core.people.roles import Role
from core.people.services import succeed
from core.workflow.ruling import StepRefused
from proposals import services as proposals
from proposals.services.dossiers import DossierParts
from reviews.lifecycle import CouncilKind
from reviews.models import Position
from reviews.selectors.seats import seats_of
from tests.factories import proposals as before
from tests.factories import reviews as make
from tests.factories.asking import said
from tests.factories.people import ExpertFactory, MembershipFactory, OrganisationFactory, user_with
from tests.factories.rules import province_says


@pytest.fixture
def dossier(people):
    """A dossier with a partner, opened and valid."""
    order = before.invited_order(people, before.open_call(people))
    draft = before.draft_dossier(people, order)
    partner = {"organisation": OrganisationFactory(), "consent": True}
    proposals.edit_dossier(draft, actor=people.applicant, facts={}, parts=DossierParts(partners=[partner]))
    before.step(draft, "submit", people.signer)
    before.open_dossiers(people, order)
    return draft


def barred(people, dossier, expert):
    """What the council that the expert sits in is told about him."""
    council = make.seated(people, CouncilKind.SELECTION, [dossier.order], users=[None] * 6 + [expert])
    (seat,) = council.seats.filter(user=expert)
    assert seat.position == Position.MEMBER
    return said(council, "establish", people.director)


def expert_of(organisation):
    user = user_with(Role.COUNCIL_MEMBER)
    ExpertFactory(user=user, affiliation=organisation)
    return user


def test_a_member_of_neither_host_nor_partner_may_sit(people, dossier):
    assert barred(people, dossier, expert_of(OrganisationFactory())) == []


def test_a_member_of_a_partner_may_not_sit(people, dossier):
    expert = expert_of(dossier.partners.get().organisation)
    assert barred(people, dossier, expert) == [f"May not sit: {expert} (a member of a partner)."]


def test_whoever_works_for_what_the_host_became_is_a_member_of_the_host(people, dossier):
    heir = OrganisationFactory()
    expert = expert_of(heir)
    facts = {"decision": "QĐ 8/QĐ-UBND", "actor": people.officer, "confirmed_by": people.director}
    with clock.moved_to(clock.now() + timedelta(days=1)):
        both = [people.university, OrganisationFactory()]
        succeed(kind=SuccessionKind.MERGE, predecessors=both, successors=[heir], effective_on=clock.today(), **facts)
        assert barred(people, dossier, expert) == [f"May not sit: {expert} (a member of the host)."]


def test_staff_of_a_competitor_are_barred_too(people, settings, tmp_path):
    province_says(settings, tmp_path, "council.barred", '["applicant", "host_member", "partner_member"]')
    order, (_first, second) = make.rivals(people, bidders=2)
    with clock.moved_to(clock.now() + timedelta(days=63)):
        make.opened(people, order)
        council = make.seated(people, CouncilKind.SELECTION, [order])
        MembershipFactory(user=seats_of(council)[6].user, organisation=second.host, role=Role.APPLICANT)
        with pytest.raises(StepRefused) as refused:
            before.prepare_document(council, "establish", actor=people.officer)
    assert len(refused.value.refusals) == 1
