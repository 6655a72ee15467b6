"""The books of one task, for the fund and for inspection."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from core.people.policy import visible_to
from core.people.screens import PageKind, screen
from core.ui.formatting import short_vnd
from core.ui.listing import listing
from core.ui.parts import Figure, Tone
from funds.choices import Bucket
from funds.models import YearEstimate
from funds.selectors.books import Books, books_of
from funds.selectors.grants import with_rights
from funds.selectors.lists import transfers_of
from tasks.models import Task

from . import tables
from .common import acting, crumbs_to, require_GET, table_panel


@screen("see_ledger", Task, kind=PageKind.DETAIL, related=("host",))
@require_GET
def ledger_detail(request: HttpRequest, task: Task) -> HttpResponse:
    """What lies where, the estimates granted, every transfer."""
    estimates = visible_to(request.user, YearEstimate).filter(task=task)
    granted = with_rights(estimates, acting(request))
    return listing(
        request,
        transfers_of(task),
        None,
        tables.TRANSFERS,
        template="funds/ledger_detail.html",
        title=_("Ledger"),
        code=task.code,
        lead=task.title,
        figures=_figures(books_of(task)),
        panels=[table_panel(_("Year estimates"), tables.ESTIMATES, granted, icon="calendar")],
        crumbs=crumbs_to(task),
    )


def _figures(books: Books) -> list[Figure]:
    tones = {Bucket.SETTLED: Tone.SUCCESS, Bucket.ADVANCED: Tone.WARNING, Bucket.RECOVERABLE: Tone.DANGER}
    return [
        Figure(bucket.label, short_vnd(amount), tone=tones.get(bucket, Tone.INFO))
        for bucket in Bucket
        if (amount := books.lies_in(bucket))
    ]
