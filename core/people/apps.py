"""The people of the house: the rights are declared when the app is ready."""

from django.apps import AppConfig
from django.core.checks import register
from django.utils.module_loading import autodiscover_modules


class PeopleConfig(AppConfig):
    name = "core.people"
    label = "people"

    def ready(self) -> None:
        from . import checks, hooks, rights  # noqa: F401  # importing the rights declares them

        autodiscover_modules("policy")
        register(checks.screens_are_declared)
        register(checks.a_proxy_stands_in_front, deploy=True)
