from django.apps import AppConfig
from django.core.checks import register
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "core.audit"
    label = "audit"

    def ready(self) -> None:
        from . import checks, triggers

        post_migrate.connect(triggers.install_after_migrate, sender=self)
        register(checks.triggers_are_present, "database")
