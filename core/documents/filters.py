"""What the list of papers can be narrowed by."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from core.ui.searching import SearchFilter

from .kinds import DocumentKind
from .models import Document, DocumentStatus
from .selectors import search_documents

# A draft that its signer agreed to waits for the clerk, or for the other party whose sheet the clerk may have.
AGREED_STATUS = "agreed"


def status_choices() -> list[tuple[str, StrOrPromise]]:
    """The states of a paper, what its signer agreed to beside the drafts; each row says whom it waits for."""
    draft, *later = DocumentStatus.choices
    return [draft, (AGREED_STATUS, _("Draft, agreed to by its signer")), *later]


class DocumentFilter(django_filters.FilterSet):
    """By number, subject or record; by kind, status and year."""

    q = SearchFilter(label=_("Number, subject or record"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DocumentKind.choices)
    status = django_filters.ChoiceFilter(label=_("Status"), choices=status_choices, method="by_status")
    # By the day it bears, for which there is an index: 2000 to 2100, as years of the register are.
    year = django_filters.NumberFilter("numbered_on", "year", label=_("Year"), min_value=2000, max_value=2100)

    class Meta:
        model = Document
        fields: list[str] = []

    def by_status(self, queryset: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        if value not in {DocumentStatus.DRAFT, AGREED_STATUS}:
            return queryset.filter(status=value)
        return queryset.filter(status=DocumentStatus.DRAFT, endorsed_at__isnull=value == DocumentStatus.DRAFT)

    def search(self, queryset: QuerySet[Document], _name: str, value: str) -> QuerySet[Document]:
        return search_documents(queryset, value)
