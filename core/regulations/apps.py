"""The rule book as a Django app: without tables, with a check that refuses to start on a faulty book."""

from django.apps import AppConfig


class RegulationsConfig(AppConfig):
    name = "core.regulations"
    verbose_name = "Rule book"

    def ready(self) -> None:
        from . import checks  # noqa: F401
