"""Who hears of this room's steps, and in what words."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from core import clock
from core.people.authorities import AuthorityMissing, holders
from core.people.models import User
from core.people.roles import Act, Role
from core.people.selectors import users_with_role
from core.workflow.registry import recipients
from funds.lifecycle import Tell
from funds.models import MoneyPaper


def _host(paper: MoneyPaper) -> QuerySet[User]:
    """The signers of the host and the investigator."""
    task = paper.task  # type: ignore[attr-defined]
    people = users_with_role(Role.ORGANISATION_SIGNER, organisation=task.host).values("pk")
    return User.objects.filter(pk__in=people) | User.objects.filter(pk=task.principal_investigator_id)


def _with(role: Role) -> Callable[[Any], QuerySet[User]]:
    return lambda _paper: users_with_role(role)


def _deciders(paper: MoneyPaper) -> QuerySet[User]:
    """Whoever approves payments of this payer's money today; nobody while the table of authorities is silent."""
    try:
        return holders(paper.authority(Act.PAYMENT_APPROVER, clock.today()))
    except AuthorityMissing:
        return User.objects.none()


_OFFICERS, _ACCOUNTANTS = _with(Role.FUND_OFFICER), _with(Role.CHIEF_ACCOUNTANT)
_WORDS = {
    Tell.DISBURSEMENT_REQUESTED: (_("Payment %(code)s is requested and waits to be checked."), _OFFICERS),
    Tell.DISBURSEMENT_RETURNED: (_("The request to pay %(code)s was returned: please complete it."), _host),
    Tell.DISBURSEMENT_TO_DECIDE: (_("Payment %(code)s is verified and waits for approval."), _deciders),
    Tell.BANK_ANSWER_STRUCK: (_("The bank's answer to payment %(code)s was struck out: please look again."), _OFFICERS),
    Tell.DISBURSEMENT_PAID: (_("Payment %(code)s has been made."), _host),
    Tell.DISBURSEMENT_REFUSED: (_("Payment %(code)s will not be made."), _host),
    Tell.SETTLEMENT_FILED: (_("Settlement %(code)s was filed and waits to be checked."), _OFFICERS),
    Tell.SETTLEMENT_RETURNED: (_("Settlement %(code)s was returned: please complete it."), _host),
    Tell.SETTLEMENT_DONE: (_("Settlement %(code)s is done."), _host),
    Tell.REPAYMENT_DONE: (_("Repayment %(code)s is confirmed."), _host),
}
for _tell, (_text, _people) in _WORDS.items():
    recipients(_tell, _text)(_people)
