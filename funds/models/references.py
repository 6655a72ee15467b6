"""One reference of the bank proves one movement of money: a payment, money given back, or a repayment."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value

from funds.lifecycle import RepaymentState, SettlementState

from .papers import Disbursement, MoneyPaper, Repayment, Settlement
from .proofs import proof


@dataclass(frozen=True, slots=True)
class Proof:
    """In which column a kind of paper keeps the bank's reference, and in which states it proves nothing."""

    paper: type[MoneyPaper]
    column: str
    idle: tuple[str, ...] = ()

    def papers(self) -> QuerySet[Any]:
        """The papers that bear a reference, which stands in ``proof``, however it was typed."""
        papers: Any = self.paper._default_manager
        bearing: Any = papers.exclude(**{self.column: ""}).exclude(state__in=self.idle)
        rows: QuerySet[Any] = bearing.order_by().annotate(proof=proof(self.column))
        return rows

    def bearing(self, references: Iterable[str]) -> QuerySet[Any]:
        """The papers that bear one of the references."""
        return self.papers().filter(proof__in=[proof(Value(one)) for one in references])


# A draft of a host proves nothing yet: it must not keep the fund from booking what the bank says.
PROOFS = (
    Proof(Disbursement, "bank_reference"),
    Proof(Settlement, "return_reference", (SettlementState.DRAFT, SettlementState.DROPPED)),
    Proof(Repayment, "bank_reference", (RepaymentState.STRUCK,)),
)
