"""Which function does which job. A room registers its own in its ``jobs.py``."""

from collections.abc import Callable, Mapping
from typing import Any

Handler = Callable[[Mapping[str, Any]], None]
handlers: dict[str, Handler] = {}
nightly: list[str] = []
"""Jobs that are done every night, whoever does the jobs; their payload is empty."""


def job(name: str) -> Callable[[Handler], Handler]:
    """Register the function that does the job ``name``. It may run twice: it must be idempotent."""

    def register(function: Handler) -> Handler:
        if name in handlers:
            message = f"two functions do the job {name}"
            raise ValueError(message)
        handlers[name] = function
        return function

    return register


def every_night(name: str) -> Callable[[Handler], Handler]:
    """Register a job that needs nobody to ask for it."""

    def register(function: Handler) -> Handler:
        nightly.append(name)
        return job(name)(function)

    return register
