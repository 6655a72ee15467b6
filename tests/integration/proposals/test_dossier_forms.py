"""The forms of a dossier and of its opening with wrong input, and what a page hides from whom."""

from datetime import timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.urls import reverse

from core import clock
from proposals import services
from proposals.choices import BudgetItem
from proposals.models import Dossier
from proposals.services.dossiers import DossierParts
from tests.factories import proposals as make
from tests.factories.browsing import fill_in
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


@pytest.fixture
def applicant(people, client_for):
    return client_for(people.applicant, "en")


def page(name, *codes):
    return reverse(f"proposals:{name}", args=codes)


def rows(prefix, *filled, initial=0):
    """Rows of a list as a browser sends them."""
    data = {f"{prefix}-TOTAL_FORMS": len(filled), f"{prefix}-INITIAL_FORMS": initial}
    return data | {
        f"{prefix}-{number}-{name}": value for number, row in enumerate(filled) for name, value in row.items()
    }


def sheet(people, *, members=(), partners=(), lines=(), initial=(0, 0, 0), **more):
    return {
        "key": uuid4(),
        "principal_investigator": people.applicant.code,
        "months": "24",
        "lump_sum": "final",
        "text_overview": "Tổng quan đã gõ",
        **rows("members", *members, initial=initial[0]),
        **rows("partners", *partners, initial=initial[1]),
        **rows("lines", *lines, initial=initial[2]),
        **more,
    }


def errors(response):
    """Every row's errors of the three lists; the page keeps what was typed."""
    assert response.status_code == 200
    assert "Tổng quan đã gõ" in response.content.decode()
    return [[list(row.errors) for row in part.forms.forms] for part in response.context["parts"]]


SECRETARY = {"name": "Trần Thị Thư Ký", "position": "secretary", "months": "12"}
SECOND = {"name": "Lê Thư Ký Mới", "position": "secretary", "months": "6"}


def test_a_dossier_has_one_secretary_and_each_partner_once(people, order, applicant):
    partner = {"organisation": OrganisationFactory().code, "task": "Khảo nghiệm"}
    form = sheet(people, members=[SECRETARY, SECOND], partners=[partner, partner], host=people.university.code)
    wrong = applicant.post(page("dossier-create", order.code), form)
    assert errors(wrong) == [[[], ["position"]], [[], ["organisation"]], []]
    assert Dossier.objects.count() == 0


def test_a_secretary_and_a_partner_are_exchanged_in_one_go(people, order, applicant):
    dossier, partner = make.draft_dossier(people, order), OrganisationFactory()
    services.edit_dossier(
        dossier, actor=people.applicant, facts={}, parts=DossierParts(partners=[{"organisation": partner}])
    )
    url = page("dossier-edit", dossier.code)
    assert "Consent missing" in applicant.get(dossier.get_absolute_url()).content.decode()
    assert applicant.get(url).context["parts"][1].forms.forms[0].initial["organisation"] == partner
    struck = {"DELETE": "on"}
    same = {"organisation": partner.code, "consent": "on"}
    members, partners = [SECRETARY | struck, SECOND], [{"organisation": partner.code} | struck, same]
    answer = applicant.post(url, sheet(people, members=members, partners=partners, initial=(1, 1, 0)))
    assert answer.status_code == 302
    assert list(dossier.members.values_list("name", flat=True)) == ["Lê Thư Ký Mới"]
    assert dossier.partners.get().consent
    assert "Consent attached" in applicant.get(dossier.get_absolute_url()).content.decode()


def test_an_impossible_amount_or_duration_comes_back_beside_its_field(people, order, applicant):
    line = {"item": "labour", "requested_state_vnd": "1,5 tỷ"}
    wrong = applicant.post(
        page("dossier-create", order.code), sheet(people, lines=[line], months="-1", host=people.university.code)
    )
    assert (errors(wrong), list(wrong.context["form"].errors)) == ([[], [], [["requested_state_vnd"]]], ["months"])


def test_an_organisation_applies_once_and_a_host_that_was_not_invited_never(people, order, applicant):
    make.draft_dossier(people, order)
    wrong = applicant.post(page("dossier-create", order.code), sheet(people, host=people.university.code))
    assert list(wrong.context["form"].errors) == ["host"]
    stranger = OrganisationFactory()
    other = applicant.post(page("dossier-create", order.code), sheet(people, host=stranger.code))
    assert (list(other.context["form"].errors), Dossier.objects.count()) == (["host"], 1)


def test_an_officer_enters_a_paper_dossier_for_the_invited_host_alone(people, client_for):
    order = make.invited_order(people, make.open_call(people))
    officer = client_for(people.officer, "en")
    form = sheet(people, host=OrganisationFactory().code)
    assert list(officer.post(page("dossier-create", order.code), form).context["form"].errors) == ["host"]
    officer.post(page("dossier-create", order.code), form | {"host": people.university.code})
    dossier = Dossier.objects.get()
    assert (dossier.host, dossier.entered_by) == (people.university, people.officer)
    assert client_for(make.bidder().applicant).get(page("dossier-create", order.code)).status_code == 404


def test_a_form_of_paper_that_the_host_has_taken_over_meanwhile_is_not_there_any_more(people, order, client_for):
    officer, form = client_for(people.officer, "en"), sheet(people, host=people.university.code)
    officer.post(page("dossier-create", order.code), form)
    dossier = Dossier.objects.get()
    address = page("dossier-edit", dossier.code)
    assert officer.get(address).status_code == 200
    fill_in(client_for(people.applicant, "en"), address, text_overview="Bí mật của trường")
    assert [officer.get(dossier.get_absolute_url()).status_code, officer.post(address, form).status_code] == [404, 404]
    dossier.refresh_from_db()
    assert (dossier.entered_by, dossier.narrative["overview"]) == (None, "Bí mật của trường")


def test_the_answer_keeps_the_estimate_within_what_was_asked_for(people, order, applicant):
    dossier = make.submitted_dossier(people, order)
    url = page("dossier-answer", dossier.code)
    with clock.moved_to(clock.now() + AFTER):
        assert applicant.get(url).status_code == 404
        make.open_dossiers(people, order)
        make.as_effects(people, (order, "put_to_council"), (order, "recommend_host"), (dossier, "select"))
        assert applicant.get(url).context["parts"][0].forms.forms[0].initial["item"] == BudgetItem.LABOUR
        above = {"item": "labour", "requested_state_vnd": "1000000001"}
        form = {"key": uuid4(), "answer": "Đã sửa mục 3", **rows("lines", above)}
        wrong = applicant.post(url, form)
        assert wrong.context["form"].non_field_errors() == ["The revised estimate must not exceed what was asked for."]
        assert "Đã sửa mục 3" in wrong.content.decode()
        empty = applicant.post(url, form | {"answer": " "})
        assert list(empty.context["form"].errors) == ["answer"]
        less = rows("lines", above | {"requested_state_vnd": "900000000"})
        assert applicant.post(url, form | less).status_code == 302
        dossier.refresh_from_db()
    assert (dossier.remarks_answer, dossier.state_requested_vnd) == ("Đã sửa mục 3", 900_000_000)


def opening(people, *findings, **more):
    now = clock.local(clock.now())
    return {
        "key": uuid4(),
        "opened_at": f"{now - timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "ended_at": f"{now:%Y-%m-%dT%H:%M}",
        "place": "Phòng họp số 2",
        "chair": people.head.code,
        "secretary": people.officer.code,
        **rows("findings", *findings),
        **more,
    }


def test_an_opening_ends_after_it_begins_and_not_in_the_future(people, order, client_for):
    dossier = make.submitted_dossier(people, order)
    officer, url = client_for(people.officer, "en"), page("order-opening", order.code)
    valid = {"code": dossier.code, "verdict": "valid"}
    with clock.moved_to(clock.now() + AFTER):
        backwards = officer.post(url, opening(people, valid, ended_at="2026-01-01T08:00"))
        assert list(backwards.context["form"].errors) == ["ended_at"]
        later = officer.post(url, opening(people, valid, ended_at=f"{clock.today() + timedelta(days=1)}T08:00"))
        assert list(later.context["form"].errors) == ["ended_at"]
        assert officer.post(url, opening(people, valid)).status_code == 302
        page_again = officer.get(url)
        again, named = page_again.context, f'name="findings-0-code" value="{dossier.code}"'
        assert named in page_again.content.decode()
        assert again["form"].initial["place"] == "Phòng họp số 2"
        assert again["parts"][0].forms.forms[0].initial["verdict"] == "valid"
        shown = officer.get(order.get_absolute_url()).content.decode()
    assert "Opening of the dossiers" in shown


def test_a_finding_is_never_written_to_another_dossier_than_the_page_showed(people, order, client_for):
    rival = make.bidder()
    first, late = make.submitted_dossier(people, order), make.draft_dossier(rival, order)
    officer, url = client_for(people.officer, "en"), page("order-opening", order.code)
    shown = {"code": first.code, "verdict": "invalid", "reason": "Thiếu đơn"}
    paper = {"channel": "paper", "evidence": [uuid4()]}
    with clock.moved_to(clock.now() + AFTER):
        posted = clock.today() - timedelta(days=1)
        make.step(late, "submit", people.clerk, decided_by=rival.signer, effective_on=posted, **paper)
        stale = officer.post(url, opening(people, shown))
        since = "Dossiers have come in or were withdrawn since this page was opened: open it again."
        assert stale.context["parts"][0].forms.non_form_errors() == [since]
        assert since in stale.content.decode()
        make.entered_by_two(
            first, "withdraw", people.signer, (people.clerk, people.officer), effective_on=posted, reason="Rút"
        )
        shifted = officer.post(url, opening(people, shown))
        assert shifted.context["parts"][0].forms.non_form_errors() == [since]
    late.refresh_from_db()
    assert (late.opening_valid, late.opening_note) == (None, "")


def test_a_page_tells_the_administration_alone_what_speaks_against_a_host(people, order, applicant, client_for):
    dossier, gone = make.submitted_dossier(people, order), clock.today()
    with clock.moved_to(clock.now() + AFTER):
        make.open_dossiers(people, order)
        url = dossier.get_absolute_url()
        officer = client_for(people.officer, "en")
        assert "Nothing known speaks against them." in officer.get(url).content.decode()
        Dossier.objects.filter(pk=dossier.pk).update(host=OrganisationFactory(ended_on=gone))
        against = "This speaks against the dossier"
        assert against in officer.get(url).content.decode()
        assert against not in applicant.get(url).content.decode()
