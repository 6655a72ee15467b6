"""What must be true for the sitting, the ballot and the conclusion."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from core.regulations import words
from core.regulations.wording import value_text
from core.workflow.registry import guard, obstacle
from core.workflow.ruling import Refusal, StepFacts
from proposals.models import BudgetLine
from reviews.lifecycle import CouncilKind, Guard
from reviews.models import AgendaItem, AppraisalLine, Council
from reviews.selectors.agenda import may_come
from reviews.selectors.ballots import BALLOTS, Progress, ballots_of, filed_by_seat, progress
from reviews.selectors.seats import departures_waiting, presiding_seat, quorum_of, were_gone
from reviews.selectors.writers import writers_of

from .guards import items, seats

# So many members are named; of more the number is enough.
NAMED = 3


@guard(Guard.SITTING_DAY_REACHED)
def sitting_day_reached(facts: StepFacts) -> Refusal | None:
    """No sitting opens before its day."""
    day = facts.subject.sitting_day
    if day is None or facts.effective_on < day:
        return facts.refuse(_("The day of the sitting has not come."))
    return None


@guard(Guard.QUORUM_PRESENT)
def quorum_present(facts: StepFacts) -> Iterator[Refusal]:
    """Enough members, and the parts that the rule book wants in the room (TT 45/2016/TT-BTTTT)."""
    if any(seat.attended is None for seat in seats(facts)):
        yield facts.refuse(_("It is not recorded which members are present."))
    else:
        yield from _quorum_faults(facts)


def _quorum_faults(facts: StepFacts) -> Iterator[Refusal]:
    kind, found = facts.subject.kind, quorum_of(facts.subject, seats(facts))
    if presiding_seat(seats(facts)) is None:
        # Whatever share the rules want: nobody could close the ballot, sign the minutes or conclude.
        yield facts.refuse(_("Neither the chair nor the vice-chair is present: nobody presides over the sitting."))
    if not found.is_share_reached:
        key = f"council.{kind}.quorum"
        text = _("%(present)s of %(appointed)s members are present; at least %(share)s are needed.")
        parts = {"present": found.present, "appointed": found.appointed, "share": value_text(facts.parameter(key))}
        yield facts.refuse(text % parts, by=key)
    if found.missing:
        names = ", ".join(_(words.WORDS[role]) for role in found.missing)
        yield facts.refuse(_("Must be present: %(names)s.") % {"names": names}, by=f"council.{kind}.quorum_roles")


@guard(Guard.ATTENDANCE_SETTLED)
def attendance_settled(facts: StepFacts) -> Refusal | None:
    """Who may vote is clear: for nobody it waits for a second person whether he left."""
    waiting = departures_waiting(facts.subject) if were_gone(seats(facts)) else ()
    names = ", ".join(str(row.seat.user) for row in waiting)
    text = _("Whether these members left waits for a second person: %(names)s.")
    return facts.refuse(text % {"names": names}) if names else None


@guard(Guard.INVESTIGATOR_LEFT)
def investigator_left(facts: StepFacts) -> Refusal | None:
    """The principal investigator leaves before the discussion and the vote (TT 11/2014/TT-BKHCN)."""
    key = "council.investigator_leaves"
    still = [item.subject.code for item in items(facts) if item.investigator_came and not item.investigator_left_at]
    if not still or not facts.value(key):
        return None
    text = _("The principal investigator has not left the room: %(codes)s.")
    return facts.refuse(text % {"codes": ", ".join(still)}, by=key)


@guard(Guard.COUNTERS_NAMED)
def counters_named(facts: StepFacts) -> Refusal | None:
    """A group of three counts the ballots (TT 11/2014/TT-BKHCN)."""
    key = "council.vote_counters"
    if sum(seat.counts_votes for seat in seats(facts)) == facts.value(key):
        return None
    text = _("The group that counts the votes has %(number)s members: name them.")
    return facts.refuse(text % {"number": facts.value(key)}, by=key)


def _progress(facts: StepFacts) -> Progress:
    if "progress" not in facts.cache:
        facts.cache["progress"] = progress(facts.subject)
    found: Progress = facts.cache["progress"]
    return found


@guard(Guard.BALLOTS_COMPLETE)
def ballots_complete(facts: StepFacts) -> Refusal | None:
    """Every member present voted on every item."""
    missing = _progress(facts).missing
    if not missing:
        return None
    text = _("Ballots still missing: %(number)s.") % {"number": missing}
    names = _who_is_missing(facts)
    return facts.refuse(text if len(names) > NAMED else f"{text} {', '.join(names)}.")


def _who_is_missing(facts: StepFacts) -> list[str]:
    """The members present with a ballot that is not in; whoever closes the ballot reminds them."""
    present = [seat for seat in seats(facts) if seat.attended]
    filed, each = filed_by_seat(facts.subject), _progress(facts).expected // max(len(present), 1)
    return [str(seat.user) for seat in present if filed.get(seat.pk, 0) < each]


@guard(Guard.PAPER_BALLOTS_CONFIRMED)
def paper_ballots_confirmed(facts: StepFacts) -> Refusal | None:
    """What was typed from paper is confirmed by a second person."""
    waiting = _progress(facts).unconfirmed
    text = _("Paper ballots that a second person still has to confirm: %(number)s.")
    return facts.refuse(text % {"number": waiting}) if waiting else None


@obstacle("council")
def ballots_are_in(council: Council) -> Refusal | None:
    """Once a ballot is cast, its opening is not undone by hand: the council is dissolved, or it goes on."""
    if council.kind in BALLOTS and ballots_of(council).exists():
        return Refusal(_("Ballots are in already: only a decision dissolving the council ends the vote."))
    return None


@guard(Guard.CONCLUSIONS_WRITTEN)
def conclusions_written(facts: StepFacts) -> list[Refusal]:
    """Words for what was rejected, for the order and for the grade; a choice where the ballots left equals."""
    return [*_conclusion_faults(facts, items(facts)), *_typed_by_the_writer(facts)]


def _typed_by_the_writer(facts: StepFacts) -> Iterator[Refusal]:
    """Who wrote the conclusion does not also enter that the chair signed it: nobody else would have seen it."""
    typist = facts.actor
    if typist is None or facts.decided_by is None or facts.decided_by == typist:
        return
    if typist.pk in writers_of(facts.subject):
        yield facts.refuse(
            _("Whoever wrote the conclusion may not enter its signature too: a second person enters it.")
        )


def _conclusion_faults(facts: StepFacts, known: Sequence[AgendaItem]) -> Iterator[Refusal]:
    heads = [item for item in known if not (facts.subject.kind == CouncilKind.SELECTION and item.dossier_id)]
    silent = [item.subject.code for item in heads if _needs_words(item) and not item.conclusion]
    if silent:
        yield facts.refuse(_("The conclusion is not written: %(codes)s.") % {"codes": ", ".join(silent)})
    if any(item.order_id and item.passed and not item.recommended_id for item in heads):
        yield facts.refuse(_("Several dossiers are equal: say which one the council recommends."))


def _needs_words(item: AgendaItem) -> bool:
    return not item.proposal_id or not item.passed


@guard(Guard.BUDGET_APPRAISED)
def budget_appraised(facts: StepFacts) -> list[Refusal]:
    """Every line of the estimate is decided as it stands now: never more than was asked for."""
    return [*_appraisal_faults(facts), *_typed_by_the_writer(facts)]


def _appraisal_faults(facts: StepFacts) -> Iterator[Refusal]:
    gone = [item.subject.code for item in items(facts) if not may_come(item.subject, CouncilKind.APPRAISAL)]
    if gone:
        yield facts.refuse(_("These cannot come to a council now: %(codes)s.") % {"codes": ", ".join(gone)})
        return
    undecided = [item.subject.code for item in items(facts) if not _is_decided(item)]
    if undecided:
        yield facts.refuse(_("The estimate is not decided line by line: %(codes)s.") % {"codes": ", ".join(undecided)})


def _is_decided(item: AgendaItem) -> bool:
    amounts = ("requested_state_vnd", "requested_other_vnd")
    asked = BudgetLine.objects.filter(dossier=item.dossier_id).values_list("pk", *amounts)
    decided = AppraisalLine.objects.filter(item=item).values_list("budget_line", *amounts)
    return bool(asked) and set(asked) == set(decided)
