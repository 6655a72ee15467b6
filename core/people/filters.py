"""What the lists of people, organisations and authorities can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.ui.searching import SearchFilter

from .models import Authority, Membership, Organisation, OrganisationKind, User
from .policy import visible_to
from .roles import Act, Role
from .selectors import search_organisations, search_people


class PersonFilter(django_filters.FilterSet):
    """By name or address, and by a role that the reader may see."""

    q = SearchFilter(label=_("Name or e-mail"))
    role = django_filters.ChoiceFilter(label=_("Role"), empty_label=_("All"), choices=Role.choices, method="with_role")

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, queryset: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        return search_people(queryset, value)

    def with_role(self, queryset: QuerySet[User], _name: str, value: str) -> QuerySet[User]:
        seen: QuerySet[Membership] = visible_to(self.request.user, Membership)
        held = Membership.objects.on(clock.today()).filter(pk__in=seen.values("pk"), role=value)
        return queryset.filter(pk__in=held.values("user"))


class OrganisationFilter(django_filters.FilterSet):
    """By present or former name, and by kind."""

    q = SearchFilter(label=_("Name, code or tax code"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), empty_label=_("All"), choices=OrganisationKind.choices)

    class Meta:
        model = Organisation
        fields: list[str] = []

    def search(self, queryset: QuerySet[Organisation], _name: str, value: str) -> QuerySet[Organisation]:
        return search_organisations(queryset, value)


class AuthorityFilter(django_filters.FilterSet):
    """By act, and by whether the row is in force today."""

    act = django_filters.ChoiceFilter(label=_("Matter decided"), empty_label=_("All"), choices=Act.choices)
    current = django_filters.BooleanFilter(
        label=_("Only in force today"), method="in_force", widget=forms.CheckboxInput
    )

    class Meta:
        model = Authority
        fields: list[str] = []

    def in_force(self, queryset: QuerySet[Authority], _name: str, value: Any) -> QuerySet[Authority]:
        today = clock.today()
        running = Q(valid_from__lte=today) & (Q(valid_to__isnull=True) | Q(valid_to__gte=today))
        return queryset.filter(running) if value else queryset
