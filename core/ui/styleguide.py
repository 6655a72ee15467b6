"""The pages of the style guide: every component in every state, without any room and without the database."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.ui import samples
from core.ui.parts import Action, Crumb, Due, Panel, RefusalLine, Tab, Tone, panels_by_slot


def crumbs() -> list[Crumb]:
    """The way here."""
    return [
        Crumb(_("Style guide"), reverse("ui:styleguide")),
        Crumb(_("Tasks"), reverse("ui:styleguide-page", args=["list"])),
    ]


def components_page(request: HttpRequest) -> dict[str, Any]:
    """Everything on one page."""
    wrong = samples.SampleForm({"title": "", "amount": "1.5 tỷ", "starts_on": "", "key": "x"})
    return {
        "title": _("Style guide"),
        "lead": _("Every component in every state, with invented data."),
        "actions": samples.actions(),
        "crumbs": crumbs(),
        "figures": samples.figures(),
        "statuses": samples.STATUSES,
        "tones": list(Tone),
        "tabs": [Tab(label, reverse("ui:styleguide-page", args=[page]), count=3) for page, label in LINKS.items()],
        "steps": samples.STEPS,
        "dues": [
            Due("Trần Minh Khoa", samples.day(-7), samples.day(-2)),
            Due(_("Fund officer"), samples.day(-1), samples.day(2)),
            Due(samples.HOSTS[1], samples.day(0), samples.day(15)),
            Due(samples.HOSTS[0], samples.day(-3)),
        ],
        "refusals": samples.refusals(),
        "refused": [Action(_("Pay the instalment"), "#", refusal=_("The report of the first period is not accepted."))],
        "panels": samples.panels(),
        "table": samples.TABLE.bind(samples.rows(4), request.GET),
        "empty_table": samples.TABLE.bind([], request.GET),
        "form": wrong,
        **samples.charts(),
    }


def list_page(request: HttpRequest) -> dict[str, Any]:
    """A list."""
    rows = samples.rows(131)
    page = Paginator(rows, 25).get_page(request.GET.get("page"))
    table = samples.TABLE.bind(page.object_list, request.GET)
    filters = SimpleNamespace(form=samples.FilterForm(request.GET or None))
    export = Action(_("Export to Excel"), "#", primary=True, icon="download")
    return {
        "title": _("Running tasks"),
        "figures": samples.figures(),
        "filters": filters,
        "page": page,
        "table": table,
        "actions": [export],
    }


def detail_page(request: HttpRequest) -> dict[str, Any]:
    """A record."""
    return {
        "title": samples.TITLES[0][1],
        "code": samples.TITLES[0][0],
        "badge": samples.STATUSES[4],
        "due": Due("Trần Minh Khoa", samples.day(-7), samples.day(2)),
        "steps": samples.STEPS,
        "actions": samples.actions(),
        "crumbs": crumbs(),
        "slots": panels_by_slot(samples.panels()),
    }


def form_page(request: HttpRequest) -> dict[str, Any]:
    """An empty form."""
    return {
        "title": _("Request an extension"),
        "form": samples.SampleForm(),
        "cancel_url": reverse("ui:styleguide"),
        "crumbs": crumbs(),
    }


def step_page(request: HttpRequest) -> dict[str, Any]:
    """A step to confirm."""
    return {
        "title": _("Accept the report"),
        "step_label": _("Accept the report"),
        "subject_code": samples.TITLES[0][0],
        "subject_title": samples.TITLES[0][1],
        "form": samples.SampleStepForm(reason_required=True),
        "warnings": [RefusalLine(_("The pass line is not confirmed by a person yet."), "Sổ quy tắc R2-2025")],
        "consequences": [_("The next instalment can be requested."), _("The host organisation is told.")],
        "cancel_url": reverse("ui:styleguide-page", args=["detail"]),
    }


def refused_page(request: HttpRequest) -> dict[str, Any]:
    """A step that is refused."""
    changes = {
        "title": _("Terminate"),
        "step_label": _("Terminate"),
        "refusals": samples.refusals(),
        "warnings": [],
        "danger": True,
    }
    return {**step_page(request), **changes}


def dashboard_page(request: HttpRequest) -> dict[str, Any]:
    """A first page."""
    drawn = samples.charts()
    shown = [
        Panel(_("Tasks by status"), "components/donut.html", {"chart": drawn["donut"]}),
        Panel(drawn["line_chart"].title, "components/line_chart.html", {"chart": drawn["line_chart"]}),
        Panel(
            _("My work"),
            "components/table.html",
            {"table": samples.TABLE.bind(samples.rows(5), None)},
            flush=True,
            wide=True,
            icon="tasks",
        ),
        Panel(_("Tasks by field"), "components/bars.html", {"chart": drawn["bars"]}),
        Panel(_("Money"), "components/money.html", {"lines": samples.money()}),
    ]
    return {"title": _("Monitoring of running tasks"), "figures": samples.figures(), "panels": shown}


LINKS = {
    "components": _("Components"),
    "list": _("List"),
    "detail": _("Record"),
    "form": _("Form"),
    "step": _("Step"),
    "refused": _("Refused step"),
    "dashboard": _("Dashboard"),
}
PAGES: dict[str, tuple[str, Callable[[HttpRequest], dict[str, Any]]]] = {
    "components": ("ui/styleguide.html", components_page),
    "list": ("generic/list.html", list_page),
    "detail": ("generic/detail.html", detail_page),
    "form": ("generic/form.html", form_page),
    "step": ("generic/step.html", step_page),
    "refused": ("generic/step.html", refused_page),
    "dashboard": ("generic/dashboard.html", dashboard_page),
}
