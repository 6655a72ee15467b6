"""May this organisation, with this person, be given the task? The rooms above add what they know to ``checks``.

Law: Decree 267/2025/NĐ-CP, Article 5; before it Circular 08/2017/TT-BKHCN, Article 4, and Circular 10/2014/TT-BKHCN.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from core import clock
from core.people.models import OrganisationKind
from core.regulations import value
from core.workflow.ruling import Refusal, ruled
from proposals.models import Dossier

Check = Callable[[Dossier, date], Iterable[Refusal]]
checks: list[Check] = []
LEGAL_ENTITY = "eligibility.organisation.legal_entity"


def eligibility_refusals(dossier: Dossier, on: date) -> list[Refusal]:
    """Everything known that speaks against the host or the principal investigator on that day."""
    return [refusal for check in [_organisation, _investigator, *checks] for refusal in check(dossier, on)]


def counted_levels(regulation: str, on: date) -> list[str]:
    """The levels whose tasks speak for or against anybody on a day: the published texts name the national one alone."""
    return list(value("eligibility.counted_levels", regulation, on))


def eligibility_day(dossier: Dossier) -> date:
    """The day on which eligibility counts: the closing of the call, or today for an invited host."""
    call = dossier.order.selection_call
    if call is not None and call.closes_at is not None and not dossier.order.is_direct:
        return min(clock.local(call.closes_at).date(), clock.today())
    return clock.today()


def _organisation(dossier: Dossier, on: date) -> Iterator[Refusal]:
    host, regulation = dossier.host, dossier.regulation
    if host.kind == OrganisationKind.DIVISION and value(LEGAL_ENTITY, regulation, on):
        text = _("%(host)s is not a legal entity.") % {"host": host.name}
        yield ruled(text, LEGAL_ENTITY, regulation, on)
    if host.ended_on is not None and host.ended_on <= on:
        yield Refusal(_("%(host)s no longer exists.") % {"host": host.name})


def _investigator(dossier: Dossier, on: date) -> Iterator[Refusal]:
    person = dossier.principal_investigator
    if not person.is_active:
        yield Refusal(_("The account of %(person)s has been deactivated.") % {"person": person.full_name})
