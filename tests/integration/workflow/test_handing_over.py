"""A draft is held by its author until he hands it over, and again whenever he has changed it since."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from core import clock
from core.money import VND
from core.workflow.holding import held_by
from core.workflow.ruling import StepRefused
from proposals import services
from proposals.choices import BudgetItem
from proposals.services.dossiers import DossierParts, edit_dossier
from tests.factories import proposals as make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning", "english")]


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.submitted_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


def test_an_incomplete_draft_is_held_by_its_author_until_he_hands_it_over(people):
    draft = make.draft_proposal(people, make.open_call(people))
    assert (held_by(draft).holder, held_by(draft).since) == ("The author writes the draft", None)
    make.step(draft, "hand_over", people.applicant)
    assert held_by(draft).holder == "Signer of the organisation"


def heading_of(client, subject):
    """The buttons, and what is folded under them: label, whether it leads, whether it warns."""
    context = client.get(subject.get_absolute_url()).context
    shown, more = context["actions"], context["more"]
    return ([(str(one.label), one.primary, one.danger) for one in part] for part in (shown, more))


def test_a_complete_draft_is_handed_over_by_the_main_button_and_once(people, client_for):
    draft = make.draft_proposal(people, make.open_call(people))
    author = client_for(people.applicant, "en")
    shown, more = heading_of(author, draft)
    assert shown == [("Hand over to the signer", True, False), ("Fill in the form", False, False)]
    assert more == [("Discard the draft", False, True)]
    step = reverse("workflow:step-take", args=["proposal", draft.code, "hand_over"])
    assert author.get(step).context["danger"] is False
    make.step(draft, "hand_over", people.applicant)
    assert "Hand over to the signer" not in [label for part in heading_of(author, draft) for label, *_look in part]
    with pytest.raises(StepRefused, match="The signer has it already"):
        make.step(draft, "hand_over", people.applicant)


def test_a_draft_that_its_author_changed_is_handed_over_again(people, client_for):
    draft = make.draft_proposal(people, make.open_call(people))
    make.step(draft, "hand_over", people.applicant)
    for writer, facts, again in (
        (people.applicant, {}, False),
        (people.signer, {"months": 18}, False),
        (people.applicant, {"months": 20}, True),
    ):
        draft = services.edit_proposal(draft, actor=writer, facts=facts)
        shown, _more = heading_of(client_for(people.applicant, "en"), draft)
        assert (shown[0][0] == "Hand over to the signer", draft.ready_at is None) == (again, again)


def test_a_dossier_is_handed_over_again_only_after_its_lists_changed(people):
    dossier = make.draft_dossier(people, make.called_order(people, make.open_call(people)))
    make.step(dossier, "hand_over", people.applicant)
    row = {"item": BudgetItem.LABOUR, "requested_state_vnd": VND(1_000_000), "requested_other_vnd": VND(0)}
    lines = DossierParts(budget_lines=[row])
    assert edit_dossier(dossier, actor=people.applicant, facts={}, parts=lines).ready_at is None
    dossier.refresh_from_db()
    type(dossier).objects.update(ready_at=clock.now())
    assert edit_dossier(dossier, actor=people.applicant, facts={}, parts=lines).ready_at == clock.now()


def test_what_came_back_is_held_by_its_author_until_he_hands_it_over_and_keeps_its_day(people, proposal):
    make.step(proposal, "return_for_completion", people.officer, reason="Thiếu")
    due = held_by(proposal)
    assert (due.holder, due.since, due.due_on) == ("The author writes the draft", None, proposal.due_on)
    make.step(proposal, "hand_over", people.applicant)
    assert (held_by(proposal).holder, held_by(proposal).due_on) == ("Signer of the organisation", due.due_on)
