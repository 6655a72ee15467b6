"""What a signed-in person sees is kept nowhere on the way."""

import pytest
from django.urls import reverse

from core.documents.selectors import subject_of
from core.files.services import store_upload
from tests.factories.documents import endorsed_draft, scan
from tests.factories.proposals import cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


def kept(response):
    return {part.strip() for part in response.get("Cache-Control", "").split(",")}


def test_pages_papers_and_files_are_not_kept(client_for):
    people = cast()
    draft = endorsed_draft(people)
    file = store_upload(scan(), actor=people.officer, subject=subject_of(draft), purpose="evidence")
    client = client_for(people.officer)
    for address in (
        reverse("portal:home"),
        reverse("documents:document-pdf", args=[draft.code]),
        reverse("documents:file-download", args=[file.code]),
        "/nowhere/",
    ):
        response = client.get(address)
        response.getvalue()
        assert {"private", "no-store"} <= kept(response), address


def test_a_visitor_gets_the_sign_in_page_as_before(client):
    assert "private" not in kept(client.get(reverse("portal:home")))


def test_signing_out_is_not_kept_either(client_for):
    people = cast()
    assert {"private", "no-store"} <= kept(client_for(people.officer).post(reverse("account_logout")))
