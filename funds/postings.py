"""Which step moves money from where to where: a table that an accountant can read.

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
