"""Preconditions while a task runs and when it ends: reports, inspections, amendments, acceptance, ending."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from core import clock
from core.money import format_vnd
from core.regulations.wording import value_text
from core.workflow.registry import guard
from core.workflow.ruling import Refusal, StepFacts
from tasks.lifecycle import Guard
from tasks.models import Amendment, AmendmentKind, Inspection, Report, Task, Termination
from tasks.selectors import current_file, extension_refusals, missing_in_acceptance, money
from tasks.selectors.amendments import decision_obstacle, missing_in_amendment
from tasks.selectors.contracts import contract_of, percent_kept
from tasks.selectors.eligibility import investigator_obstacles
from tasks.selectors.papers import recovery_rests_on
from tasks.selectors.recovery import always_recovered, recovery_facts, rule_of
from tasks.selectors.reports import missing_reports
from tasks.services.ending import is_later_end, latest_end, open_recovery, open_suspension

from .guards import enough_is_kept

EXTENSION = "extension.times_max"
NOTICE = "inspection.notice_days"
SUSPENSION = "suspension.months_max"
END_MOVES = "suspension.end_moves_percent_max"


def _date(day: object) -> str:
    return f"{day:%d/%m/%Y}"


@guard(Guard.REPORT_COMPLETE)
def report_complete(facts: StepFacts) -> Refusal | None:
    """Work done, percentage, spending (TT 33/2014/TT-BKHCN, Article 15)."""
    report: Report = facts.subject
    if report.done and report.percent is not None and report.spent_vnd is not None:
        return None
    text = _("The report lacks the work done, the percentage or the spending.")
    return facts.block(text, "report.dates")


@guard(Guard.INSPECTION_ANNOUNCED_IN_TIME)
def inspection_announced_in_time(facts: StepFacts) -> Refusal | None:
    """The host hears of it in time (rule book: inspection.notice_days)."""
    inspection: Inspection = facts.subject
    rule = facts.parameter(NOTICE)
    if clock.add_days(facts.effective_on, rule.value, rule.unit) <= inspection.planned_on:
        return None
    text = _("The inspection of %(date)s must be announced earlier: %(time)s before.")
    return facts.refuse(text % {"date": _date(inspection.planned_on), "time": value_text(rule)}, by=NOTICE)


@guard(Guard.INSPECTION_RECORDED)
def inspection_recorded(facts: StepFacts) -> Refusal | None:
    """Minutes need findings, people and a verdict."""
    inspection: Inspection = facts.subject
    if not (inspection.verdict and inspection.facts and inspection.host_head and inspection.closed_at):
        return facts.block(_("What the inspection found and its verdict are not recorded."), NOTICE)
    if clock.local(inspection.closed_at).date() > facts.effective_on:
        return facts.refuse(_("The inspection has not been held yet."))
    return None


@guard(Guard.AMENDMENT_COMPLETE)
def amendment_complete(facts: StepFacts) -> Refusal | None:
    """What shall change is said."""
    missing = missing_in_amendment(facts.subject)
    return facts.block(missing, EXTENSION) if missing else None


@guard(Guard.AMENDMENT_STILL_FITS)
def amendment_still_fits(facts: StepFacts) -> Refusal | None:
    """The contract binds still, work is left to extend, no money was asked for that the new plan would move."""
    obstacle = decision_obstacle(facts.subject)
    return facts.block(obstacle, EXTENSION) if obstacle else None


@guard(Guard.NEW_LEADER_ELIGIBLE)
def new_leader_eligible(facts: StepFacts) -> Iterator[Refusal]:
    """Whoever takes over leads no other task and is not barred, as if the task were given to them today."""
    amendment: Amendment = facts.subject
    person = amendment.new_investigator
    if amendment.kind != AmendmentKind.INVESTIGATOR or person is None:
        return
    if person != amendment.task.principal_investigator:
        yield from investigator_obstacles(person, facts.effective_on, amendment.regulation)


@guard(Guard.ENOUGH_STAYS_FOR_THE_END)
def enough_stays_for_the_end(facts: StepFacts) -> Refusal | None:
    """A new plan of payments keeps as much for the end as the contract itself must."""
    amendment: Amendment = facts.subject
    contract = contract_of(amendment.task)
    if amendment.kind != AmendmentKind.PHASING or contract is None:
        return None
    moved = dict(amendment.phasings.values_list("instalment", "amount_vnd"))
    return enough_is_kept(facts, percent_kept(contract, moved))


@guard(Guard.EXTENSION_ALLOWED)
def extension_allowed(facts: StepFacts) -> Iterator[Refusal]:
    """The day of the request counts, not that of the decision."""
    amendment: Amendment = facts.subject
    return extension_refusals(amendment, amendment.requested_on or facts.effective_on)


@guard(Guard.AMENDMENT_OPINION_GIVEN)
def amendment_opinion_given(facts: StepFacts) -> Refusal | None:
    """The officer has written an opinion on the request and says whether he agrees."""
    amendment: Amendment = facts.subject
    if amendment.opinion and amendment.agrees is not None:
        return None
    return facts.block(_("The opinion on the request is not written."), EXTENSION)


@guard(Guard.ACCEPTANCE_FILE_COMPLETE)
def acceptance_file_complete(facts: StepFacts) -> Refusal | None:
    """Every file and statement of the dossier is there (TT 33/2014/TT-BKHCN; NĐ 267/2025/NĐ-CP, Article 17)."""
    missing = list(missing_in_acceptance(facts.subject))
    if not missing:
        return None
    text = _("The acceptance dossier lacks: %(parts)s.") % {"parts": "; ".join(missing)}
    return facts.block(text, "acceptance.dossier_days")


@guard(Guard.REPORTS_FILED)
def reports_filed(facts: StepFacts) -> Refusal | None:
    """No report that was due is missing."""
    late = missing_reports(facts.subject, facts.effective_on)
    if not late:
        return None
    days = ", ".join(_date(report.due_date) for report in late)
    text = _("Progress reports are missing that were due on: %(days)s.") % {"days": days}
    return facts.refuse(text, by="report.dates")


@guard(Guard.GRASSROOTS_RESULT_RECORDED)
def grassroots_result_recorded(facts: StepFacts) -> Refusal | None:
    """The host's own council accepts first (rule book: acceptance.grassroots)."""
    dossier = current_file(facts.subject)
    if dossier is None or dossier.grassroots_on is None or not dossier.grassroots_decision:
        return facts.block(_("The result of the grassroots acceptance is not recorded."), "acceptance.grassroots")
    if not dossier.grassroots_passed:
        return facts.block(_("The grassroots council did not accept the results."), "acceptance.grassroots")
    return None


@guard(Guard.FIRST_FAILURE)
def first_failure(facts: StepFacts) -> Refusal | None:
    """A second evaluation is possible so many times (rule book: acceptance.repeat_max)."""
    task: Task = facts.subject
    most = facts.value("acceptance.repeat_max")
    if task.acceptance_attempt + task.repeats_before <= most:
        return None
    text = _("The results were evaluated again already; this is possible %(times)s time(s).") % {"times": most}
    return facts.refuse(text, by="acceptance.repeat_max")


@guard(Guard.SUSPENSION_RECORDED)
def suspension_recorded(facts: StepFacts) -> Refusal | None:
    """From when, until when, why; not longer than the rule book allows."""
    suspension = open_suspension(facts.subject)
    if suspension is None:
        return facts.block(_("Until when and under which conditions the task is suspended is not written."), SUSPENSION)
    rule = facts.parameter(SUSPENSION)
    latest = clock.add_days(suspension.from_on, rule.value, rule.unit)
    if suspension.until <= facts.effective_on:
        return facts.block(_("The suspension would end before it begins."), SUSPENSION)
    if suspension.until > latest:
        text = _("A suspension lasts until %(date)s at the longest.") % {"date": _date(latest)}
        return facts.refuse(text, by=SUSPENSION)
    return None


@guard(Guard.RESUMPTION_RECORDED)
def resumption_recorded(facts: StepFacts) -> Refusal | None:
    """Why the task may go on; an end that moves still moves later, whatever was extended meanwhile, and not too far."""
    suspension = open_suspension(facts.subject)
    if suspension is None or not suspension.resume_note:
        return facts.block(_("Why the task may be resumed is not written."), SUSPENSION)
    if not is_later_end(facts.subject, suspension.new_ends_on):
        return facts.block(_("The new end lies after the present one."), SUSPENSION)
    latest = latest_end(facts.subject, suspension, facts.effective_on, int(facts.value(END_MOVES)))
    if suspension.new_ends_on is not None and latest is not None and suspension.new_ends_on > latest:
        text = _("The task stood still for so long that its end moves to %(date)s at the latest; more is an extension.")
        return facts.refuse(text % {"date": _date(latest)}, by=END_MOVES)
    return None


@guard(Guard.TERMINATION_GROUND_NAMED)
def termination_ground_named(facts: StepFacts) -> Refusal | None:
    """Ground and cause; accepted risk needs an assessment (Law 93/2025/QH15, Article 9)."""
    termination = getattr(facts.subject, "termination", None)
    if termination is None:
        return facts.block(_("The ground of the termination is not named."), "termination.decision_days")
    if termination.procedure_followed and not termination.compliance_note:
        text = _("That all procedures were followed needs an assessment of compliance.")
        return facts.block(text, "recovery.risk_acceptance")
    return None


@guard(Guard.RETURNED_SHARE_DECIDED)
def returned_share_decided(facts: StepFacts) -> Refusal | None:
    """Which share of the proper spending goes back, within the bounds of the rule book."""
    termination: Termination | None = getattr(facts.subject, "termination", None)
    if termination is None:
        return None
    rule, percent = rule_of(termination), termination.returned_percent
    if percent is None or not termination.percent_reason:
        text = _("Which share of what was spent properly goes back is not decided.")
        return facts.block(text, rule.key)
    if rule.allows(percent):
        return None
    text = _(
        "%(percent)s%% of what was spent properly is to go back; the rule book allows %(lowest)s%% to %(highest)s%%."
    )
    words = {"percent": percent, "lowest": rule.lowest, "highest": rule.highest}
    return facts.refuse(text % words, by=rule.key)


@guard(Guard.RECOVERY_COMPUTED)
def recovery_computed(facts: StepFacts) -> Refusal | None:
    """How much, by when; no more than lies with the host."""
    order = open_recovery(facts.subject)
    if order is None:
        return facts.block(_("The amount to recover is not written."), "recovery.payment_days")
    if order.due_on <= facts.effective_on:
        return facts.block(_("The day of payment must lie after the decision."), "recovery.payment_days")
    held = money.source().totals(facts.subject).with_host_vnd
    if held is None or order.amount_vnd <= held:
        return None
    text = _("Only %(paid)s đồng lie with the host; %(amount)s đồng cannot be recovered.")
    words = {"paid": format_vnd(held), "amount": format_vnd(order.amount_vnd)}
    return facts.block(text % words, "recovery.payment_days")


@guard(Guard.NOTHING_GIVEN_AWAY)
def nothing_given_away(facts: StepFacts) -> Refusal | None:
    """Whatever share was decided: money that was not spent, or not properly, is recovered whole."""
    order, known = open_recovery(facts.subject), recovery_facts(facts.subject)
    least = always_recovered(known) if known else 0
    if order is None or order.amount_vnd >= least:
        return None
    text = _("%(amount)s đồng were not spent, or not accepted as proper: no less is recovered.")
    rule = rule_of(facts.subject.termination)
    return facts.block(text % {"amount": format_vnd(least)}, rule.key)


@guard(Guard.RECOVERY_PAPER_KNOWN)
def recovery_paper_known(facts: StepFacts) -> Refusal | None:
    """The decision cites a valid paper by its own number and day, never one that is void or made up."""
    order = open_recovery(facts.subject)
    if order is None or recovery_rests_on(facts.subject, order)["symbol"]:
        return None
    text = _(
        "The paper that ended the contract is void or not in the system: "
        "write the number and the day of the one that the recovery rests on."
    )
    return facts.block(text, "recovery.payment_days")
