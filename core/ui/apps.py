"""The app of the shared page parts."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Template tags, tables, paging and forms."""

    name = "core.ui"
    label = "ui"
