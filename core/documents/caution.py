"""On a form of facts: what was agreed to already rests on them."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.people.policy import visible_to
from core.people.screens import record_of
from core.ui.context import provide
from core.ui.formatting import listed
from core.ui.parts import Tone
from core.workflow.models import Stepped
from core.workflow.returns import told_of

from .models import Document, DocumentStatus
from .pages import signed_words

SIGNED = ("document.endorsed", "document.countersigned")


@provide("draft_note")
def draft_note(request: HttpRequest) -> dict[str, Any] | None:
    """A notice on the form of a record on which a draft rests that somebody agreed to; only forms ask.

    One query, and none where the record's history, which the form has read, knows of no signature.
    """
    record = record_of(request)
    if not isinstance(record, Stepped) or not any(one.kind in SIGNED for one in told_of(request, record)):
        return None
    rows = visible_to(request.user, Document).select_related("endorsed_by", "countersigned_by")
    about = {"subject_type": record.lifecycle.name, "subject_code": record.code}
    drafts = rows.filter(**about, status=DocumentStatus.DRAFT)
    signed = [f"{paper.get_kind_display()}: {words}" for paper in drafts for words in signed_words(paper)]
    if not signed:
        return None
    text = _(
        "Whatever you change here of what the paper says makes its draft and these signatures void: %(signatures)s."
    )
    title = _("A draft that was agreed to rests on this record")
    return {"tone": Tone.WARNING, "title": title, "text": text % {"signatures": listed(signed)}}
