"""The numbers app."""

from django.apps import AppConfig


class NumbersConfig(AppConfig):
    name = "core.numbers"
    verbose_name = "Number series"
