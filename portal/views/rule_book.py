"""The rule book: every number that a step obeys, where it is written, and whether somebody still has to confirm it."""

from itertools import groupby
from operator import attrgetter

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from core import clock
from core.people.screens import PageKind, screen
from core.regulations.book import Parameter, Regulation, Status
from core.regulations.legal import LegalBasis, library
from core.regulations.selectors import UnknownRuleError, parameter, regulation, regulation_for, regulations
from core.regulations.wording import anchor_label, chapter_label, label, status_label, value_text
from core.ui.cells import Kind
from core.ui.parts import Badge, Figure, Panel, Tab, Tone
from core.ui.tables import Column, Table

TONES = {Status.CONFIRMED: Tone.SUCCESS, Status.TO_CONFIRM: Tone.WARNING}


def _standing(one: Parameter | LegalBasis) -> Badge:
    return Badge(status_label(one.status), TONES[one.status])


def _national(one: Parameter) -> str:
    """What the book says where the province has decided otherwise."""
    general = regulation(one.regulation).parameters[one.key]
    if general == one:
        return ""
    return gettext("The province decided so; otherwise: %(value)s") % {"value": value_text(general)}


RULES = Table(
    caption=_("Rules"),
    columns=[
        Column("key", _("Rule"), value=lambda one: label(one.key), note=lambda one: one.key),
        Column("value", _("Value"), value=value_text, note=_national),
        Column("source", _("Written in")),
        Column("status", _("Confirmed?"), Kind.BADGE, value=_standing),
        Column("anchor", _("Chosen by the date of"), value=lambda one: anchor_label(one.anchor)),
    ],
)
BASES = Table(
    caption=_("Legal bases"),
    columns=[
        Column("citation", _("Document"), Kind.TITLE),
        Column("valid_from", _("Cited from"), Kind.DATE),
        Column("valid_to", _("Cited until"), Kind.DATE),
        Column("status", _("Confirmed?"), Kind.BADGE, value=_standing),
    ],
)


@screen("portal.rules", kind=PageKind.OTHER)
@require_GET
def rules_in_force(request: HttpRequest) -> HttpResponseBase:
    """The rules for what is approved today."""
    return redirect("portal:rule-book", regulation_for(clock.today()))


@screen("portal.rules", kind=PageKind.OTHER)
@require_GET
def rule_book(request: HttpRequest, version: str) -> HttpResponse:
    """One version of the law, chapter by chapter, as the province has it today."""
    try:
        book = regulation(version)
    except UnknownRuleError as unknown:
        raise Http404 from unknown
    rules = [parameter(key, book.code) for key in book.parameters]
    context = {
        "title": _("Rule book"),
        "lead": _period(book),
        "tabs": [Tab(one.title, _address(one), current=one is book) for one in reversed(regulations())],
        "figures": _figures(rules),
        "notes": [{"tone": Tone.WARNING, "title": _("Before real use"), "text": _must_read(book)}],
        "panels": [*_chapters(rules), _bases(book)],
    }
    return render(request, "generic/dashboard.html", context)


def _address(book: Regulation) -> str:
    return reverse("portal:rule-book", args=[book.code])


def _must_read(book: Regulation) -> str:
    return gettext("Somebody must read in full: %(documents)s; and confirm each rule.") % {
        "documents": ", ".join(book.must_read)
    }


def _period(book: Regulation) -> str:
    begun = date_format(book.effective_from)
    if book.effective_to is None:
        return gettext("For what was approved from %(begun)s.") % {"begun": begun}
    ended = date_format(book.effective_to)
    return gettext("For what was approved from %(begun)s until %(ended)s.") % {"begun": begun, "ended": ended}


def _figures(rules: list[Parameter]) -> list[Figure]:
    confirmed = sum(one.is_confirmed for one in rules)
    return [
        Figure(_("Rules"), len(rules)),
        Figure(_("Confirmed"), confirmed, tone=Tone.SUCCESS, note=_("a step that breaks one is refused")),
        Figure(
            _("To be confirmed"),
            len(rules) - confirmed,
            tone=Tone.WARNING,
            note=_("a step that breaks one asks for a reason, which is recorded"),
        ),
    ]


def _chapters(rules: list[Parameter]) -> list[Panel]:
    """The chapters in the order of the book."""
    return [
        Panel(chapter_label(chapter), "components/table.html", {"table": RULES.bind(found)}, flush=True, wide=True)
        for chapter, found in groupby(rules, attrgetter("chapter"))
    ]


def _bases(book: Regulation) -> Panel:
    """The documents that papers of the version may cite."""
    cited = [one for one in library().documents.values() if not one.regulations or book.code in one.regulations]
    rows = sorted(cited, key=lambda one: (one.rank, one.issued_on))
    return Panel(_("Legal bases"), "components/table.html", {"table": BASES.bind(rows)}, flush=True, wide=True)
