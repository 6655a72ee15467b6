"""Papers are rendered after their transaction, once, from the snapshot."""

import hashlib

import pytest
from django.db import DatabaseError, transaction

from core.documents.files import bytes_of, drawn_draft, ensure_rendered, render_draft, render_numbered
from core.documents.issuer import rendered_when_opened
from core.documents.models import DocumentFile
from core.jobs.models import Job
from core.jobs.service import run_due_jobs
from core.people.models import OrganisationName
from core.workflow.ruling import StepRefused
from tests.factories.documents import call_draft, endorsed_draft, issued_call
from tests.factories.people import department
from tests.golden.documents.rendering import text_of

pytestmark = pytest.mark.usefixtures("pdftotext")


def test_issuing_queues_one_rendering_and_the_worker_does_it(people):
    paper = issued_call(people)
    assert list(Job.objects.filter(name="documents.render").values_list("key", flat=True)) == [
        f"documents.render:{paper.code}"
    ]
    run_due_jobs()
    file = DocumentFile.objects.get()
    content = bytes_of(file).read_bytes()
    assert (file.document, file.state, file.size) == (paper, "numbered", len(content))
    assert file.sha256 == hashlib.sha256(content).hexdigest()
    assert "Số: 01/TB-SKHCN Bình An" in text_of(content) or "Số: 01/TB-SKHCN" in text_of(content)


def test_rendering_again_finds_it_done(people):
    paper = issued_call(people)
    assert ensure_rendered(paper) == ensure_rendered(paper)
    assert DocumentFile.objects.count() == 1


def test_the_same_snapshot_gives_the_same_bytes(people):
    paper = issued_call(people)
    assert render_numbered(paper) == render_numbered(paper)


def test_papers_of_the_past_are_rendered_when_opened(people):
    with rendered_when_opened():
        paper = issued_call(people)
    assert Job.objects.filter(name="documents.render").count() == 0
    assert ensure_rendered(paper).pages == 2


def test_a_draft_is_never_kept(people):
    draft = call_draft(people)
    text = text_of(render_draft(draft))
    assert "DỰ THẢO" in text
    assert "01/TB" not in text
    with pytest.raises(ValueError, match="has no number yet"):
        ensure_rendered(draft)
    assert DocumentFile.objects.count() == 0


def test_the_draft_names_who_agreed(people):
    assert people.director.full_name in text_of(render_draft(endorsed_draft(people)))


def test_a_paper_keeps_the_name_that_its_body_bore(people):
    paper = issued_call(people)
    OrganisationName.objects.filter(organisation=department()).update(name_vi="Sở Đổi mới sáng tạo")
    text = text_of(render_numbered(paper))
    assert "SỞ KHOA HỌC VÀ CÔNG NGHỆ" in text
    assert "Đổi mới sáng tạo" not in text


def test_a_file_row_never_changes(people):
    file = ensure_rendered(issued_call(people))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DocumentFile.objects.filter(pk=file.pk).update(sha256="0" * 64)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DocumentFile.objects.filter(pk=file.pk).delete()


def test_a_draft_opened_again_is_not_drawn_again(people):
    """Another text is another paper."""
    drawn_draft.cache_clear()
    draft = call_draft(people)
    assert render_draft(draft) == render_draft(draft)
    render_draft(call_draft(people, title="Đề xuất bổ sung"))
    assert (drawn_draft.cache_info().hits, drawn_draft.cache_info().misses) == (1, 2)


@pytest.mark.parametrize("orientation", ["x" * 13_000, "\n".join(["một định hướng khá dài " * 20] * 300)])
def test_a_paper_that_is_too_long_is_refused_before_it_is_drawn(people, orientation):
    with pytest.raises(StepRefused, match="This paper is too long"):
        call_draft(people, orientation=orientation)
