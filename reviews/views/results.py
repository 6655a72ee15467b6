"""After the count: the sheet, the ballots by name, conclusions, and the estimate of an appraisal."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from core.people.screens import PageKind, screen
from core.ui.cells import Kind
from core.ui.parts import Fact, Panel
from core.ui.tables import Column, Table
from proposals.models import BudgetLine, Dossier
from reviews import services
from reviews.forms.ballots import CRITERIA
from reviews.forms.results import AppraisalForm, ConclusionForm
from reviews.lifecycle import CouncilKind
from reviews.models import AgendaItem, AppraisalLine, Council
from reviews.selectors.agenda import items_of
from reviews.selectors.ballots import ballots_of
from reviews.selectors.results import criterion_rows, level_rows
from reviews.services.sealing import is_intact

from . import content, room, words
from .answers import FORM, acting, answer, crumbs

FACTS, TABLE = "components/facts.html", "components/table.html"
CRITERIA_TABLE = Table(
    caption=gettext_lazy("Points by criterion"),
    columns=[
        Column("label", gettext_lazy("Criterion"), Kind.TITLE),
        Column("maximum", gettext_lazy("At most"), Kind.NUMBER),
        Column("mean", gettext_lazy("Mean"), Kind.NUMBER, value=lambda row: words.decimal(row["mean"])),
        Column("lowest", gettext_lazy("Lowest"), Kind.NUMBER),
        Column("highest", gettext_lazy("Highest"), Kind.NUMBER),
    ],
)
LEVEL_TABLE = Table(
    caption=gettext_lazy("Levels by product"),
    columns=[
        Column("label", gettext_lazy("Product and criterion"), Kind.TITLE, note=lambda row: CRITERIA[row["criterion"]]),
        Column("excellent", gettext_lazy("Exceeds the order"), Kind.NUMBER),
        Column("passed", gettext_lazy("Meets the order"), Kind.NUMBER),
        Column("failed", gettext_lazy("Below the order"), Kind.NUMBER),
    ],
)


@screen("see_counts", Council, kind=PageKind.DETAIL)
@require_GET
def council_counts(request: HttpRequest, council: Council) -> HttpResponse:
    """The count sheet: numbers of every item, never a name."""
    items = [item for item in items_of(council) if item.takes_ballots]
    criteria = criterion_rows(council) if council.kind == CouncilKind.SELECTION else {}
    levels = level_rows(council) if council.kind == CouncilKind.ACCEPTANCE else {}
    panels = [panel for item in items for panel in _count_panels(item, criteria, levels)]
    intact = is_intact(council)
    seal = [
        Fact(_("Seal of the ballots"), words.in_blocks(council.seal)),
        Fact(_("State of the seal"), _intact_words(intact)),
    ]
    panels.append(Panel(_("Seal"), FACTS, {"facts": seal}, icon="lock"))
    context = {"title": _("Count of the ballots"), "panels": panels, "crumbs": crumbs(council), "lead": council.title}
    return render(request, "reviews/panels.html", context)


def _intact_words(intact: bool) -> str:  # noqa: FBT001
    return _("unbroken: the ballots are those that were counted") if intact else _("BROKEN: a ballot was changed")


def _count_panels(item: AgendaItem, criteria: dict[int, Any], levels: dict[int, Any]) -> Iterable[Panel]:
    facts = [
        Fact(_("Title"), item.title),
        Fact(pgettext("council", "Result"), words.outcome(item), "badge"),
        Fact(_("Members present"), str(item.present)),
        Fact(_("Ballots issued, returned, valid"), f"{item.issued} · {item.returned} · {item.valid}"),
        *_own_figures(item),
        *(Fact(_("Note"), line) for line in words.flag_words(item.flags)),
    ]
    yield Panel(item.subject.code, FACTS, {"facts": facts}, icon="ballot")
    for table, rows in ((CRITERIA_TABLE, criteria), (LEVEL_TABLE, levels)):
        if rows.get(item.pk):
            yield Panel(table.caption, TABLE, {"table": table.bind(rows[item.pk])}, flush=True, icon="chart")


def _own_figures(item: AgendaItem) -> list[Fact]:
    if item.proposal_id:
        return [Fact(_("Agree, disagree"), f"{item.agree} · {item.disagree}")]
    if item.dossier_id:
        rank = str(item.rank or "–")
        return [
            Fact(_("Host organisation"), item.seen_by_host),
            Fact(_("Mean"), words.decimal(item.mean_hundredths)),
            Fact(_("Rank"), rank),
        ]
    return [Fact(_("Grade"), item.get_grade_display())]


@screen("see_names", Council, kind=PageKind.DETAIL)
@require_GET
def council_ballots(request: HttpRequest, council: Council) -> HttpResponse:
    """Every ballot with its name: for the chair, the secretary of the council, the head of division, the inspector."""
    rows = ballots_of(council).select_related("item__proposal", "item__dossier__order", "item__task", "seat__user")
    if council.kind != CouncilKind.IDENTIFICATION:
        product = council.kind == CouncilKind.ACCEPTANCE
        rows = rows.prefetch_related("lines__product" if product else "lines")
    panels = [
        Panel(
            f"{ballot.item.subject.code} · {ballot.seat.user}",
            FACTS,
            {"facts": content.facts_of(ballot)},
            icon="ballot",
        )
        for ballot in rows.order_by("item__sequence", "seat__pk")
    ]
    context = {"title": _("Ballots by name"), "panels": panels, "crumbs": crumbs(council), "lead": council.title}
    return render(request, "reviews/panels.html", context)


@screen("conclude", Council)
@require_GET
def council_conclusions(request: HttpRequest, council: Council) -> HttpResponse:
    """Every item with its conclusion, as far as it is written."""
    points = [
        room.Point(
            item.title,
            bool(item.conclusion or item.remarks),
            item.conclusion or item.subject.code,
            reverse("reviews:item-conclude", args=[item.code]),
        )
        for item in items_of(council)
    ]
    panels = [room.points_panel(_("Conclusions"), points)]
    context = {"title": _("Conclusions"), "panels": panels, "crumbs": crumbs(council), "lead": council.title}
    return render(request, "reviews/panels.html", context)


@screen("conclude", AgendaItem)
@FORM
def item_conclude(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    form = ConclusionForm(request.POST or None, item=item, equals=_equals(item))

    def act() -> None:
        services.write_conclusion(item, actor=acting(request), **form.facts())

    return answer(
        request,
        form,
        act,
        title=_("Conclusion on %(code)s") % {"code": item.subject.code},
        lead=item.title,
        submit_label=_("Save"),
        done=_("The conclusion is saved."),
        back=reverse("reviews:council-conclusions", args=[item.council.code]),
        panels=list(_count_panels(item, {}, {})) if item.counted_at else [],
        crumbs=crumbs(item.council),
    )


def _equals(item: AgendaItem) -> list[Dossier]:
    """The dossiers that the ballots left equal in front, when an order has several."""
    if not item.order_id:
        return []
    rows = AgendaItem.objects.filter(council=item.council_id, dossier__order=item.order_id)
    tied = [row for row in rows.select_related("dossier__host") if "tie" in row.flags]
    return [row.dossier for row in tied if row.dossier is not None]


@screen("appraise", AgendaItem)
@FORM
def item_appraise(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    lines = list(BudgetLine.objects.filter(dossier=item.dossier_id).order_by("sequence"))
    decided = {line.budget_line_id: line for line in AppraisalLine.objects.filter(item=item)}
    form = AppraisalForm(request.POST or None, lines=lines, decided=decided)
    return answer(
        request,
        form,
        lambda: services.appraise(item, form.granted(), actor=acting(request)),
        title=_("Appraisal of the estimate"),
        lead=item.title,
        submit_label=_("Save"),
        done=_("The appraisal is saved."),
        back=item.council.get_absolute_url(),
        panels=[_asked(lines)],
        crumbs=crumbs(item.council),
    )


ASKED = Table(
    caption=gettext_lazy("Estimate of the host"),
    columns=[
        Column(
            "item",
            gettext_lazy("Item"),
            Kind.TITLE,
            value=lambda line: line.get_item_display(),
            note=lambda line: line.note,
        ),
        Column("requested_state_vnd", gettext_lazy("State budget (đồng)"), Kind.MONEY),
        Column("requested_other_vnd", gettext_lazy("Other sources (đồng)"), Kind.MONEY),
    ],
)


def _asked(lines: list[BudgetLine]) -> Panel:
    return Panel(_("Estimate of the host"), TABLE, {"table": ASKED.bind(lines)}, flush=True, icon="money")
