"""The consequences of a council's steps, and what they may touch."""

from core.workflow.registry import effect, locks
from reviews.lifecycle import Effect
from reviews.services import outcomes
from reviews.services.counting import count_ballots
from reviews.services.timing import await_sitting

effect(Effect.TAKE_ITEMS)(outcomes.take_items)
effect(Effect.GIVE_ITEMS_BACK)(outcomes.give_items_back)
effect(Effect.SEAT_MEMBERS)(outcomes.seat_members)
effect(Effect.AWAIT_SITTING)(await_sitting)
effect(Effect.COUNT_BALLOTS)(count_ballots)
effect(Effect.CONCLUDE_IDENTIFICATION)(outcomes.conclude_identification)
effect(Effect.CONCLUDE_SELECTION)(outcomes.conclude_selection)
effect(Effect.CONCLUDE_APPRAISAL)(outcomes.conclude_appraisal)
effect(Effect.CONCLUDE_ACCEPTANCE)(outcomes.conclude_acceptance)
locks("council")(outcomes.touched)
