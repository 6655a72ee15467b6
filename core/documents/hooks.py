"""Hands the issuer to the workflow, puts the papers of a record on its page, colours and the menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

from core.audit import service as audit
from core.people.policy import may
from core.ui import badges, navigation
from core.ui.parts import Panel, Tone
from core.workflow import ports
from core.workflow.models import Stepped
from core.workflow.registry import panel, recipients, subjects
from core.workflow.table import Row

from . import caution, policy
from .holding import NUMBER_GIVERS
from .issuer import issue
from .kinds import spec_of
from .models import Document, DocumentStatus
from .outdated import look_at_drafts
from .pages import papers_panel
from .registry import PaperTell
from .selectors import drafts_for, other_signers

__all__ = ["caution", "policy"]


def paper_url(subject: Stepped, row: Row) -> str:
    """Where the paper of a step is prepared, or waits."""
    return reverse("documents:document-prepare", args=[subject.lifecycle.name, subject.code, row.name])


def show_papers(request: HttpRequest, subject: Any) -> Panel | None:
    """The papers of a record that the reader may see."""
    user: Any = request.user
    return papers_panel(subject, user)


ports.register_issuer(issue)
ports.register_papers(
    ports.Papers(
        waits=policy.signed_row,
        url=paper_url,
        writers=lambda row: (spec_of(str(row.issues)).drafted_by,),
        drafts=drafts_for,
        other_party=policy.other_party_of,
        number_givers=NUMBER_GIVERS,
        numbered_at_once=policy.numbered_at_once,
    )
)
recipients(
    PaperTell.TO_COUNTERSIGN, gettext_lazy("A paper of %(code)s waits for your organisation to sign it: %(title)s")
)(other_signers)
recipients(
    PaperTell.CHANGED_SINCE_SIGNED,
    gettext_lazy("A paper of %(code)s has changed since you signed it: read and sign it anew. %(title)s"),
)(other_signers)
audit.before_the_chain.append(look_at_drafts)
for name in subjects:
    panel(name, 60)(show_papers)
badges.register(
    Document,
    {
        DocumentStatus.DRAFT: Tone.WARNING,
        DocumentStatus.REFUSED: Tone.DANGER,
        DocumentStatus.NUMBERED: Tone.SUCCESS,
        DocumentStatus.VOID: Tone.DANGER,
    },
    field="status",
)
navigation.register(
    gettext_lazy("Documents"),
    "documents:document-list",
    70,
    visible=lambda user: may(user, "documents.list").allowed,
    icon="stamp",
)
