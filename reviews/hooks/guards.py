"""What must be true before a council is established, convened, dissolved."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from core import clock
from core.regulations import words
from core.regulations.wording import label, value_text
from core.workflow.registry import guard
from core.workflow.ruling import Refusal, StepFacts
from proposals.lifecycle import DossierState
from proposals.models import Dossier
from reviews.lifecycle import CouncilKind, Guard
from reviews.models import AgendaItem, Council, Position, Seat
from reviews.rules.quorum import unanswered
from reviews.selectors import agenda, conflicts, history
from reviews.selectors.seats import seats_of

# Parts whose absence has words of its own.
SIGNING = ("chair", "scientific_secretary")


def seats(facts: StepFacts) -> list[Seat]:
    """The members in office, loaded once for all guards of one question."""
    if "seats" not in facts.cache:
        facts.cache["seats"] = seats_of(facts.subject)
    found: list[Seat] = facts.cache["seats"]
    return found


def items(facts: StepFacts) -> list[AgendaItem]:
    """The agenda: no row asks two guards for it."""
    return agenda.items_of(facts.subject)


@guard(Guard.SEATS_COMPLETE)
def seats_complete(facts: StepFacts) -> list[Refusal]:
    """Size, parts and reviewers as the rule book says (TT 20/2023/TT-BKHCN, Article 8; TT 11/2014)."""
    return [*_parts_played(facts), *_size_fits(facts), *_composition_fits(facts)]


def _parts_played(facts: StepFacts) -> Iterator[Refusal]:
    """A chair signs the minutes of every council; who else is named by the text, the rule book says.

    The secretary signs them too, where the rules name one: without that signature there are no minutes.
    """
    kind, held = facts.subject.kind, [seat.position for seat in seats(facts)]
    key = f"council.{kind}.parts"
    unplayed = unanswered(facts.value(key), held)
    if Position.CHAIR not in held:
        yield facts.refuse(_("The council has no chair."))
    if "scientific_secretary" in unplayed:
        yield facts.refuse(_("The council has no scientific secretary."))
    missing = [part for part in unplayed if part not in SIGNING]
    if missing:
        names = ", ".join(_(words.WORDS[part]) for part in missing)
        yield facts.refuse(_("Must be appointed: %(names)s.") % {"names": names}, by=key)


def _size_fits(facts: StepFacts) -> Iterator[Refusal]:
    kind, held = facts.subject.kind, [seat.position for seat in seats(facts)]
    key = f"council.{kind}.sizes"
    if len(held) not in facts.value(key):
        text = _("%(rule)s: %(sizes)s; now there are %(number)s.")
        parts = {"rule": label(key), "sizes": value_text(facts.parameter(key)), "number": len(held)}
        yield facts.refuse(text % parts, by=key)
    key = f"council.{kind}.reviewers"
    if held.count(Position.REVIEWER) < facts.value(key):
        yield facts.refuse(_("At least %(number)s reviewers are needed.") % {"number": facts.value(key)}, by=key)


def _composition_fits(facts: StepFacts) -> Iterator[Refusal]:
    if facts.subject.kind == CouncilKind.ACCEPTANCE:
        yield from _at_least(facts, "council.acceptance.experts_min", _of_capacity(facts, "expert"))
        yield from _at_least(facts, "council.acceptance.representatives_min", _of_capacity(facts, "representative"))
        yield from _some_of(facts, "council.acceptance.former_members_min", history.former_members(facts.subject))
    elif facts.subject.kind == CouncilKind.APPRAISAL:
        yield from _some_of(facts, "council.appraisal.council_members_min", history.selection_leaders(facts.subject))


def _of_capacity(facts: StepFacts, capacity: str) -> int:
    return sum(seat.capacity == capacity for seat in seats(facts))


def _some_of(facts: StepFacts, key: str, known: set[int]) -> Iterator[Refusal]:
    """Members of earlier councils; nothing can be asked where no earlier council is known here."""
    if known:
        yield from _at_least(facts, key, sum(seat.user_id in known for seat in seats(facts)))


def _at_least(facts: StepFacts, key: str, number: int) -> Iterator[Refusal]:
    wanted = facts.value(key)
    if number < wanted:
        text = _("%(rule)s: at least %(wanted)s, now %(number)s.")
        yield facts.refuse(text % {"rule": label(key), "wanted": wanted, "number": number}, by=key)


@guard(Guard.NO_CONFLICT)
def no_conflict(facts: StepFacts) -> Iterator[Refusal]:
    """Nobody sits who applies, works for a host or partner of any competing dossier, or declared a conflict."""
    council: Council = facts.subject
    found = [one for one in conflicts.conflicts_of(council, seats(facts)) if one.is_barred]
    for is_binding in (True, False):
        of_weight = [one for one in found if one.is_binding is is_binding]
        names = "; ".join(f"{one.seat.user} ({conflicts.category_label(one.category)})" for one in of_weight)
        if names:
            source = conflicts.barred_categories(council).source
            yield Refusal(_("May not sit: %(names)s.") % {"names": names}, source, blocking=is_binding)


@guard(Guard.AGENDA_READY)
def agenda_ready(facts: StepFacts) -> Iterator[Refusal]:
    """Something to judge, all of it in the state from which it comes to a council, and before no other council."""
    return _agenda_faults(facts, items(facts))


def _agenda_faults(facts: StepFacts, known: Sequence[AgendaItem]) -> Iterator[Refusal]:
    council: Council = facts.subject
    kind = CouncilKind(council.kind)
    heads = [item for item in known if not (kind == CouncilKind.SELECTION and item.dossier_id)]
    if wrong := [item.subject.code for item in heads if not agenda.may_come(item.subject, kind)]:
        yield facts.refuse(_("These cannot come to a council now: %(codes)s.") % {"codes": ", ".join(wrong)})
    if busy := [item.subject.code for item in agenda.judged_elsewhere(council, heads)]:
        yield facts.refuse(_("Already before another council: %(codes)s.") % {"codes": ", ".join(busy)})
    if kind == CouncilKind.SELECTION and not _all_dossiers(known):
        yield facts.refuse(_("The agenda does not hold exactly the valid dossiers of the order: draft it anew."))
    if kind == CouncilKind.ACCEPTANCE and not all(item.task and item.task.products.exists() for item in heads):
        yield facts.refuse(_("The task has no products that could be judged."))


def _all_dossiers(known: Sequence[AgendaItem]) -> bool:
    orders = [item.order_id for item in known if item.order_id]
    valid = Dossier.objects.filter(order__in=orders, state=DossierState.VALID).values_list("pk", flat=True)
    return bool(valid) and set(valid) == {item.dossier_id for item in known if item.dossier_id}


@guard(Guard.SITS_AFTER_DECISION)
def sits_after_decision(facts: StepFacts) -> Refusal | None:
    """No council sits before the decision establishing it: a slip in the year would choose an older regulation too."""
    day = facts.subject.sitting_day
    if day is None or facts.effective_on <= day:
        return None
    return facts.refuse(_("The sitting on %(date)s would lie before the decision.") % {"date": f"{day:%d/%m/%Y}"})


@guard(Guard.PAPERS_SENT_IN_TIME)
def papers_sent_in_time(facts: StepFacts) -> Refusal | None:
    """The members have the papers at least so many working days before (TT 33/2014/TT-BKHCN, Article 12)."""
    council: Council = facts.subject
    day = council.sitting_day
    if day is None or not council.place:
        return facts.refuse(_("Date, time and place of the sitting are not fixed."))
    if council.papers_sent_on is None:
        return facts.refuse(_("It is not recorded when the papers went to the members."))
    key = f"council.{council.kind}.documents_lead_days"
    lead = facts.parameter(key)
    if clock.add_days(council.papers_sent_on, lead.value, lead.unit) <= day:
        return None
    return facts.refuse(f"{label(key)}: {value_text(lead)}.", by=key)


@guard(Guard.DISSOLUTION_REASONED)
def dissolution_reasoned(facts: StepFacts) -> Refusal | None:
    """The decision prints its ground."""
    if facts.subject.dissolution_reason:
        return None
    return facts.refuse(_("The ground of the dissolution is not written."))
