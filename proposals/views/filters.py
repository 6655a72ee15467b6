"""What the lists of this room can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock, text
from core.people.models import Organisation
from core.ui.searching import SearchFilter
from core.workflow.filters import WithoutVoid
from proposals.choices import Field
from proposals.lifecycle import CallKind, CallState, DossierState, OrderListState, OrderMode, OrderState, ProposalState
from proposals.models import Call, Dossier, Order, OrderList, Proposal

Choice = django_filters.ChoiceFilter
ALL = _("All")


def matching(words: str, *columns: str) -> Q:
    """Rows in one of whose columns each of the words stands, with or without Vietnamese marks."""
    found = Q()
    for word in text.words(words):
        found &= Q(*[(f"{column}__icontains", word) for column in columns], _connector=Q.OR)
    return found


class RoomFilter(WithoutVoid, django_filters.FilterSet):
    """Search by words, year, and what is overdue."""

    columns: tuple[str, ...] = ("code", "folded")

    q = SearchFilter(label=_("Code or words of the title"))
    plan_year = django_filters.NumberFilter(label=_("Plan year"), min_value=2000, max_value=2100)

    def search(self, queryset: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return queryset.filter(matching(value, *self.columns))

    def only_overdue(self, queryset: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(due_on__lt=clock.today()) if value else queryset


def overdue() -> django_filters.BooleanFilter:
    """A box that leaves only what is late."""
    return django_filters.BooleanFilter(label=_("Overdue only"), method="only_overdue", widget=forms.CheckboxInput)


class OrganisationFilter(django_filters.ModelChoiceFilter):
    """An organisation among those that the rows on the list name."""

    def __init__(self, column: str, **kwargs: Any) -> None:
        self.column = column
        kwargs.setdefault("label", _("Organisation"))
        super().__init__(
            field_name=column,
            queryset=self._named,
            to_field_name="code",
            empty_label=ALL,
            **kwargs,
        )

    def _named(self, request: Any) -> QuerySet[Organisation]:
        rows = self.parent.queryset.order_by().values(self.column)
        return Organisation.objects.filter(pk__in=rows)


class CallFilter(RoomFilter):
    """Calls."""

    kind = Choice(label=_("Kind of call"), choices=CallKind.choices, empty_label=ALL)
    state = Choice(label=_("Status"), choices=CallState.choices, empty_label=ALL)

    class Meta:
        model = Call
        fields: list[str] = []


class ProposalFilter(RoomFilter):
    """Proposals."""

    columns = ("code", "former_code", "folded")

    state = Choice(label=_("Status"), choices=ProposalState.choices, empty_label=ALL)
    field = Choice(label=_("Field"), choices=Field.choices, empty_label=ALL)
    organisation = OrganisationFilter("proposer_organisation", label=_("Proposing organisation"))
    overdue = overdue()

    class Meta:
        model = Proposal
        fields: list[str] = []


class OrderListFilter(RoomFilter):
    """Lists of orders."""

    state = Choice(label=_("Status"), choices=OrderListState.choices, empty_label=ALL)

    class Meta:
        model = OrderList
        fields: list[str] = []


class OrderFilter(RoomFilter):
    """Orders."""

    columns = ("code", "former_code", "folded")

    state = Choice(label=_("Status"), choices=OrderState.choices, empty_label=ALL)
    field = Choice(label=_("Field"), choices=Field.choices, empty_label=ALL)
    mode = Choice(label=_("How the host is found"), choices=OrderMode.choices, empty_label=ALL)
    overdue = overdue()

    class Meta:
        model = Order
        fields: list[str] = []


class DossierFilter(RoomFilter):
    """Dossiers; searched by the order's title and the host."""

    columns = ("code", "order__code", "order__folded", "host__folded")

    plan_year = django_filters.NumberFilter(
        label=_("Plan year"), field_name="order__plan_year", min_value=2000, max_value=2100
    )
    state = Choice(label=_("Status"), choices=DossierState.choices, empty_label=ALL)
    organisation = OrganisationFilter("host", label=_("Host organisation"))
    overdue = overdue()

    class Meta:
        model = Dossier
        fields: list[str] = []
