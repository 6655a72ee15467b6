"""What the lists of this room can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock, text
from core.people.roles import Level
from core.ui.searching import SearchFilter
from core.workflow.filters import WithoutVoid
from proposals.choices import Field
from tasks.lifecycle import AmendmentState, InspectionState, Management, ReportState, TaskState
from tasks.models import Amendment, AmendmentKind, Inspection, Report, Task
from tasks.selectors.lists import Standing, overdue
from tasks.selectors.reports import due_reports, waited_for

ALL = _("All")


def _search(rows: QuerySet[Any], words: str, prefix: str = "") -> QuerySet[Any]:
    """Code, former code, title, investigator or host hold every word, with or without Vietnamese marks."""
    for word in text.words(words):
        found = Q(**{f"{prefix}folded__contains": word}) | Q(**{f"{prefix}code__icontains": word})
        found |= Q(**{f"{prefix}former_code__icontains": word})
        found |= Q(**{f"{prefix}principal_investigator__folded__contains": word})
        rows = rows.filter(found | Q(**{f"{prefix}host__folded__contains": word}))
    return rows


class TaskFilter(WithoutVoid, django_filters.FilterSet):
    """Every task: by words, level, state, field, management."""

    q = SearchFilter(label=_("Code, title, investigator, host"))
    level = django_filters.ChoiceFilter(label=_("Level"), empty_label=ALL, choices=Level.choices)
    state = django_filters.ChoiceFilter(label=_("Status"), empty_label=ALL, choices=TaskState.choices)
    field = django_filters.ChoiceFilter(label=_("Field"), empty_label=ALL, choices=Field.choices)
    management = django_filters.ChoiceFilter(label=_("Management"), empty_label=ALL, choices=Management.choices)

    class Meta:
        model = Task
        fields: list[str] = []

    def search(self, rows: QuerySet[Task], _name: str, value: str) -> QuerySet[Task]:
        return _search(rows, value)


class MonitorFilter(django_filters.FilterSet):
    """Running tasks: by words, standing, field, level; only the late ones."""

    q = SearchFilter(label=_("Code, title, investigator, host"))
    standing = django_filters.ChoiceFilter(label=_("Standing"), empty_label=ALL, choices=Standing.choices)
    field = django_filters.ChoiceFilter(label=_("Field"), empty_label=ALL, choices=Field.choices)
    level = django_filters.ChoiceFilter(label=_("Level"), empty_label=ALL, choices=Level.choices)
    late = django_filters.BooleanFilter(label=_("Only overdue"), method="only_late", widget=forms.CheckboxInput)

    class Meta:
        model = Task
        fields: list[str] = []

    def search(self, rows: QuerySet[Task], _name: str, value: str) -> QuerySet[Task]:
        return _search(rows, value)

    def only_late(self, rows: QuerySet[Task], _name: str, value: object) -> QuerySet[Task]:
        return overdue(rows) if value else rows


class ReportFilter(django_filters.FilterSet):
    """Reports: those due and overdue unless something else is asked for."""

    DUE, LATE, FILED, ALL_REPORTS = "due", "late", "filed", "all"
    WANTED = (
        (DUE, _("Due and overdue")),
        (LATE, _("Overdue")),
        (FILED, _("To be reviewed")),
        (ALL_REPORTS, _("All reports")),
    )

    q = SearchFilter(label=_("Code, title, investigator, host"))
    show = django_filters.ChoiceFilter(label=_("Show"), choices=WANTED, empty_label=None, method="shown")
    state = django_filters.ChoiceFilter(label=_("Status"), empty_label=ALL, choices=ReportState.choices)

    class Meta:
        model = Report
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        asked = data.copy() if data is not None else {}
        # A state that is asked for looks among all reports.
        asked.setdefault("show", self.ALL_REPORTS if asked.get("state") else self.DUE)
        super().__init__(asked, *args, **kwargs)

    def search(self, rows: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        return _search(rows, value, "task__")

    def shown(self, rows: QuerySet[Report], _name: str, value: str) -> QuerySet[Report]:
        today = clock.today()
        if value == self.DUE:
            soon = clock.add_days(today, 1, clock.Unit.MONTHS)
            return due_reports(today, rows, within=soon)
        if value == self.LATE:
            return waited_for(rows).filter(due_date__lt=today)
        return rows.filter(state=ReportState.FILED) if value == self.FILED else rows


class InspectionFilter(django_filters.FilterSet):
    """Inspections by words and state."""

    q = SearchFilter(label=_("Code, title, investigator, host"))
    state = django_filters.ChoiceFilter(label=_("Status"), empty_label=ALL, choices=InspectionState.choices)

    class Meta:
        model = Inspection
        fields: list[str] = []

    def search(self, rows: QuerySet[Inspection], _name: str, value: str) -> QuerySet[Inspection]:
        return _search(rows, value, "task__")


class AmendmentFilter(django_filters.FilterSet):
    """Amendments by words, kind and state."""

    q = SearchFilter(label=_("Code, title, investigator, host"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=ALL, choices=AmendmentKind.choices)
    state = django_filters.ChoiceFilter(label=_("Status"), empty_label=ALL, choices=AmendmentState.choices)

    class Meta:
        model = Amendment
        fields: list[str] = []

    def search(self, rows: QuerySet[Amendment], _name: str, value: str) -> QuerySet[Amendment]:
        return _search(rows, value, "task__")
