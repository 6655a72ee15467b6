"""What the list of papers can be narrowed by."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core.ui.searching import SearchFilter

from .kinds import DocumentKind
from .models import Document, DocumentStatus
from .selectors import search_documents


class DocumentFilter(django_filters.FilterSet):
    """By number, subject or record; by kind, status and year."""

    q = SearchFilter(label=_("Number, subject or record"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DocumentKind.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=DocumentStatus.choices)
    # By the day it bears, for which there is an index: 2000 to 2100, as years of the register are.
    year = django_filters.NumberFilter("numbered_on", "year", label=_("Year"), min_value=2000, max_value=2100)

    class Meta:
        model = Document
        fields: list[str] = []

    def search(self, queryset: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        return search_documents(queryset, value)
