"""What the lists of money can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.ui.searching import SearchFilter
from funds.lifecycle import DisbursementState, RepaymentState, SettlementState
from funds.models import Disbursement, Repayment, Settlement, YearPlan
from funds.models.plans import FIRST_YEAR, LAST_YEAR, PAYERS
from funds.selectors.lists import search_papers
from tasks.models import Task

WORDS = _("Code, task or host")


class PaperFilter(django_filters.FilterSet):
    """By code, task or host, and by whose money it is."""

    q = SearchFilter(label=WORDS)
    payer = django_filters.ChoiceFilter(label=_("Payer"), field_name="task__payer", choices=PAYERS)

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return search_papers(queryset, value)


class DisbursementFilter(PaperFilter):
    """By state and budget year too."""

    state = django_filters.ChoiceFilter(label=_("Status"), choices=DisbursementState.choices)
    year = django_filters.NumberFilter(
        label=_("Budget year"), field_name="budget_year", min_value=FIRST_YEAR, max_value=LAST_YEAR
    )

    class Meta:
        model = Disbursement
        fields: list[str] = []


class SettlementFilter(PaperFilter):
    """By state too."""

    state = django_filters.ChoiceFilter(label=_("Status"), choices=SettlementState.choices)

    class Meta:
        model = Settlement
        fields: list[str] = []


class RepaymentFilter(PaperFilter):
    """By state too."""

    state = django_filters.ChoiceFilter(label=_("Status"), choices=RepaymentState.choices)

    class Meta:
        model = Repayment
        fields: list[str] = []


class PlanFilter(django_filters.FilterSet):
    """By year and by whose money it is."""

    year = django_filters.NumberFilter(label=_("Budget year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    payer = django_filters.ChoiceFilter(label=_("Payer"), choices=PAYERS)

    class Meta:
        model = YearPlan
        fields: list[str] = []


class EstimateFilter(django_filters.FilterSet):
    """Tasks by code, title, host or payer, and only those whose contract still waits for the year."""

    q = SearchFilter(label=WORDS)
    payer = django_filters.ChoiceFilter(label=_("Payer"), choices=PAYERS)
    waiting = django_filters.BooleanFilter(
        label=_("Only what is not granted"), method="only_waiting", widget=forms.CheckboxInput
    )

    class Meta:
        model = Task
        fields: list[str] = []

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return search_papers(queryset, value, task="")

    def only_waiting(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(waiting_vnd__gt=0) if value else queryset
