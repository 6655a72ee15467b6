from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "demo"

    def ready(self) -> None:
        # Registers where the arguments of addresses come from.
        from . import samplers  # noqa: F401
