"""The registers of outgoing and incoming papers by month, on the page and printed (Decree 30/2020/NĐ-CP).

Article 16.2.b: the outgoing register is printed with all its fields. Article 22.2: incoming papers have numbers of
their own.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Action, Crumb, Tab

from .kinds import Series
from .models import Document
from .render import render_pdf
from .selectors import recipients_of, register_of
from .tables import INCOMING, REGISTER

FIRST_YEAR, LAST_YEAR, MONTHS = 2000, 2100, range(1, 13)
TITLES = {False: _("Register of outgoing papers"), True: _("Register of incoming papers")}


@screen("documents.register", kind=PageKind.OTHER)
def register_now(request: HttpRequest) -> HttpResponseBase:
    """The register of the present month."""
    today = clock.today()
    return redirect(register_url("register-month", today.year, today.month, incoming=_incoming(request)))


@screen("documents.register", kind=PageKind.LIST)
def register_month(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """One month of the register: ten fields of outgoing papers, nine of incoming ones."""
    incoming, rows = _incoming(request), _rows(request, year, month)

    def url(name: str, to_year: int, to_month: int) -> str:
        return register_url(name, to_year, to_month, incoming=incoming)

    return listing(
        request,
        rows,
        None,
        INCOMING if incoming else REGISTER,
        title=f"{TITLES[incoming]} {month:02d}/{year}",
        tabs=[Tab(f"{one:02d}", url("register-month", year, one), current=one == month) for one in MONTHS],
        crumbs=[Crumb(gettext("Documents"), reverse("documents:document-list"))],
        actions=[
            Action(gettext("Print"), url("register-print", year, month), icon="download", primary=True),
            Action(
                TITLES[not incoming], register_url("register-month", year, month, incoming=not incoming), icon="book"
            ),
            Action(str(year - 1), url("register-month", year - 1, 12), icon="chevron-left"),
            Action(str(year + 1), url("register-month", year + 1, 1), icon="chevron-right"),
        ],
    )


@screen("documents.register", kind=PageKind.OTHER)
def register_print(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """The same month as a PDF, in Vietnamese as the law wants it."""
    incoming = _incoming(request)
    papers = [{"paper": one, "recipients": recipients_of(one)} for one in _rows(request, year, month)]
    name = "incoming_register" if incoming else "register"
    with translation.override("vi"):
        html = render_to_string(f"letters/{name}.html", {"rows": papers, "year": year, "month": month})
    try:
        pdf = render_pdf(html, identifier=f"{name}-{year}-{month:02d}")
    except (ImportError, OSError):
        return render(request, "documents/pdf_off.html", {"title": TITLES[incoming]}, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}-{year}-{month:02d}.pdf"'
    return response


def register_url(name: str, *month: int, incoming: bool) -> str:
    """The address of one of the two registers."""
    found = reverse(f"documents:{name}", args=month)
    return f"{found}?register={Series.INCOMING.value}" if incoming else found


def _incoming(request: HttpRequest) -> bool:
    return request.GET.get("register") == Series.INCOMING


def _rows(request: HttpRequest, year: int, month: int) -> QuerySet[Document]:
    if not FIRST_YEAR <= year <= LAST_YEAR or month not in MONTHS:
        raise Http404
    user: Any = request.user
    return register_of(user, year, month, incoming=_incoming(request))
