from django.apps import AppConfig
from django.core.checks import register


class DocumentsConfig(AppConfig):
    name = "core.documents"
    label = "documents"

    def ready(self) -> None:
        from . import checks

        register(checks.papers_are_complete)
