"""Home: what I hold, since when, until when; and the papers that wait for me."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.documents.badges import badge_of
from core.documents.models import Document
from core.documents.selectors import documents_awaiting
from core.people.authorities import table_read_once
from core.people.screens import screen
from core.ui.cells import Kind
from core.ui.paging import PARAMETER
from core.ui.parts import Badge, DocumentLine, Due, Figure, Panel, Tone
from core.ui.tables import Column, Table
from core.workflow.registry import subjects
from portal.selectors import Paperwork, Work, answers_of, council_work, drafts_of, work_of

SHOWN_PAPERS = 20
CODE = Column("code", _("Code"), Kind.CODE, url=lambda one: one.get_absolute_url())
TITLE = Column("heading", _("Title"), Kind.TITLE, note=lambda one: str(one.kind_label))
STATE = Column("state_label", _("State"))
SINCE = Column("state_since", _("Since"), Kind.DATE, value=lambda one: clock.local(one.state_since).date())
DUE = Column("due_on", _("Due"), Kind.DEADLINE, value=lambda one: Due(due_on=one.due_on))
TABLE = Table([CODE, TITLE, STATE, SINCE, DUE], caption=_("What waits for me"), empty=_("Nothing waits for you."))
ANSWER_TABLE = Table([CODE, TITLE, SINCE], caption=_("For my answer"))
COUNCIL_TABLE = Table([CODE, TITLE, SINCE, DUE], caption=_("To write for councils"))
DRAFTS_TABLE = Table([CODE, TITLE, SINCE, DUE], caption=_("My drafts"))


@screen("portal.home")
def home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    with table_read_once():
        work, written, drafts = work_of(user, request.GET.get(PARAMETER)), council_work(user), drafts_of(user)
        answers, papers = answers_of(user), _papers(user)
        panels = [
            *_papers_panel(papers),
            _work_panel(work),
            *_rows_panel(_("For my answer"), ANSWER_TABLE, answers, icon="check"),
            *_rows_panel(_("To write for councils"), COUNCIL_TABLE, written, icon="ballot"),
            *_rows_panel(_("My drafts"), DRAFTS_TABLE, drafts, icon="pencil"),
        ]
    context = {"title": _("My work"), "figures": _figures(work, [*written, *answers], papers), "panels": panels}
    return render(request, "generic/dashboard.html", context)


def _figures(work: Work, written: Sequence[Paperwork], papers: Sequence[Document]) -> list[Figure]:
    today = clock.today()
    late = work.late + sum(1 for one in written if one.due_on and one.due_on < today)
    figures = [
        Figure(_("Waiting for me"), work.total + len(written), tone=Tone.INFO),
        Figure(_("Overdue"), late, tone=Tone.DANGER if late else Tone.SUCCESS),
    ]
    if papers:
        count = f"{SHOWN_PAPERS}+" if len(papers) == SHOWN_PAPERS else len(papers)
        figures.insert(0, Figure(_("Papers that wait for me"), count, tone=Tone.INFO))
    largest = sorted(work.counts.items(), key=lambda item: -item[1])[:2]
    return [*figures, *(Figure(subjects[name].lifecycle.title, count) for name, count in largest)]


def _work_panel(work: Work) -> Panel:
    context = {"table": TABLE.bind(work.page.object_list), "page": work.page}
    return Panel(_("What waits for me"), "portal/_work.html", context, flush=True, wide=True, icon="clock")


def _rows_panel(title: StrOrPromise, table: Table, rows: Sequence[Any], icon: str) -> list[Panel]:
    """A table that is shown only when it has rows."""
    context = {"table": table.bind(rows)}
    return [Panel(title, "components/table.html", context, flush=True, wide=True, icon=icon)] if rows else []


def _papers(user: Any) -> list[Document]:
    return list(documents_awaiting(user).order_by("prepared_at")[:SHOWN_PAPERS])


def _papers_panel(papers: Sequence[Document]) -> list[Panel]:
    """Drafts that wait for the reader's agreement, or for number and date; issued papers that he is asked about."""
    lines = [
        DocumentLine(
            title=paper.heading,
            url=paper.get_absolute_url(),
            number=paper.symbol,
            on=paper.numbered_on,
            status=Badge(_("To answer"), Tone.WARNING) if paper.is_issued else badge_of(paper),
            note=paper.get_kind_display(),
        )
        for paper in papers
    ]
    title = _("Papers that wait for me")
    return [Panel(title, "components/documents.html", {"documents": lines}, icon="document")] if lines else []
