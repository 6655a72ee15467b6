"""What the filters of records with a life share."""

from typing import Any

from django.db.models import QuerySet


class WithoutVoid:
    """Mixin of a filter set: void entries from before are found only by who asks for their state."""

    form: Any

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)  # type: ignore[misc]  # the filter set's own
        model: Any = rows.model
        void = model.lifecycle.void
        return rows if not void or self.form.cleaned_data.get("state") == void else rows.exclude(state=void)
