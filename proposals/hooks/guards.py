"""The preconditions of this room's steps, each answered in words."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core import clock
from core.regulations.wording import value_text
from core.workflow.registry import guard
from core.workflow.rights import may_record
from core.workflow.ruling import Refusal, StepFacts
from core.workflow.table import Channel
from proposals.lifecycle import ANNOUNCED, CallKind, DossierState, Guard, OrderMode, OrderState, ProposalState
from proposals.models import Proposal
from proposals.selectors import completeness, dossiers, eligibility, intake


def lacking(facts: StepFacts, missing: Sequence[object]) -> Refusal | None:
    """One refusal that names everything that is missing."""
    if not missing:
        return None
    return facts.refuse(_("Still missing: %(names)s.") % {"names": "; ".join(str(one) for one in missing)})


def is_being_recorded(facts: StepFacts) -> bool:
    """A clerk or officer opens the form of somebody else's paper: its date is not known yet."""
    kind = facts.subject.lifecycle
    return facts.channel is None and facts.actor is not None and may_record(facts.actor, kind, clock.today())


def _moment_of(facts: StepFacts) -> intake.Moment:
    on_paper = facts.channel in {Channel.PAPER, Channel.OTHER_SYSTEM}
    counts = bool(facts.value("call.postmark_counts"))
    return intake.moment_of(facts.effective_on, on_paper=on_paper, postmark_counts=counts)


# ── Calls ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@guard(Guard.CALL_FACTS_COMPLETE)
def call_facts_complete(facts: StepFacts) -> Refusal | None:
    """An announcement needs its dates, orientations and address, which the paper prints."""
    call = facts.subject
    missing = completeness.missing_in_call(call)
    if not missing and call.closes_at <= clock.now():
        return facts.refuse(_("The closing has already passed: name a later one."))
    return lacking(facts, missing)


@guard(Guard.CALL_OPENS_LONG_ENOUGH)
def call_opens_long_enough(facts: StepFacts) -> Refusal | None:
    """The least time a call stays open, by the rule book: nobody can answer it before it is announced."""
    call = facts.subject
    if call.opens_at is None or call.closes_at is None or call.closes_at <= clock.now():
        # What is missing or over already, the call's facts say.
        return None
    key = "call.min_open_days" if call.kind == CallKind.PROPOSALS else "selection_call.min_open_days"
    rule = facts.parameter(key)
    opens = max(clock.local(call.opens_at).date(), facts.effective_on)
    if clock.add_days(opens, rule.value, rule.unit) <= clock.local(call.closes_at).date():
        return None
    return facts.refuse(_("A call must stay open for at least %(time)s.") % {"time": value_text(rule)}, by=key)


@guard(Guard.CALL_HAS_ORDERS)
def call_has_orders(facts: StepFacts) -> Refusal | None:
    """A selection call is for approved orders whose host is found by selection."""
    orders = list(facts.subject.orders.all())
    if not orders:
        return facts.refuse(_("Name the orders that the call is for."))
    wrong = [one.code for one in orders if one.state != OrderState.LISTED or one.mode != OrderMode.CALL]
    if wrong:
        return facts.refuse(_("These orders cannot be called now: %(orders)s.") % {"orders": ", ".join(wrong)})
    return None


@guard(Guard.CLOSING_HAS_PASSED)
def closing_has_passed(facts: StepFacts) -> Refusal | None:
    """Nobody closes a call before its announced closing."""
    closes_at = facts.subject.closes_at
    if closes_at is not None and closes_at <= clock.now():
        return None
    when = f"{clock.local(closes_at):%d/%m/%Y %H:%M}" if closes_at else "–"
    return facts.refuse(_("The call closes on %(when)s: it cannot be closed earlier.") % {"when": when})


@guard(Guard.CALL_IS_EMPTY)
def call_is_empty(facts: StepFacts) -> Refusal | None:
    """What somebody handed in cannot be cancelled away."""
    call = facts.subject
    unsent = [ProposalState.DRAFT, ProposalState.WITHDRAWN]
    if call.proposals.exclude(state__in=unsent).exists():
        return facts.refuse(_("Proposals were already submitted to this call."))
    sent = [DossierState.SUBMITTED, *dossiers.ALIVE]
    if call.orders.filter(dossiers__state__in=sent).exists():
        return facts.refuse(_("Dossiers were already submitted to this call."))
    return None


# ── Proposals ───────────────────────────────────────────────────────────────────────────────────────────────────────


@guard(Guard.NOT_HANDED_OVER)
def not_handed_over(facts: StepFacts) -> Refusal | None:
    """Handed over once; a change by the author takes it back."""
    if facts.subject.ready_at is None:
        return None
    return Refusal(_("The signer has it already: it is handed over again when it was changed."), is_done=True)


@guard(Guard.FORM_COMPLETE)
def form_complete(facts: StepFacts) -> Refusal | None:
    """All required fields of the order form."""
    return lacking(facts, completeness.missing_in_proposal(facts.subject))


@guard(Guard.RECEIVED_IN_TIME)
def received_in_time(facts: StepFacts) -> Refusal | None:
    """Not after the closing; by post, the postmark counts."""
    call = facts.subject.call
    if call is None:
        return _continuous(facts)
    if is_being_recorded(facts):
        return None
    moment = _moment_of(facts)
    if call.state in ANNOUNCED and intake.is_in_time(call, moment):
        return None
    closing = f"{clock.local(call.closes_at):%d/%m/%Y %H:%M}" if call.closes_at else "–"
    return facts.refuse(_("The call %(call)s closed on %(closing)s.") % {"call": call.code, "closing": closing})


def _continuous(facts: StepFacts) -> Refusal | None:
    if facts.value("call.continuous"):
        return None
    return facts.refuse(_("Proposals are received only while a call is open."), by="call.continuous")


@guard(Guard.COMPLETED_IN_TIME)
def completed_in_time(facts: StepFacts) -> Refusal | None:
    """A returned proposal has its own time, also after the closing of the call."""
    due = facts.subject.due_on
    if due is None or facts.effective_on <= due or is_being_recorded(facts):
        return None
    text = _("The completed proposal was due on %(day)s.") % {"day": f"{due:%d/%m/%Y}"}
    return facts.refuse(text, by="proposal.return_days")


@guard(Guard.DUPLICATES_CHECKED)
def duplicates_checked(facts: StepFacts) -> Refusal | None:
    """A screening record of this very submission, complete and without a duplicate."""
    screening = getattr(facts.subject, "screening", None)
    if screening is None or screening.checked_at < facts.subject.state_since:
        return facts.refuse(_("Write the screening record first: completeness and search for duplicates."))
    if not screening.is_complete:
        return facts.refuse(_("The screening found the file incomplete: return it for completion."))
    if screening.is_duplicate:
        return facts.refuse(_("The screening found that the proposal repeats an earlier one: refuse it."))
    return None


@guard(Guard.FORWARD_BODY_NAMED)
def forward_body_named(facts: StepFacts) -> Refusal | None:
    """The body that the proposal is forwarded to is named: the paper is addressed to it."""
    return None if facts.subject.forward_body else facts.refuse(_("Name the body that the proposal is forwarded to."))


@guard(Guard.DEFERRAL_YEAR_NAMED)
def deferral_year_named(facts: StepFacts) -> Refusal | None:
    """A later plan year."""
    year = facts.subject.deferral_year
    if year and year > facts.subject.plan_year:
        return None
    return facts.refuse(_("Name the later plan year that the proposal is deferred to."))


# ── Lists and orders ────────────────────────────────────────────────────────────────────────────────────────────────


@guard(Guard.LIST_HAS_ORDERS)
def list_has_orders(facts: StepFacts) -> Refusal | None:
    """An empty list is not approved."""
    if facts.subject.orders.filter(state=OrderState.PLANNED).exists():
        return None
    return facts.refuse(_("The list holds no order."))


@guard(Guard.LIST_ORDERS_COMPLETE)
def list_orders_complete(facts: StepFacts) -> Refusal | None:
    """Each item says what the decision prints (NĐ 95/2014/NĐ-CP; since 2025 NĐ 267/2025/NĐ-CP)."""
    found = []
    orders = facts.subject.orders.filter(state=OrderState.PLANNED).select_related("receiver", "direct_host")
    for order in orders.prefetch_related("products").order_by("code"):
        missing = completeness.missing_in_order(order)
        if missing:
            found.append(f"{order.code} ({', '.join(missing)})")
    return lacking(facts, found)


@guard(Guard.LIST_PROPOSALS_RECOMMENDED)
def list_proposals_recommended(facts: StepFacts) -> Refusal | None:
    """Only what a council recommended, and no other list has taken, is listed (TT 06/2023/TT-BKHCN)."""
    living = facts.subject.orders.filter(state=OrderState.PLANNED)
    rows = Proposal.objects.filter(orders__in=living).exclude(state=ProposalState.RECOMMENDED)
    codes = sorted(set(rows.values_list("code", flat=True)))
    if not codes:
        return None
    text = _("No council has recommended, or another list already holds: %(codes)s.")
    return facts.refuse(text % {"codes": ", ".join(codes)})


@guard(Guard.HOST_NAMED)
def host_named(facts: StepFacts) -> Refusal | None:
    """Only direct assignment has somebody to invite: the database asks a listed order of that kind for its host."""
    if facts.subject.mode == OrderMode.DIRECT:
        return None
    return facts.refuse(_("The host of this order is found by a selection call."))


@guard(Guard.ANSWER_DAY_NAMED)
def answer_day_named(facts: StepFacts) -> Refusal | None:
    """The letter says until when the host may answer."""
    day = facts.subject.answer_by
    if day is None or day <= facts.effective_on:
        return facts.refuse(_("Name the coming day until which the host may submit its dossier."))
    rule = facts.parameter("dossier.invitation_days")
    if clock.add_days(facts.effective_on, rule.value, rule.unit) <= day:
        return None
    text = _("An invited host has at least %(time)s.") % {"time": value_text(rule)}
    return facts.refuse(text, by="dossier.invitation_days")


@guard(Guard.INTAKE_CLOSED)
def intake_closed(facts: StepFacts) -> Refusal | None:
    """Dossiers are opened when no more can come in (rule book: dossier.opening_days)."""
    if intake.intake_is_over(facts.subject):
        return None
    return facts.refuse(_("Dossiers may still come in: they are opened after the closing."))


@guard(Guard.OPENING_RECORDED)
def opening_recorded(facts: StepFacts) -> Refusal | None:
    """Every submitted dossier was looked at and found valid or not."""
    opening = dossiers.prepared_opening(facts.subject)
    if opening is None:
        return facts.refuse(_("Write the record of the opening first."))
    waiting = dossiers.submitted_dossiers(facts.subject)
    unread = [one.code for one in waiting if one.opening_id != opening.pk or one.opening_valid is None]
    if unread:
        return facts.refuse(_("Not opened yet: %(codes)s.") % {"codes": ", ".join(unread)})
    if not waiting:
        return facts.refuse(_("No dossier was submitted."))
    return None


@guard(Guard.NO_VALID_DOSSIER)
def no_valid_dossier(facts: StepFacts) -> Refusal | None:
    """No dossier is submitted, valid or further on: otherwise it would have to be opened and judged."""
    alive = dossiers.dossiers_in(facts.subject, DossierState.SUBMITTED, *dossiers.ALIVE)
    if not alive:
        return None
    return facts.refuse(_("There is a dossier: %(codes)s.") % {"codes": ", ".join(one.code for one in alive)})


@guard(Guard.DOSSIER_APPRAISED)
def dossier_appraised(facts: StepFacts) -> Refusal | None:
    """The budget is appraised before the approval (TT 15/2022/TT-BKHCN, Article 20)."""
    dossier = dossiers.recommended_for(facts)
    if dossier is None:
        return facts.refuse(_("No dossier is recommended."))
    if dossier.state != DossierState.APPRAISED:
        text = _("The budget of %(code)s has not been appraised yet.") % {"code": dossier.code}
        return facts.refuse(text)
    return None


@guard(Guard.DURATION_ALLOWED)
def duration_allowed(facts: StepFacts) -> Refusal | None:
    """A task lasts no longer than the rule book allows."""
    dossier = dossiers.recommended_for(facts)
    rule = facts.parameter("task.max_months")
    if dossier is None:
        return None
    ends_on = clock.add_days(facts.effective_on, dossier.months or facts.subject.months, clock.Unit.MONTHS)
    if ends_on <= clock.add_days(facts.effective_on, rule.value, rule.unit):
        return None
    return facts.refuse(_("A task lasts %(time)s at the longest.") % {"time": value_text(rule)}, by="task.max_months")


@guard(Guard.HOST_ELIGIBLE)
def host_eligible(facts: StepFacts) -> list[Refusal]:
    """Everything that every room knows against the host or its leader."""
    dossier = dossiers.recommended_for(facts)
    return eligibility.eligibility_refusals(dossier, eligibility.eligibility_day(dossier)) if dossier else []


@guard(Guard.RESERVE_WAITS)
def reserve_waits(facts: StepFacts) -> Refusal | None:
    """Somebody was kept in reserve."""
    if dossiers.reserves_of(facts.subject).exists():
        return None
    return facts.refuse(_("No dossier is in reserve."))


@guard(Guard.GROUND_WRITTEN)
def ground_written(facts: StepFacts) -> Refusal | None:
    """The decision prints its reason."""
    if facts.subject.decision_ground:
        return None
    return facts.refuse(_("Write the ground of the decision first: the paper prints it."))


@guard(Guard.ORDER_CHANGE_RECORDED)
def order_change_recorded(facts: StepFacts) -> Refusal | None:
    """The amending decision prints what changes."""
    if facts.subject.changes.filter(applied_on=None).exists():
        return None
    return facts.refuse(_("Write down first what shall be changed."))


# ── Dossiers ────────────────────────────────────────────────────────────────────────────────────────────────────────


@guard(Guard.DOSSIER_COMPLETE)
def dossier_complete(facts: StepFacts) -> Refusal | None:
    """All parts of the dossier (TT 20/2023/TT-BKHCN, Article 5)."""
    return lacking(facts, completeness.missing_in_dossier(facts.subject))


@guard(Guard.BEFORE_CLOSING)
def before_closing(facts: StepFacts) -> Refusal | None:
    """A dossier is submitted, replaced or withdrawn before the closing only."""
    dossier = facts.subject
    is_unsent_withdrawal = facts.row.name == "withdraw" and dossier.state == DossierState.DRAFT
    if is_unsent_withdrawal or is_being_recorded(facts):
        return None
    moment = _moment_of(facts)
    if intake.receives(dossier.order, moment):
        return None
    return facts.refuse(_("The time for dossiers on order %(order)s is over.") % {"order": dossier.order.code})


@guard(Guard.REMARKS_ANSWERED)
def remarks_answered(facts: StepFacts) -> Refusal | None:
    """Every remark of the council has its answer (rule book: dossier.revision_days)."""
    dossier = facts.subject
    if dossier.remarks and not dossier.remarks_answer:
        return facts.refuse(_("Answer every remark of the council first."))
    return None
