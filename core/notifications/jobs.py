"""Mail leaves after the commit, never inside a transaction."""

from collections.abc import Mapping
from typing import Any

from core.jobs.registry import job

from .service import MAIL_JOB, mail_notices


@job(MAIL_JOB)
def mail(payload: Mapping[str, Any]) -> None:
    """Mail the notices of one event."""
    mail_notices(payload["event"])
