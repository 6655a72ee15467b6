"""Every night: do records, ledger, chain of events and files still agree? A fault is told to the administrators."""

import logging
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from core.audit import verify
from core.documents import safekeeping
from core.jobs.registry import every_night
from core.people.roles import Role
from core.people.selectors import users_with_role
from core.workflow import integrity
from funds import verification

logger = logging.getLogger(__name__)
# As many as a person reads; the commands say all.
SHOWN = 20
CHECKS: dict[str, Callable[[], Iterable[str]]] = {
    "lifecycle --check": lambda: integrity.faults()[0],
    "ledger verify": verification.faults,
    "audit verify": verify.faults,
    "files verify": safekeeping.faults,
}


@every_night("portal.verify")
def verify_records(_payload: Mapping[str, Any]) -> None:
    """Ask what the four commands ask; log every fault and mail the first ones."""
    found = [f"{name}: {fault}" for name, ask in CHECKS.items() for fault in ask()]
    for fault in found:
        logger.error(fault)
    if found:
        _mail(found)


def _mail(faults: list[str]) -> None:
    for user in users_with_role(Role.SYSTEM_ADMINISTRATOR):
        with translation.override(user.language or settings.LANGUAGE_CODE):
            subject = _("The records do not agree: %(count)s faults found in the night") % {"count": len(faults)}
            advice = _("Change nothing before the cause is known. The commands of the same name list every fault.")
            body = "\n\n".join([subject, "\n".join(faults[:SHOWN]), advice])
            EmailMessage(subject=subject, body=body, to=[user.email]).send()
