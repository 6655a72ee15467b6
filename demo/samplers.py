"""Arguments of the addresses that need more than a code, as a user of the demo may open them."""

from collections.abc import Iterator
from itertools import islice

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from core import clock
from core.documents.services import prepare_refusals
from core.people.models import User
from core.people.policy import may, visible_to
from core.people.roles import Role
from core.people.selectors import has_role
from core.regulations.selectors import regulations
from core.ui.styleguide import PAGES
from core.workflow.corrections import ask_refusals, open_request
from core.workflow.data_corrections import may_ask
from core.workflow.models import CorrectionRequest, Stepped
from core.workflow.ports import signed_paper
from core.workflow.registry import subjects
from core.workflow.selectors import available_steps, confirmations_waiting
from tasks.models import AmendmentKind, Task

from .pages import Arguments, sampler

SUBJECTS = 12


def _subjects(user: User) -> Iterator[Stepped]:
    """The newest records of each kind that the user sees."""
    for _name, model in sorted(subjects.items()):
        yield from islice(visible_to(user, model).order_by("-pk"), SUBJECTS)


def _arguments(subject: Stepped) -> Arguments:
    return {"kind": subject.lifecycle.name, "code": subject.code}


@sampler("workflow:step-take")
def steps(user: User) -> Iterator[Arguments]:
    """Steps that are one act; those with a signed paper are prepared elsewhere."""
    for subject in _subjects(user):
        for offer in available_steps(subject, user):
            if signed_paper(offer.row) is None:
                yield {**_arguments(subject), "step": offer.row.name}


@sampler("documents:document-prepare")
def papers(user: User) -> Iterator[Arguments]:
    """Steps that wait for a paper which this user may prepare."""
    for subject in _subjects(user):
        for row in subject.rows():
            if signed_paper(row) is not None and not prepare_refusals(subject, row.name, actor=user):
                yield {**_arguments(subject), "step": row.name}


@sampler("workflow:correction-ask")
def questions(user: User) -> Iterator[Arguments]:
    """Records whose last step this user took and may ask back."""
    yield from (_arguments(subject) for subject in _subjects(user) if not ask_refusals(subject, user))


@sampler("workflow:correction-data")
def wrong_facts(user: User) -> Iterator[Arguments]:
    """Records of which this user may ask that a fact be mended."""
    yield from (_arguments(subject) for subject in _subjects(user) if may_ask(subject, user))


@sampler("workflow:correction-undo")
@sampler("workflow:correction-keep")
def answers(user: User) -> Iterator[Arguments]:
    """Records on which somebody asked that a step be undone."""
    for request in CorrectionRequest.objects.filter(granted=None):
        subject = visible_to(user, subjects[request.subject_type]).filter(code=request.subject_code).first()
        if subject is not None and open_request(subject) is not None:
            yield _arguments(subject)


@sampler("documents:register-month")
@sampler("documents:register-print")
def months(user: User) -> Iterator[Arguments]:
    """The register of this month."""
    today = clock.today()
    if may(user, "documents.register"):
        yield {"year": today.year, "month": today.month}


@sampler("ui:styleguide-page")
def parts(_user: User) -> Iterator[Arguments]:
    """Every page of the style guide."""
    yield from ({"page": name} for name in PAGES)


@sampler("tasks:amendment-create")
def kinds_of_amendment(user: User) -> Iterator[Arguments]:
    """The choice of the kind, then the form of each kind, on the newest task that the user may ask it for."""
    task = visible_to(user, Task, "request_amendment").order_by("-pk").first()
    if task is not None:
        yield {"code": task.code}
        yield from ({"code": task.code, "kind": kind} for kind in AmendmentKind.values)


@sampler("account_reset_password_from_key")
def links_of_a_reset(user: User) -> Iterator[Arguments]:
    """A link as the e-mail holds it, and one that is not valid."""
    yield {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    yield {"uidb36": user_pk_to_url_str(user), "key": "0-0"}


@sampler("workflow:adoption-confirm")
@sampler("workflow:adoption-refuse")
def records_from_before(user: User) -> Iterator[Arguments]:
    """Records that came in from before and wait for the head of division."""
    if has_role(user, Role.HEAD_OF_DIVISION):
        for event in confirmations_waiting().order_by("-sequence")[:SUBJECTS]:
            yield {"kind": event.subject_type, "code": event.subject_code}


@sampler("portal:rule-book")
def rule_books(user: User) -> Iterator[Arguments]:
    """Every version of the law."""
    for book in regulations():
        yield {"version": book.code}
