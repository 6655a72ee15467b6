"""Preconditions of the room's steps. Each says in words why not, and where that is written."""

from django.utils.translation import gettext as _

from core.documents.kinds import DocumentKind
from core.regulations.wording import value_text
from core.workflow.registry import guard
from core.workflow.ruling import Refusal, StepFacts
from proposals.lifecycle import Guard as Proposals
from tasks.lifecycle import Guard, TaskState
from tasks.models import Grade, Task
from tasks.selectors import missing_in_contract
from tasks.selectors.contracts import contract_of, over_approval, percent_kept, unplanned
from tasks.selectors.papers import paper_of, papers_with_number, unnumbered_papers
from tasks.selectors.parties import party_obstacle


def _contract_law(facts: StepFacts) -> str:
    """Where the subject's own regulation writes about the contract."""
    return facts.parameter("contract.signing_days").source


@guard(Proposals.TASK_NOT_CONTRACTED)
def task_not_contracted(facts: StepFacts) -> Refusal | None:
    """An approval may be revoked only before the contract."""
    bound = Task.objects.filter(order=facts.subject).exclude(state__in=[TaskState.APPROVED, TaskState.REVOKED]).first()
    if bound is None:
        return None
    text = _("The contract of task %(code)s is signed: end it by terminating the contract.")
    return facts.refuse(text % {"code": bound.code}, source=_contract_law(facts))


@guard(Guard.CAME_WITHOUT_ORDER)
def came_without_order(facts: StepFacts) -> Refusal | None:
    """A task of before this system has no order: its approval is revoked on the task itself."""
    task: Task = facts.subject
    if task.order is None:
        return None
    text = _("Task %(code)s came of order %(order)s: the approval of the order is revoked, and the task with it.")
    return facts.refuse(text % {"code": task.code, "order": task.order.code})


@guard(Guard.CONTRACT_COMPLETE)
def contract_complete(facts: StepFacts) -> Refusal | None:
    """Parties, time and payments are written, as in the model contract (TT 05/2014/TT-BKHCN)."""
    missing = list(missing_in_contract(facts.subject))
    return facts.refuse(" ".join(missing), source=_contract_law(facts)) if missing else None


@guard(Guard.CONTRACT_BY_ITS_PARTY)
def contract_by_its_party(facts: StepFacts) -> Refusal | None:
    """Who pays signs: body and signer of party A are those of the table of authorities (act and payer)."""
    text = party_obstacle(facts.subject, facts.decided_by or facts.actor, facts.effective_on)
    return facts.refuse(text, source=_contract_law(facts)) if text else None


@guard(Guard.CONTRACT_WITHIN_APPROVAL)
def contract_within_approval(facts: StepFacts) -> Refusal | None:
    """The contract promises no more than was approved, state and other money apart."""
    task: Task = facts.subject
    contract = contract_of(task)
    text = over_approval(task, contract) if contract is not None else ""
    return facts.refuse(text, source=_contract_law(facts)) if text else None


@guard(Guard.INSTALMENTS_SUM)
def instalments_sum(facts: StepFacts) -> Refusal | None:
    """The instalments make the contract value: no đồng without its day and its precondition."""
    contract = contract_of(facts.subject)
    text = unplanned(contract) if contract is not None else ""
    return facts.refuse(text, source=_contract_law(facts)) if text else None


@guard(Guard.FINAL_INSTALMENT_LARGE_ENOUGH)
def final_instalment_large_enough(facts: StepFacts) -> Refusal | None:
    """Enough waits for the results of the task, by the rule book's least percentage."""
    contract = contract_of(facts.subject)
    return enough_is_kept(facts, percent_kept(contract)) if contract is not None else None


def enough_is_kept(facts: StepFacts, percent: int | None) -> Refusal | None:
    """The rule on what waits for the results, asked of a contract and of the plan that an amendment would give it."""
    key = "contract.final_percent_min"
    if percent is None or percent >= facts.value(key):
        return None
    text = _("%(percent)s%% of the contract waits for the results; at least %(least)s is kept for the end.")
    return facts.refuse(text % {"percent": percent, "least": value_text(facts.parameter(key))}, by=key)


@guard(Guard.START_DATE_REACHED)
def start_date_reached(facts: StepFacts) -> Refusal | None:
    """Work starts on the contract's first day."""
    starts_on = facts.subject.starts_on
    if starts_on is None or starts_on <= facts.effective_on:
        return None
    return facts.refuse(_("The work starts on %(date)s.") % {"date": starts_on.strftime("%d/%m/%Y")})


@guard(Guard.GRADE_RECORDED)
def grade_recorded(facts: StepFacts) -> Refusal | None:
    """``accept`` needs a pass or better, ``fail`` a fail."""
    wanted = {Grade.FAIL} if facts.row.name == "fail" else {Grade.PASS, Grade.EXCELLENT}
    if facts.subject.grade in wanted:
        return None
    return facts.refuse(_("The council's grade of task %(code)s is not recorded.") % {"code": facts.subject.code})


@guard(Guard.REGISTRATION_COMPLETE)
def registration_complete(facts: StepFacts) -> Refusal | None:
    """What the certificate of registration prints is recorded (TT 14/2014/TT-BKHCN)."""
    row = getattr(facts.subject, "registration", None)
    if row is not None and row.is_complete:
        return None
    text = _("The facts of the registration are not recorded: authors, abstract, where the copies are kept.")
    return facts.block(text, "registration.days")


@guard(Guard.CERTIFICATE_ISSUED)
def certificate_issued(facts: StepFacts) -> Refusal | None:
    """Recognition follows registration where the rule book wants the certificate first."""
    task = facts.subject
    if not facts.value("recognition.needs_certificate"):
        return None
    row = getattr(task, "registration", None)
    if paper_of(task, DocumentKind.REGISTRATION_CERTIFICATE)["symbol"] or (row and row.certificate):
        return None
    return facts.refuse(_("The certificate of registration has not been issued."), by="recognition.needs_certificate")


@guard(Guard.RECOGNITION_WRITTEN)
def recognition_written(facts: StepFacts) -> Refusal | None:
    """The results and the clause on their ownership are written (rule book: recognition.names_owner)."""
    if getattr(facts.subject, "recognition", None):
        return None
    return facts.block(_("The results and their ownership are not written down yet."), "recognition.names_owner")


@guard(Guard.LIQUIDATION_RECORDED)
def liquidation_recorded(facts: StepFacts) -> Refusal | None:
    """What the minutes say is recorded."""
    if getattr(facts.subject, "liquidation", None):
        return None
    return facts.refuse(_("The minutes of the liquidation are not written yet."), source=_contract_law(facts))


@guard(Guard.PAPERS_NUMBERED)
def papers_numbered(facts: StepFacts) -> Refusal | None:
    """No draft goes to the archive (NĐ 30/2020/NĐ-CP, Article 30)."""
    drafts = unnumbered_papers(facts.subject)
    if not drafts.exists():
        return None
    names = "; ".join(paper.about for paper in drafts)
    text = _("Papers without a number keep the file from the archive: %(papers)s.") % {"papers": names}
    return facts.block(text, "archive.years")


@guard(Guard.PAPERS_TO_ARCHIVE)
def papers_to_archive(facts: StepFacts) -> Refusal | None:
    """A record of delivery that lists nothing needs a reason: the papers of an old task may lie on a shelf only."""
    if papers_with_number(facts.subject).exists():
        return None
    text = _("The file holds no paper with a number: the record of delivery to the archive would list nothing.")
    return Refusal(text, facts.parameter("archive.years").source, blocking=False)


@guard(Guard.FOLLOWED_START_RECORDED)
def followed_start_recorded(facts: StepFacts) -> Refusal | None:
    """From when until when it runs, by the word of its own managing body."""
    task: Task = facts.subject
    if task.starts_on is None or task.ends_on is None:
        return facts.refuse(_("From when until when the task runs is not recorded."))
    if task.starts_on > facts.effective_on:
        return facts.refuse(_("The work starts on %(date)s.") % {"date": task.starts_on.strftime("%d/%m/%Y")})
    return None


@guard(Guard.FOLLOWED_END_RECORDED)
def followed_end_recorded(facts: StepFacts) -> Refusal | None:
    """When and how, by the word of its own managing body."""
    task: Task = facts.subject
    if task.ended_on is None or not task.end_note:
        return facts.refuse(_("When and how the task ended is not recorded."))
    if task.ended_on > facts.effective_on:
        return facts.refuse(_("The task has not ended yet."))
    return None
