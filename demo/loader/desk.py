"""What lies half done on the desks when the demo begins: drafts, ballots typed from paper, a mistake to be undone.

Written by the people who sign in with one click, so that whoever looks at the demo finds every page in use.
"""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.audit.models import Event
from core.people.models import RightsKind, User
from core.people.policy import visible_to
from core.people.roles import Role
from core.people.services import enter_rights
from core.workflow.corrections import ask_correction, ask_refusals
from proposals.lifecycle import OrderState
from proposals.models import Order, Proposal
from reviews import services as reviews
from reviews.lifecycle import CouncilKind, CouncilState
from reviews.models import Council, DeclaredConflict, Position
from reviews.selectors.agenda import ballot_items, waiting
from reviews.selectors.ballots import seats_without_ballot
from reviews.selectors.seats import candidates, seats_of
from tasks import services as tasks
from tasks.models import AmendmentKind, Task

from .before import order_of_before, task_of_before
from .desk_money import approve, plan_and_estimate, requests, settlement
from .dossiers import write
from .player import History
from .scans import SCAN
from .stage import Stage

POSITIONS = (Position.CHAIR, Position.VICE_CHAIR, Position.SECRETARY, Position.REVIEWER, Position.REVIEWER)


def half_done(stage: Stage) -> History:
    """Everything that somebody has begun on the last working day and not finished."""
    yield stage.days.at(1, 17, 30)
    host = stage.world.hosts[0]
    signer = stage.signer(host)
    _dossier(stage, signer)
    _amendment(stage, signer)
    settlement(stage, signer)
    requested = requests(stage)
    # The decision names the accountant of a step that is in the chain by then.
    yield stage.days.at(1, 17, 45)
    approve(stage, requested)
    plan_and_estimate(stage)
    _council(stage)
    _paper_ballots(stage)
    _replacement(stage)
    _conflict(stage)
    _right(stage)
    _mistake(stage)
    order_of_before(stage)
    task_of_before(stage)


def _dossier(stage: Stage, signer: User) -> None:
    """A draft of the demo's university for a selection that is open."""
    host = stage.world.hosts[0]
    open_to = visible_to(signer, Order, "apply").filter(state=OrderState.CALL_OPEN)
    order = open_to.exclude(dossiers__host=host).order_by("pk").first()
    if order is not None:
        write(stage, order, host, stage.world.researchers[host.pk][0])


def _amendment(stage: Stage, signer: User) -> None:
    task = visible_to(signer, Task, "request_amendment").filter(amendments=None).order_by("pk").first()
    if task is not None:
        facts = {"reason": stage.say("reasons", "extension"), "extension_months": 3}
        tasks.create_amendment(task, actor=signer, kind=AmendmentKind.EXTENSION, facts=facts, key=stage.key())


def _council(stage: Stage) -> None:
    """A council that is being put together: its members are named, its decision is not prepared."""
    officer = stage.staff(Role.OFFICER)
    items: list[Any] = list(waiting(CouncilKind.IDENTIFICATION).order_by("code")[:2])
    if not items:
        return
    made = reviews.create_council(
        actor=officer,
        kind=CouncilKind.IDENTIFICATION,
        items=items,
        title="Hội đồng tư vấn xác định nhiệm vụ bổ sung",
        key=stage.key(),
    )
    for position, user in zip(POSITIONS, stage.world.experts, strict=False):
        reviews.add_seat(made, actor=officer, user=user, position=position)


def _paper_ballots(stage: Stage) -> None:
    """Members who voted on paper: typed by the secretary, not confirmed yet."""
    secretary = stage.staff(Role.ADMINISTRATIVE_SECRETARY)
    for council in visible_to(secretary, Council, "type_ballots").filter(kind=CouncilKind.IDENTIFICATION):
        item = ballot_items(council)[0]
        seat = seats_without_ballot(item).order_by("pk").last()
        if seat is not None:
            paper = reviews.Paper(seat=seat, scan=SimpleUploadedFile("phieu.png", SCAN, "image/png"))
            reviews.enter_paper_ballot(item, reviews.Vote(agrees=True), paper=paper, actor=secretary, key=stage.key())


def _replacement(stage: Stage) -> None:
    """A member who cannot come: the decision is entered, nobody has confirmed it."""
    secretary = stage.staff(Role.ADMINISTRATIVE_SECRETARY)
    council = visible_to(secretary, Council, "replace").filter(state=CouncilState.CONVENED).order_by("pk").first()
    other = candidates(council).first() if council is not None else None
    if council is None or other is None:
        return
    decision = reviews.AmendingDecision(
        words=f"Quyết định số 58/QĐ-SKHCN ngày {clock.today():%d/%m/%Y}",
        decided_by=stage.staff(Role.DEPARTMENT_DIRECTOR),
        decided_on=clock.today(),
        scan=SimpleUploadedFile("quyet-dinh.png", SCAN, "image/png"),
    )
    reason = "Thành viên đi công tác dài ngày."
    reviews.replace_seat(seats_of(council)[-1], actor=secretary, user=other, decision=decision, reason=reason)


def _conflict(stage: Stage) -> None:
    """What the secretary noted of a member, and nobody has judged."""
    secretary = stage.staff(Role.ADMINISTRATIVE_SECRETARY)
    council = visible_to(secretary, Council, "replace").filter(state=CouncilState.CONVENED).order_by("pk").first()
    if council is not None:
        words = "Cùng nhóm nghiên cứu với tác giả một đề xuất"
        seat = seats_of(council)[-2]
        reviews.note_conflict(seat, actor=secretary, conflict=DeclaredConflict.PARTIAL, words=words)


def _right(stage: Stage) -> None:
    """A role that one administrator gave and no second person has confirmed."""
    people = stage.world.staff
    enter_rights(
        RightsKind.ADD_MEMBERSHIP,
        user=people[Role.OFFICER][-1],
        organisation=stage.world.organisations["SKHCN"],
        role=Role.CLERK,
        position="Văn thư kiêm nhiệm",
        valid_from=clock.today(),
        actor=people[Role.SYSTEM_ADMINISTRATOR][0],
    )


def _mistake(stage: Stage) -> None:
    """An officer screened the wrong proposal and asks the head of division to undo it."""
    screened = Event.objects.filter(subject_type="proposal", step="screen").select_related("actor")
    for event in screened.order_by("-sequence"):
        proposal = Proposal.objects.get(code=event.subject_code)
        if event.actor is not None and not ask_refusals(proposal, event.actor):
            ask_correction(proposal, actor=event.actor, reason="Nhầm với đề xuất khác cùng tên.")
            return
