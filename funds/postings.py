"""Which step moves money from where to where, and on which acts that may rest: tables that an accountant can read.

The buckets stand in funds/choices.py. ``year`` says which account of the task it is: that of one budget year,
or the one account over all years.
"""

# fmt: off
from dataclasses import dataclass
from enum import Enum, unique

from funds.choices import Bucket

B = Bucket


@dataclass(frozen=True, slots=True)
class Posting:
    """One edge of the chart of accounts: money leaves ``debit`` and enters ``credit``."""

    debit: B
    credit: B
    debit_by_year: bool = False
    credit_by_year: bool = False


@unique
class Edge(Enum):
    # what happens                          from                 to                   year of from / to
    FUND_THE_YEAR       = Posting(B.WORLD,             B.SOURCE)                                                      # the year's plan comes in
    APPROVE             = Posting(B.SOURCE,            B.FRAMEWORK)                                                   # approve_task
    SIGN                = Posting(B.FRAMEWORK,         B.COMMITTED_FUTURE,  credit_by_year=True)                      # sign_contract, one for each budget year
    RETURN_UNCONTRACTED = Posting(B.FRAMEWORK,         B.SOURCE)                                                      # contract below approval; revoke
    GRANT               = Posting(B.COMMITTED_FUTURE,  B.ALLOCATED,         debit_by_year=True, credit_by_year=True)  # estimate of the year
    UNGRANT             = Posting(B.ALLOCATED,         B.COMMITTED_FUTURE,  debit_by_year=True, credit_by_year=True)  # an amendment: granted money waits again
    REPHASE             = Posting(B.COMMITTED_FUTURE,  B.COMMITTED_FUTURE,  debit_by_year=True, credit_by_year=True)  # an amendment: to another budget year
    COMMIT              = Posting(B.ALLOCATED,         B.COMMITTED,         debit_by_year=True, credit_by_year=True)  # disbursement approved
    UNCOMMIT            = Posting(B.COMMITTED,         B.ALLOCATED,         debit_by_year=True, credit_by_year=True)  # approval annulled
    PAY                 = Posting(B.COMMITTED,         B.ADVANCED,          debit_by_year=True)                       # bank confirmed
    SETTLE              = Posting(B.ADVANCED,          B.SETTLED)                                                     # settlement
    GIVE_BACK           = Posting(B.ADVANCED,          B.SOURCE)                                                      # unspent advance given back
    RECOVER             = Posting(B.ADVANCED,          B.RECOVERABLE)                                                 # recovery ordered on money not settled
    RECOVER_SETTLED     = Posting(B.SETTLED,           B.RECOVERABLE)                                                 # recovery ordered on settled money
    REPAY               = Posting(B.RECOVERABLE,       B.SOURCE)                                                      # repayment confirmed
    WRITE_OFF           = Posting(B.RECOVERABLE,       B.SETTLED)                                                     # recovery closed by write-off
    RELEASE_YEAR        = Posting(B.ALLOCATED,         B.SOURCE,            debit_by_year=True)                       # liquidation: granted, not paid
    RELEASE_FUTURE      = Posting(B.COMMITTED_FUTURE,  B.SOURCE,            debit_by_year=True)                       # liquidation: contracted, not granted

    @property
    def word(self) -> str:
        """How a transfer names its edge."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Cause:
    """Steps, or acts that are none, of one kind of subject, and the edges over which they move money."""

    subject: str
    acts: tuple[str, ...]
    edges: tuple[Edge, ...]
    # Whether they take money back over the edge.
    back: bool = False


E = Edge
# The books of a task from before are opened by one act.
OPENING = (E.APPROVE, E.SIGN, E.RETURN_UNCONTRACTED, E.GRANT, E.COMMIT, E.PAY, E.SETTLE, E.GIVE_BACK, E.RELEASE_YEAR, E.RELEASE_FUTURE)
CAUSES = (
    # whose event        which act                                      over which edges
    Cause("year_plan",    ("year_plan.confirmed",),                      (E.FUND_THE_YEAR,)),
    Cause("year_plan",    ("year_plan.withdrawn",),                      (E.FUND_THE_YEAR,), back=True),
    Cause("order",        ("approve_task",),                             (E.APPROVE,)),
    Cause("order",        ("revoke", "replace_host"),                    (E.RETURN_UNCONTRACTED,)),
    Cause("task",         ("balance",),                                  OPENING),
    Cause("task",         ("sign_contract",),                            (E.SIGN, E.RETURN_UNCONTRACTED)),
    Cause("task",         ("year_estimate.confirmed",),                  (E.GRANT,)),
    Cause("task",         ("year_estimate.withdrawn",),                  (E.GRANT,), back=True),
    Cause("task",         ("revoke_without_order", "liquidate"),         (E.RETURN_UNCONTRACTED, E.RELEASE_YEAR, E.RELEASE_FUTURE)),
    Cause("task",         ("order_recovery", "reopen_for_recovery"),     (E.RECOVER, E.RECOVER_SETTLED)),
    Cause("task",         ("close_recovery",),                           (E.WRITE_OFF,)),
    Cause("amendment",    ("decide",),                                   (E.UNGRANT, E.REPHASE)),
    Cause("disbursement", ("approve",),                                  (E.COMMIT,)),
    Cause("disbursement", ("annul", "stop"),                             (E.UNCOMMIT,)),
    Cause("disbursement", ("pay",),                                      (E.PAY,)),
    Cause("settlement",   ("settle",),                                   (E.SETTLE, E.GIVE_BACK)),
    Cause("repayment",    ("confirm",),                                  (E.REPAY,)),
)
