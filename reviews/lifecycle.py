"""The life of a council, read from top to bottom like a regulation."""

# fmt: off
from enum import Enum, auto

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.documents.kinds import DocumentKind as Paper
from core.people.roles import Act, Role
from core.workflow.table import RECORDERS, Lifecycle, Reason, Row

SECRETARY, HEAD, MEMBER = Role.ADMINISTRATIVE_SECRETARY, Role.HEAD_OF_DIVISION, Role.COUNCIL_MEMBER


class Guard(Enum):
    SEATS_COMPLETE = auto()              # size, chair, secretary, reviewers by the rule book
    NO_CONFLICT = auto()
    AGENDA_READY = auto()                # items in the state in which they may come to a council
    SITS_AFTER_DECISION = auto()         # the day that is fixed, if one is: it chooses the regulation
    PAPERS_SENT_IN_TIME = auto()
    SITTING_DAY_REACHED = auto()
    QUORUM_PRESENT = auto()
    ATTENDANCE_SETTLED = auto()          # nobody's leaving waits for a second person
    INVESTIGATOR_LEFT = auto()           # before the discussion and the vote
    COUNTERS_NAMED = auto()              # the group that counts the ballots
    BALLOTS_COMPLETE = auto()            # every member present voted on every item
    PAPER_BALLOTS_CONFIRMED = auto()     # by a second person
    CONCLUSIONS_WRITTEN = auto()
    BUDGET_APPRAISED = auto()            # approved <= requested, item by item
    DISSOLUTION_REASONED = auto()        # the ground that the decision prints


class Effect(Enum):
    SEAT_MEMBERS = auto()                # grants on the items
    TAKE_ITEMS = auto()                  # items go to the council
    GIVE_ITEMS_BACK = auto()
    AWAIT_SITTING = auto()               # due on the day of the sitting
    COUNT_BALLOTS = auto()
    CONCLUDE_IDENTIFICATION = auto()
    CONCLUDE_SELECTION = auto()
    CONCLUDE_APPRAISAL = auto()
    CONCLUDE_ACCEPTANCE = auto()


class Tell(Enum):
    SEAT_GIVEN = auto()
    SITTING_ANNOUNCED = auto()
    BALLOT_OPENED = auto()
    COUNCIL_CONCLUDED = auto()
    COUNCIL_DISSOLVED = auto()


class ActTell(Enum):
    """Notices of acts that are no step."""

    NOTED_ABSENT = auto()
    LEAVING_ENTERED = auto()
    CONFLICT_NOTED = auto()
    CONFLICT_TO_JUDGE = auto()
    CONFLICT_CLEARED = auto()


class CouncilKind(TextChoices):
    IDENTIFICATION = "identification", pgettext_lazy("council", "Identification council")
    SELECTION      = "selection",      pgettext_lazy("council", "Selection council")
    APPRAISAL      = "appraisal",      pgettext_lazy("council", "Budget appraisal team")
    ACCEPTANCE     = "acceptance",     pgettext_lazy("council", "Acceptance council")


class CouncilState(TextChoices):
    DRAFT       = "draft",       pgettext_lazy("council", "Draft")
    ESTABLISHED = "established", pgettext_lazy("council", "Established")
    CONVENED    = "convened",    pgettext_lazy("council", "Convened")
    SITTING     = "sitting",     pgettext_lazy("council", "Sitting")
    VOTING      = "voting",      pgettext_lazy("council", "Voting")
    COUNTED     = "counted",     pgettext_lazy("council", "Ballots counted")
    CONCLUDED   = "concluded",   pgettext_lazy("council", "Concluded")
    DISSOLVED   = "dissolved",   pgettext_lazy("council", "Dissolved")
    CANCELLED   = "cancelled",   pgettext_lazy("council", "Cancelled")


S, K = CouncilState, CouncilKind
BALLOT = (K.IDENTIFICATION, K.SELECTION, K.ACCEPTANCE)
COUNCIL = Lifecycle(
    name="council", title=_("Council"), states=S, initial=S.DRAFT, final=(S.CONCLUDED, S.DISSOLVED, S.CANCELLED), rank=50,
    recorders=(*RECORDERS, SECRETARY), path=(S.DRAFT, S.ESTABLISHED, S.CONVENED, S.SITTING, S.VOTING, S.COUNTED, S.CONCLUDED),
    rows=(
        Row("establish",   (S.DRAFT,),       S.ESTABLISHED, (Act.COUNCIL_FOUNDER,), _("Establish the council"), code="P4",
            guards=(Guard.SEATS_COMPLETE, Guard.NO_CONFLICT, Guard.AGENDA_READY, Guard.SITS_AFTER_DECISION),
            effects=(Effect.TAKE_ITEMS, Effect.SEAT_MEMBERS, Effect.AWAIT_SITTING), issues=Paper.COUNCIL_DECISION, tells=(Tell.SEAT_GIVEN,)),
        Row("cancel",      (S.DRAFT,),       S.CANCELLED,   (HEAD,),      _("Cancel the draft council"), reason=Reason.REQUIRED, duty=False),
        Row("convene",     (S.ESTABLISHED,), S.CONVENED,    (SECRETARY,), _("Convene the sitting"),
            guards=(Guard.PAPERS_SENT_IN_TIME, Guard.SEATS_COMPLETE, Guard.NO_CONFLICT), effects=(Effect.AWAIT_SITTING,), tells=(Tell.SITTING_ANNOUNCED,)),
        Row("open_sitting", (S.CONVENED,),   S.SITTING,     (SECRETARY,), _("Open the sitting"),
            guards=(Guard.SITTING_DAY_REACHED, Guard.PAPERS_SENT_IN_TIME, Guard.SEATS_COMPLETE, Guard.NO_CONFLICT, Guard.QUORUM_PRESENT)),
        Row("open_ballot", (S.SITTING,),     S.VOTING,      (SECRETARY,), _("Open the ballot"), variants=BALLOT,
            guards=(Guard.QUORUM_PRESENT, Guard.ATTENDANCE_SETTLED, Guard.NO_CONFLICT, Guard.INVESTIGATOR_LEFT),
            tells=(Tell.BALLOT_OPENED,)),
        Row("close_ballot", (S.VOTING,),     S.COUNTED,     (SECRETARY,), _("Close the ballot and count"), variants=BALLOT,
            guards=(Guard.COUNTERS_NAMED, Guard.BALLOTS_COMPLETE, Guard.PAPER_BALLOTS_CONFIRMED), effects=(Effect.COUNT_BALLOTS,)),
        Row("conclude_identification", (S.COUNTED,), S.CONCLUDED, (MEMBER,), _("Sign the conclusion"), code="P5a", variants=(K.IDENTIFICATION,),
            guards=(Guard.CONCLUSIONS_WRITTEN,), effects=(Effect.CONCLUDE_IDENTIFICATION,), issues=Paper.COUNCIL_MINUTES, tells=(Tell.COUNCIL_CONCLUDED,)),
        Row("conclude_selection",      (S.COUNTED,), S.CONCLUDED, (MEMBER,), _("Sign the conclusion"), code="T3", variants=(K.SELECTION,),
            guards=(Guard.CONCLUSIONS_WRITTEN,), effects=(Effect.CONCLUDE_SELECTION,), issues=Paper.COUNCIL_MINUTES, tells=(Tell.COUNCIL_CONCLUDED,)),
        Row("conclude_appraisal",      (S.SITTING,), S.CONCLUDED, (MEMBER,), _("Sign the conclusion"), code="T5", variants=(K.APPRAISAL,),
            guards=(Guard.BUDGET_APPRAISED, Guard.ATTENDANCE_SETTLED), effects=(Effect.CONCLUDE_APPRAISAL,),
            issues=Paper.APPRAISAL_MINUTES, tells=(Tell.COUNCIL_CONCLUDED,)),
        Row("conclude_acceptance",     (S.COUNTED,), S.CONCLUDED, (MEMBER,), _("Sign the conclusion"), code="T12", variants=(K.ACCEPTANCE,),
            guards=(Guard.CONCLUSIONS_WRITTEN,), effects=(Effect.CONCLUDE_ACCEPTANCE,), issues=Paper.ACCEPTANCE_MINUTES, tells=(Tell.COUNCIL_CONCLUDED,)),
        Row("dissolve",    (S.ESTABLISHED, S.CONVENED, S.SITTING, S.VOTING), S.DISSOLVED, (Act.COUNCIL_FOUNDER,), _("Dissolve the council"),
            guards=(Guard.DISSOLUTION_REASONED,), effects=(Effect.GIVE_ITEMS_BACK,), issues=Paper.REVOCATION_DECISION, tells=(Tell.COUNCIL_DISSOLVED,),
            reason=Reason.REQUIRED, duty=False),
    ),
)
