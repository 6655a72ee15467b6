"""The register of issued papers by month, on the page and printed (Decree 30/2020/NĐ-CP, Article 16.2.b)."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from core import clock
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Action, Crumb, Tab

from .models import Document
from .render import render_pdf
from .selectors import register_of
from .tables import REGISTER

FIRST_YEAR, LAST_YEAR, MONTHS = 2000, 2100, range(1, 13)


@screen("documents.register", kind=PageKind.OTHER)
def register_now(request: HttpRequest) -> HttpResponseBase:
    """The register of the present month."""
    today = clock.today()
    return redirect("documents:register-month", today.year, today.month)


@screen("documents.register", kind=PageKind.LIST)
def register_month(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """One month of the register with its ten fields."""
    rows = _rows(request, year, month)
    return listing(
        request,
        rows,
        None,
        REGISTER,
        title=_("Register %(month)s/%(year)s") % {"month": f"{month:02d}", "year": str(year)},
        tabs=[Tab(f"{one:02d}", _url("register-month", year, one), current=one == month) for one in MONTHS],
        crumbs=[Crumb(_("Documents"), reverse("documents:document-list"))],
        actions=[
            Action(_("Print"), _url("register-print", year, month), icon="download", primary=True),
            Action(str(year - 1), _url("register-month", year - 1, 12), icon="chevron-left"),
            Action(str(year + 1), _url("register-month", year + 1, 1), icon="chevron-right"),
        ],
    )


@screen("documents.register", kind=PageKind.OTHER)
def register_print(request: HttpRequest, year: int, month: int) -> HttpResponseBase:
    """The same month as a PDF, in Vietnamese as the law wants it."""
    papers = list(_rows(request, year, month))
    with translation.override("vi"):
        html = render_to_string("letters/register.html", {"papers": papers, "year": year, "month": month})
    try:
        pdf = render_pdf(html, identifier=f"register-{year}-{month:02d}")
    except (ImportError, OSError):
        return render(request, "documents/pdf_off.html", {"title": _("Register of outgoing papers")}, status=503)
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="register-{year}-{month:02d}.pdf"'
    return response


def _rows(request: HttpRequest, year: int, month: int) -> QuerySet[Document]:
    if not FIRST_YEAR <= year <= LAST_YEAR or month not in MONTHS:
        raise Http404
    user: Any = request.user
    return register_of(user, year).filter(numbered_on__month=month)


def _url(name: str, year: int, month: int) -> str:
    return reverse(f"documents:{name}", args=[year, month])
