"""Two people, or two tabs, fill in the form of one record: nobody's words are lost without a word."""

import re
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.urls import reverse

from core.people.roles import Role
from core.people.seen import CHANGED
from proposals.models import BudgetLine
from tests.factories import proposals as make
from tests.factories.people import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def filled(client, page, **more):
    """What the browser sends back of the form as it was shown, with what its writer changed."""
    form = client.get(page).context["form"]
    seen = re.search(r'name="seen" value="(\w*)"', client.get(page).content.decode())
    said = {name: form[name].value() for name in form.fields}
    said = {name: getattr(value, "pk", value) for name, value in said.items() if value not in (None, False)}
    return {**said, "seen": seen[1], **more}


def tell():
    people = make.cast()
    return SimpleNamespace(people=people, proposal=make.draft_proposal(people, make.open_call(people)))


@pytest.fixture
def proposal(story):
    return story.proposal


@pytest.fixture
def page(proposal):
    return reverse("proposals:proposal-edit", args=[proposal.code])


def test_who_saves_second_is_told_and_keeps_what_he_typed(people, proposal, page, client_for):
    first, second = client_for(people.applicant), client_for(people.signer)
    late = filled(second, page, title="Tên của người thứ hai")
    assert first.post(page, filled(first, page, title="Tên của người thứ nhất")).status_code == 302
    again = second.post(page, late)
    assert again.status_code == 200
    assert again.context["form"].non_field_errors() == [str(CHANGED)]
    assert again.context["form"]["title"].value() == "Tên của người thứ hai"
    proposal.refresh_from_db()
    assert proposal.title == "Tên của người thứ nhất"
    # Told, he may replace it: the form that came back was filled in over what stands there now.
    seen = re.search(r'name="seen" value="(\w*)"', again.content.decode())[1]
    assert second.post(page, {**late, "seen": seen}).status_code == 302
    proposal.refresh_from_db()
    assert proposal.title == "Tên của người thứ hai"


def test_the_same_person_in_two_tabs_is_told_too(people, page, client_for):
    client = client_for(people.applicant)
    late = filled(client, page, title="Thẻ thứ hai")
    client.post(page, filled(client, page, title="Thẻ thứ nhất"))
    assert str(CHANGED) in client.post(page, late).content.decode()


def test_a_form_sent_twice_is_answered_twice_alike(people, page, client_for):
    client = client_for(people.applicant)
    said = filled(client, page, title="Gửi hai lần")
    assert [client.post(page, said).status_code for _ in range(2)] == [302, 302]


def test_a_form_that_came_back_for_another_error_still_remembers_what_its_writer_saw(people, page, client_for):
    first, second = client_for(people.applicant), client_for(people.signer)
    late = filled(second, page, title="")
    first.post(page, filled(first, page, title="Tên mới"))
    back = second.post(page, late)
    seen = re.search(r'name="seen" value="(\w*)"', back.content.decode())[1]
    assert seen == late["seen"]
    assert str(CHANGED) in second.post(page, {**late, "title": "Tên khác"}).content.decode()


def test_lists_of_rows_count_as_the_record(people, client_for):
    order = make.invited_order(people, make.open_call(people))
    dossier = make.draft_dossier(people, order)
    page, client = reverse("proposals:dossier-edit", args=[dossier.code]), client_for(people.applicant)
    seen = re.search(r'name="seen" value="(\w*)"', client.get(page).content.decode())[1]
    BudgetLine.objects.filter(dossier=dossier).update(requested_state_vnd=1)
    assert re.search(r'name="seen" value="(\w*)"', client.get(page).content.decode())[1] != seen


def test_an_organisation_and_a_person_are_kept_alike(client_for):
    admin = user_with(Role.SYSTEM_ADMINISTRATOR)
    other, person = client_for(user_with(Role.SYSTEM_ADMINISTRATOR)), user_with(Role.APPLICANT)
    page = reverse("people:person-edit", args=[person.code])
    client = client_for(admin)
    late = filled(client, page, full_name="Nguyễn Văn Hai")
    other.post(page, filled(other, page, full_name="Nguyễn Văn Một"))
    assert str(CHANGED) in client.post(page, late).content.decode()
    cache.clear()


def test_the_form_of_a_draft_that_lies_with_the_signer_says_that_saving_takes_it_back(
    people, proposal, page, client_for
):
    author, signer = client_for(people.applicant), client_for(people.signer)
    said = "Bản thảo này đang ở chỗ người ký."
    assert said not in author.get(page).content.decode()
    make.step(proposal, "hand_over", people.applicant)
    assert [said in client.get(page).content.decode() for client in (author, signer)] == [True, False]
