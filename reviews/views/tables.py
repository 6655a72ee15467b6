"""The lists of this room: columns and filters."""

from typing import Any

import django_filters
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from core.ui.cells import Kind
from core.ui.tables import Column, Table
from proposals.views.filters import RoomFilter
from reviews.lifecycle import CouncilKind, CouncilState
from reviews.models import AgendaItem, Council, Seat

ALL = _("All")
COUNCILS = Table(
    caption=_("Councils"),
    empty=_("No council matches the filter."),
    default_sort="-sits_at",
    columns=[
        Column("code", _("Code"), Kind.CODE, sort=("code",)),
        Column(
            "title",
            _("Council"),
            Kind.TITLE,
            url=lambda council: str(council.get_absolute_url()),
            note=lambda council: council.get_kind_display(),
            sort=("sort_key",),
        ),
        Column("sits_at", _("Sitting"), Kind.DATETIME, sort=("sits_at", "code")),
        Column("member_count", _("Members"), Kind.NUMBER, on_phone=False),
        Column("item_count", _("Subjects"), Kind.NUMBER, on_phone=False),
        Column("state", _("Status"), Kind.BADGE, value=lambda council: council, sort=("state", "code")),
    ],
)


def with_counts(councils: QuerySet[Council]) -> QuerySet[Any]:
    """Councils with how many sit and how many subjects they judge; a dossier is counted with its order."""
    seats = Seat.objects.filter(council=OuterRef("pk"), removed_at=None)
    single = Q(order__isnull=False) | ~Q(council__kind=CouncilKind.SELECTION)
    items = AgendaItem.objects.filter(single, council=OuterRef("pk"))
    return councils.annotate(member_count=_number(seats), item_count=_number(items))


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many rows hang on one council: asked of those on the page, never joined with all the others."""
    counted = rows.order_by().values("council").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


class CouncilFilter(RoomFilter):
    """Councils by words, year, kind and status."""

    kind = django_filters.ChoiceFilter(label=_("Kind of council"), choices=CouncilKind.choices, empty_label=ALL)
    state = django_filters.ChoiceFilter(label=_("Status"), choices=CouncilState.choices, empty_label=ALL)

    class Meta:
        model = Council
        fields: list[str] = []
