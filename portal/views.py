"""Home: what I hold, since when, until when; and the papers that wait for me."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from core import clock
from core.documents.selectors import documents_awaiting
from core.people.screens import screen
from core.ui.cells import Kind
from core.ui.parts import Badge, DocumentLine, Due, Figure, Panel, Tone
from core.ui.tables import Column, Table
from core.workflow.registry import subjects

from .selectors import Duty, Work, work_of

SHOWN_PAPERS = 20
TABLE = Table(
    caption=_("What waits for me"),
    empty=_("Nothing waits for you."),
    columns=[
        Column("code", _("Code"), Kind.CODE, url=lambda duty: duty.get_absolute_url()),
        Column("heading", _("Title"), Kind.TITLE, note=lambda duty: str(duty.kind_label)),
        Column("state_label", _("State")),
        Column("state_since", _("Since"), Kind.DATE, value=lambda duty: clock.local(duty.state_since).date()),
        Column("due_on", _("Due"), Kind.DEADLINE, value=lambda duty: Due(due_on=duty.due_on)),
    ],
)


@screen("portal.home")
def home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    work = work_of(user)
    panels = [_work_panel(work), *_paper_panels(user)]
    context = {"title": _("My work"), "figures": _figures(work), "panels": panels}
    return render(request, "generic/dashboard.html", context)


def _figures(work: Work) -> list[Figure]:
    today = clock.today()
    late = sum(1 for duty in work.duties if duty.due_on and duty.due_on < today)
    figures = [
        Figure(_("Waiting for me"), work.total, tone=Tone.INFO),
        Figure(_("Overdue"), late, tone=Tone.DANGER if late else Tone.SUCCESS),
    ]
    largest = sorted(work.counts.items(), key=lambda item: -item[1])[:2]
    return [*figures, *(Figure(subjects[name].lifecycle.title, count) for name, count in largest)]


def _work_panel(work: Work) -> Panel:
    duties: list[Duty] = list(work.duties)
    context = {"table": TABLE.bind(duties)}
    return Panel(_("What waits for me"), "components/table.html", context, flush=True, wide=True, icon="clock")


def _paper_panels(user: Any) -> list[Panel]:
    """Drafts that wait for the reader's agreement, or for number and date."""
    papers = [
        DocumentLine(
            title=paper.about,
            url=paper.get_absolute_url(),
            status=Badge(_("Agreed"), Tone.SUCCESS) if paper.endorsed_at else Badge(_("Draft"), Tone.NEUTRAL),
            note=paper.get_kind_display(),
        )
        for paper in documents_awaiting(user).order_by("prepared_at")[:SHOWN_PAPERS]
    ]
    if not papers:
        return []
    return [Panel(_("Papers that wait for me"), "components/documents.html", {"documents": papers}, icon="document")]
