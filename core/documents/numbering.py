"""Number and date: drawn here, or entered as the issuing body's own register gave them."""

from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.numbers.models import NumberSeries, Source
from core.numbers.services import NumberRefused, draw, register_external
from core.people.models import Organisation
from core.people.models.organisation import OrganisationKind

from .frame import symbol_of
from .kinds import Series
from .models import Document


def source_of(body: Organisation, series: str, year: int) -> Source:
    """Who keeps this register: as set for the body and year; else the committee keeps its outgoing one itself."""
    kept = NumberSeries.objects.filter(body_code=body.code, year=year, name=series).first()
    if kept is not None:
        return Source(kept.source)
    outside = body.kind == OrganisationKind.PPC and series == Series.OUTGOING
    return Source.EXTERNAL if outside else Source.OWN


def last_known(document: Document, year: int) -> Document | None:
    """The paper with the greatest number that this system knows of the document's register in a year."""
    rows = Document.objects.filter(body=document.body, series=document.series, year=year, number__isnull=False)
    return rows.order_by("-number").first()


def give_number(document: Document, *, number: int | None, on: date) -> None:
    """Set number, symbol, date, year and source on the instance (not saved).

    Raises NumberRefused for a number typed into a register kept here, a missing one of a register kept elsewhere, a
    symbol that another paper bears, a day before the last number's or in the future.
    """
    source = source_of(document.body, document.series, on.year)
    if source == Source.OWN and number is not None:
        raise NumberRefused(_("The numbers of this series are drawn here: they cannot be entered by hand."))
    if source == Source.EXTERNAL:
        number = _external(document, number, on)
    else:
        number = draw(document.body.code, document.series, on)
    document.number, document.symbol = number, symbol_of(document, number, on)
    document.numbered_on, document.year, document.source = on, on.year, source
    document.numbered_at = clock.now()


def _external(document: Document, number: int | None, on: date) -> int:
    if number is None:
        raise NumberRefused(_("The issuing body numbers this series itself: enter the number it gave."))
    if on > clock.today():
        raise NumberRefused(_("A number cannot be drawn for a day that has not come."))
    register_external(document.body.code, document.series, number, on)
    symbol = symbol_of(document, number, on)
    if Document.objects.filter(body=document.body, year=on.year, symbol=symbol).exists():
        raise NumberRefused(_("%(symbol)s already stands on another paper of this year.") % {"symbol": symbol})
    return number
