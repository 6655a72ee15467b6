"""What a payment waits for before it can be confirmed."""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.people.roles import Role
from core.workflow.registry import needed, written_on
from funds.lifecycle import Guard


@needed(
    "disbursement",
    "pay",
    Role.FUND_OFFICER,
    words=_("waits for the bank's reference and the day of the payment"),
    url=lambda code: reverse("funds:payment-enter", args=[code]),
)
def without_bank_reference() -> Q:
    """The fund officer enters the bank's answer; the chief accountant confirms it."""
    return Q(bank_reference="") | Q(paid_on__isnull=True)


# On which form what a guard asks for is written.
for _guard, _action, _page in (
    (Guard.BANK_ACCOUNT_KNOWN, "edit", "disbursement-edit"),
    (Guard.PAYMENT_CONFIRMED_BY_TWO, "enter_payment", "payment-enter"),
    (Guard.ANNULMENT_GROUND_WRITTEN, "write_ground", "ground-write"),
    (Guard.SETTLEMENT_COMPLETE, "edit", "settlement-edit"),
):
    written_on(_guard, _action, f"funds:{_page}")
