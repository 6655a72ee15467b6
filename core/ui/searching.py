"""The search field of a list: short, and handed to the filter's own ``search``."""

from typing import Any

import django_filters
from django import forms

MAX_LENGTH = 100


class SearchFilter(django_filters.CharFilter):  # type: ignore[misc]  # the library has no types
    """Words typed by the reader, at most MAX_LENGTH characters; longer ones are answered with a field error."""

    def __init__(self, *, label: Any) -> None:
        widget = forms.TextInput(attrs={"type": "search", "dir": "auto"})
        super().__init__(label=label, method="search", widget=widget, max_length=MAX_LENGTH)
