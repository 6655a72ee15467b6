"""Invented values for the style guide: enough to show every component in every state, without the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core import clock
from core.money import VND, VNDFormField
from core.ui.cells import Kind
from core.ui.charts import Bars, Donut, LineChart, Series, Slice
from core.ui.forms import DateField, KeyedForm, StepForm
from core.ui.parts import (
    Action,
    Badge,
    DocumentLine,
    Due,
    Entry,
    Fact,
    Figure,
    MoneyLine,
    Panel,
    Person,
    RefusalLine,
    Step,
    Tone,
)
from core.ui.tables import Column, Table

TITLES = (
    ("ĐT.2024.001", "Thiết kế, chế tạo hệ thống nuôi tôm thẻ chân trắng tuần hoàn", "TS. Vũ Đức Thịnh"),
    ("ĐT.2025.002", "Xây dựng mô hình dự báo xâm nhập mặn vùng hạ lưu", "PGS.TS. Lê Thu Hà"),
    ("DA.2025.014", "Hoàn thiện quy trình công nghệ bảo quản thanh long sau thu hoạch", "ThS. Phạm Quang Huy"),
    ("ĐT.2026.067", "Đánh giá hiệu quả xử lý nước thải làng nghề bằng vật liệu sinh học", "TS. Nguyễn Thị Ngọc Ánh"),
)
HOSTS = ("Trường Đại học Bình An", "Công ty CP Nông nghiệp Xanh", "Viện Nghiên cứu Tài nguyên nước")


def day(working_days: int) -> date:
    """A day so many working days from today."""
    return clock.add_working_days(clock.today(), working_days)


def instant(working_days: int) -> datetime:
    """A moment of such a day."""
    return clock.instant(day(working_days)).replace(hour=9, minute=30)


@dataclass(frozen=True)
class Row:
    """A row of the sample table."""

    code: str
    title: str
    investigator: str
    host: str
    status: Badge
    percent: int
    granted: VND
    due: Due


STATUSES = (
    Badge(_("On schedule"), Tone.SUCCESS),
    Badge(_("At risk"), Tone.WARNING),
    Badge(_("Overdue"), Tone.DANGER, "clock"),
    Badge(_("Draft"), Tone.NEUTRAL, "pencil"),
    Badge(_("Running"), Tone.INFO, "play"),
)


def rows(number: int) -> list[Row]:
    """So many rows."""
    return [
        Row(
            *TITLES[index % len(TITLES)],
            HOSTS[index % len(HOSTS)],
            STATUSES[index % len(STATUSES)],
            (index * 37 + 12) % 101,
            VND(2_257_000_000 + index * 41_500_000),
            Due(due_on=day((index % 4) * 9 - 6)),
        )
        for index in range(number)
    ]


def address_of(row: Row) -> str:
    """Every row leads to the same sample record."""
    return reverse("ui:styleguide-page", args=["detail"])


TABLE = Table(
    caption=_("Running tasks"),
    empty=_("No record matches the filter."),
    default_sort="code",
    columns=[
        Column(
            "code",
            _("Code"),
            Kind.CODE,
            url=address_of,
            sort=("code",),
        ),
        Column("title", _("Task"), Kind.TITLE, note=lambda row: row.investigator, sort=("title",)),
        Column("host", _("Host organisation"), on_phone=False),
        Column("status", _("Status"), Kind.BADGE),
        Column("percent", _("Progress"), Kind.PROGRESS),
        Column("granted", _("Granted (đồng)"), Kind.MONEY, sort=("granted",)),
        Column("due", _("Due"), Kind.DEADLINE, sort=("due",)),
    ],
)


class FilterForm(forms.Form):
    """The look of a filter form."""

    q = forms.CharField(
        label=_("Search by code, title or name"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    status = forms.ChoiceField(label=_("Status"), required=False, choices=[("", _("All")), ("running", _("Running"))])
    host = forms.ChoiceField(
        label=_("Host organisation"), required=False, choices=[("", _("All")), *((name, name) for name in HOSTS)]
    )
    overdue = forms.BooleanField(label=_("Overdue only"), required=False)


class SampleForm(KeyedForm):
    """One field of each kind."""

    title = forms.CharField(label=_("Title"), max_length=250, help_text=_("As it shall stand in the decision."))
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose one")), ("research", _("Research task"))])
    way = forms.ChoiceField(
        label=_("Way of assignment"),
        widget=forms.RadioSelect,
        choices=[("call", _("Selection call")), ("direct", _("Direct assignment"))],
    )
    amount = VNDFormField(
        label=_("Amount requested (đồng)"), minimum=1, help_text=_("Whole đồng, for example 1.285.500.000.")
    )
    starts_on = DateField(label=_("Start date"))
    narrative = forms.CharField(label=_("Objectives"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
    attachment = forms.FileField(label=_("Attachment"), required=False)
    confirmed = forms.BooleanField(label=_("The organisation has checked these facts"))


class SampleStepForm(StepForm):
    """A step with its paper channel."""

    paper = ("decided_by", "decided_on", "scan")

    decided_by = forms.CharField(label=_("Decided by"), required=False)
    decided_on = DateField(label=_("Decided on"), required=False)
    scan = forms.FileField(label=_("Signed paper"), required=False)


STEPS = [
    Step(_("Approved"), "done", "12/03/2026"),
    Step(_("Contracted"), "done", "02/04/2026"),
    Step(_("Running"), "current"),
    Step(_("Acceptance filed"), "next"),
    Step(_("At council"), "next"),
    Step(_("Registered"), "next"),
    Step(_("Recognised"), "next"),
    Step(_("Liquidated"), "next"),
    Step(_("Archived"), "next"),
]


def figures() -> list[Figure]:
    """Key figures in each tone."""
    return [
        Figure(
            _("Running tasks"),
            131,
            _("of all levels"),
            Tone.INFO,
            reverse("ui:styleguide-page", args=["list"]),
            "tasks",
        ),
        Figure(_("Overdue milestones"), 20, _("9 of them for more than 30 days"), Tone.DANGER, icon="clock"),
        Figure(_("Disbursed"), "49%", "106,0 / 215,6", Tone.SUCCESS, icon="money"),
        Figure(_("Reports to check"), 14, _("the next on 25/11/2026"), Tone.WARNING, icon="files"),
    ]


def actions() -> list[Action]:
    """A button of each kind."""
    step = reverse("ui:styleguide-page", args=["step"])
    return [
        Action(_("Accept the report"), step, primary=True, dialog=True, icon="check"),
        Action(_("Request an extension"), reverse("ui:styleguide-page", args=["form"]), icon="calendar"),
        Action(_("Terminate"), reverse("ui:styleguide-page", args=["refused"]), danger=True, dialog=True),
    ]


def entries() -> list[Entry]:
    """Events in each tone, one of them entered from paper."""
    return [
        Entry(
            _("Report returned for completion"),
            instant(-2),
            TITLES[0][2],
            text="Thiếu bảng kê chi tiết đợt 2.",
            tone=Tone.WARNING,
        ),
        Entry(
            _("Contract signed"),
            day(-30),
            "Trần Minh Khoa",
            "Hoàng Thị Mai",
            instant(-29),
            tone=Tone.SUCCESS,
            links=[Action("12/HĐ-SKHCN", "#")],
        ),
        Entry(_("Approved"), instant(-45), "Nguyễn Thị Ngọc Ánh", tone=Tone.INFO),
    ]


def panels() -> list[Panel]:
    """The panels of a detail page."""
    facts = [
        Fact(_("Code"), "ĐT.2024.001", "code"),
        Fact(_("Host organisation"), HOSTS[0]),
        Fact(_("Amount approved"), 2_257_000_000, "money"),
        Fact(_("Start date"), day(-160), "date"),
        Fact(_("Duration"), 24, "text"),
        Fact(_("Status"), STATUSES[0], "badge"),
        Fact(
            _("Objectives"),
            "Giảm 30% lượng nước thay trong một vụ nuôi.\nChuyển giao cho ba hợp tác xã ven biển.",
            "long",
        ),
        Fact(_("Scientific secretary"), ""),
    ]
    return [
        Panel(_("Facts"), "components/facts.html", {"facts": facts}, icon="info"),
        Panel(_("Money"), "components/money.html", {"lines": money()}, "money", icon="money"),
        Panel(_("Participants"), "components/people.html", {"people": people()}, "people", icon="users"),
        Panel(_("Documents"), "components/documents.html", {"documents": documents()}, "documents", icon="files"),
        Panel(_("History"), "components/timeline.html", {"entries": entries()}, "history", icon="history"),
    ]


def money() -> list[MoneyLine]:
    """Amounts with and without a bar."""
    whole = VND(2_257_000_000)
    return [
        MoneyLine(_("Contract value"), whole),
        MoneyLine(_("Paid"), VND(1_128_500_000), whole, Tone.SUCCESS),
        MoneyLine(_("Settled"), VND(620_000_000), whole, Tone.INFO),
        MoneyLine(_("Advance not settled"), VND(508_500_000), VND(1_128_500_000), Tone.WARNING),
    ]


def people() -> list[Person]:
    """People of a record."""
    return [
        Person("TS. Vũ Đức Thịnh", _("Principal investigator"), HOSTS[0]),
        Person("Trần Minh Khoa", _("Officer in charge"), note="0912"),
        Person("PGS.TS. Lê Thu Hà", _("Council member"), HOSTS[2], status=Badge(_("Absent"), Tone.WARNING)),
    ]


def documents() -> list[DocumentLine]:
    """Papers in each state."""
    return [
        DocumentLine(_("Approval decision"), "#", "214/QĐ-UBND", day(-45), Badge(_("Issued"), Tone.SUCCESS)),
        DocumentLine(_("Contract"), "#", "12/HĐ-SKHCN", day(-30), Badge(_("Issued"), Tone.SUCCESS)),
        DocumentLine(_("Contract annex"), status=Badge(_("Draft"), Tone.NEUTRAL, "pencil")),
    ]


def refusals() -> list[RefusalLine]:
    """Why a step is refused."""
    return [
        RefusalLine(_("The report of the first period is not accepted."), "Hợp đồng 12/HĐ-SKHCN, Điều 4"),
        RefusalLine(_("The advance of 508.500.000 đồng is not settled."), "TT 62/2020/TT-BTC, Điều 7"),
    ]


def charts() -> dict[str, Any]:
    """One chart of each kind."""
    shares = [
        Slice(_("On schedule"), 72, Tone.SUCCESS),
        Slice(_("At risk"), 29, Tone.WARNING),
        Slice(_("Overdue"), 20, Tone.DANGER, reverse("ui:styleguide-page", args=["list"])),
        Slice(_("Awaiting acceptance"), 10, Tone.INFO),
    ]
    spent = (4, 8, 14, 18, 28, 33, 41, 49, 57, 66, 71)
    planned = (5, 10, 16, 22, 30, 38, 47, 57, 66, 76, 86, 98)
    months = [str(month) for month in range(1, 13)]
    lines = [Series(_("Spent"), spent), Series(_("Planned"), planned, Tone.NEUTRAL, planned=True)]
    fields = [
        Slice("Nông nghiệp", 48),
        Slice("Kỹ thuật và công nghệ", 39),
        Slice("Y dược", 21),
        Slice("Xã hội và nhân văn", 14),
    ]
    return {
        "donut": Donut(_("Tasks by status"), shares, _("tasks")),
        "line_chart": LineChart(_("Disbursed in 2026 (billion đồng)"), months, lines, _("Month")),
        "bars": Bars(_("Tasks by field"), fields),
    }
