"""Home: what to decide, what to prepare, what can wait; and the papers, ballots and drafts besides."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core import clock
from core.people.roles import Role
from core.people.screens import PageKind, screen
from core.people.selectors import has_role
from core.ui import navigation
from core.ui.paging import PARAMETER
from core.ui.parts import Action, Crumb, Figure, Panel, Tone
from core.ui.tables import Table
from core.workflow.waiting import Stage
from portal.selectors import (
    Fact,
    Work,
    answers_of,
    ballots_of,
    conclusions_of,
    declarations_of,
    drafts_of,
    duties,
    late_drafts,
    open_calls,
    page_of,
    work_of,
)

from . import tables
from .papers import number_figures, paper_figure, paper_panels, papers_of

# So many rows of each part stand on the first page; the rest is one click away.
SHOWN_ROWS = 10
SHOW, LATE = "show", "late"
TITLES: dict[str, StrOrPromise] = {
    Stage.DECIDE: _("To decide"),
    Stage.PREPARE: _("To prepare"),
    Stage.LATER: _("Later"),
    LATE: _("Overdue"),
}


@screen("portal.home", kind=PageKind.DASHBOARD)
def home(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    work, shown = work_of(user), request.GET.get(SHOW, "")
    if shown in TITLES:
        return _one_part(request, _facts(user, work, shown), shown)
    return _all_parts(request, user, work)


def _one_part(request: HttpRequest, facts: Sequence[Fact], shown: str) -> HttpResponse:
    """Everything that one figure counts, page by page."""
    page = page_of(facts, request.GET.get(PARAMETER))
    context = {"table": tables.WORK.bind(page.object_list), "page": page}
    panels = [Panel(TITLES[shown], "portal/_work.html", context, flush=True, wide=True, icon="clock")]
    crumbs = [Crumb(_("My work"), "/")]
    return render(request, "generic/dashboard.html", {"title": TITLES[shown], "panels": panels, "crumbs": crumbs})


def _facts(user: Any, work: Work, shown: str) -> Sequence[Fact]:
    return [*late_drafts(drafts_of(user)), *work.late] if shown == LATE else work.of(shown)


def _all_parts(request: HttpRequest, user: Any, work: Work) -> HttpResponse:
    ballots, answers, drafts = ballots_of(user), answers_of(user), drafts_of(user)
    declared = declarations_of(user)
    conclusions = [one for one in conclusions_of(user) if one.code not in work.codes]
    papers = papers_of(user)
    found = [
        *paper_panels(papers),
        *_rows_panel(_("Conflict of interest to declare"), tables.DECLARATIONS, declared, icon="flag"),
        *_rows_panel(_("Ballots to cast"), tables.BALLOTS, ballots, icon="ballot"),
        *_work_panels(work),
        *_rows_panel(_("For my answer"), tables.ANSWERS, answers, icon="check"),
        *_rows_panel(_("Conclusions to write"), tables.CONCLUSIONS, conclusions, icon="ballot"),
        *_rows_panel(_("My drafts"), tables.DRAFTS, [one for one in drafts if one.is_mine], icon="pencil"),
        *_rows_panel(
            _("Drafts of my organisation"), tables.OTHERS, [one for one in drafts if not one.is_mine], icon="pencil"
        ),
        *_rows_panel(_("Open calls"), tables.CALLS, open_calls(user), icon="inbox"),
    ]
    figures = [
        *([paper_figure(papers)] if papers else []),
        *number_figures(user),
        *_figures(work, len(ballots), len(answers) + len(conclusions) + len(declared)),
        _overdue(len(work.late) + len(late_drafts(drafts))),
    ]
    panels = found or [_nothing_panel(request)]
    context = {"title": _("My work"), "notes": calendar_notes(user), "figures": figures, "panels": panels}
    return render(request, "generic/dashboard.html", context)


def calendar_notes(user: Any) -> list[dict[str, StrOrPromise]]:
    """Tells the administrator for which years nobody has entered yet what was announced about days off."""
    years = clock.missing_years(clock.today()) if has_role(user, Role.SYSTEM_ADMINISTRATOR) else []
    text = gettext(
        "Enter what was announced into the file of days off; until then deadlines in that year are estimates."
    )
    title = gettext("The exchanged days off of %(year)s are missing")
    return [{"tone": Tone.WARNING, "title": title % {"year": year}, "text": text} for year in years]


def _figures(work: Work, ballots: int, written: int) -> list[Figure]:
    """Each with a link to what it counts; what is nought is left out."""
    counted = [
        Figure(_("Ballots to cast"), ballots, tone=Tone.WARNING, url="#board"),
        Figure(TITLES[Stage.DECIDE], len(work.of(Stage.DECIDE)), url=_address(Stage.DECIDE)),
        Figure(TITLES[Stage.PREPARE], len(work.of(Stage.PREPARE)), url=_address(Stage.PREPARE)),
        Figure(_("To write or to answer"), written, url="#board"),
    ]
    return [figure for figure in counted if figure.value]


def _overdue(late: int) -> Figure:
    """What is late, also when it is nothing."""
    return Figure(TITLES[LATE], late, tone=Tone.DANGER if late else Tone.SUCCESS, url=_address(LATE) if late else "")


def _address(shown: str) -> str:
    return f"?{SHOW}={shown}"


def _work_panels(work: Work) -> list[Panel]:
    """What is to be decided and to be prepared now, and folded below it what rests."""
    stages = (Stage.DECIDE, Stage.PREPARE, Stage.LATER)
    parts = {stage: work.of(stage) for stage in stages}
    rows = dict(zip(stages, duties(*(parts[stage][:SHOWN_ROWS] for stage in stages)), strict=True))
    found = []
    for stage in stages:
        if rows[stage]:
            context = {
                "table": tables.BY_STAGE[stage].bind(rows[stage]),
                "total": len(parts[stage]),
                "more": _address(stage) if len(parts[stage]) > SHOWN_ROWS else "",
                "folded": stage == Stage.LATER,
            }
            found.append(Panel(TITLES[stage], "portal/_part.html", context, flush=True, wide=True, icon="clock"))
    return found


def _rows_panel(title: StrOrPromise, table: Table, rows: Sequence[Any], icon: str) -> list[Panel]:
    """A table that is shown only when it has rows."""
    context = {"table": table.bind(rows)}
    return [Panel(title, "components/table.html", context, flush=True, wide=True, icon=icon)] if rows else []


def _nothing_panel(request: HttpRequest) -> Panel:
    """Nothing waits: where this person may read and work instead."""
    links = [*navigation.links_for(request, "main"), *navigation.links_for(request, "user")]
    actions = [Action(link.label, link.url, icon=link.icon) for link in links if not link.current]
    return Panel(_("Nothing waits for you."), "portal/_nothing.html", {"actions": actions}, wide=True, icon="check")
