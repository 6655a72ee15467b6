from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import autodiscover_modules


class WorkflowConfig(AppConfig):
    name = "core.workflow"
    label = "workflow"

    def ready(self) -> None:
        from .checks import tables_are_complete

        autodiscover_modules("hooks")
        register(tables_are_complete)
