"""What hosts ask to change: extensions decided, refused, waiting; a new leader."""

from core.people.models import User
from core.people.roles import Role
from tasks import services
from tasks.models import Amendment, AmendmentKind, Task

from .player import History
from .stage import Stage

ENDINGS = ("decided", "decided", "drafted", "requested", "refused", "drafted")


def extension(stage: Stage, task: Task, number: int) -> History:
    """An extension of six months, asked for before the end."""
    ending = ENDINGS[number % len(ENDINGS)]
    asked = 120 - 15 * number if ending in {"decided", "refused"} else 11 - number
    yield stage.days.at(asked, 9)
    facts = {"reason": stage.say("reasons", "extension"), "extension_months": 6}
    request = _request(stage, task, AmendmentKind.EXTENSION, facts)
    if ending == "requested":
        return
    yield stage.days.at(asked - 4, 14)
    if ending == "refused":
        chair = stage.staff(Role.PPC_CHAIR)
        stage.step(request, "refuse", chair, reason="Lý do nêu ra chưa đủ căn cứ để kéo dài thời gian.")
        return
    _examine(stage, request)
    yield stage.days.at(max(asked - 11, 1), 10)
    if ending == "decided":
        stage.paper(request, "decide", stage.staff(Role.PPC_CHAIR))
    else:
        stage.draft(request, "decide")


def new_leader(stage: Stage, task: Task, asked: int) -> History:
    """The principal investigator has left; a colleague takes over."""
    yield stage.days.at(asked, 9)
    team: list[User] = stage.world.researchers[task.host_id]
    successor = next(one for one in team if one != task.principal_investigator)
    facts = {"reason": "Chủ nhiệm nhiệm vụ chuyển công tác.", "new_investigator": successor}
    request = _request(stage, task, AmendmentKind.INVESTIGATOR, facts)
    yield stage.days.at(asked - 5, 14)
    _examine(stage, request)
    yield stage.days.at(asked - 12, 10)
    stage.paper(request, "decide", stage.staff(Role.PPC_CHAIR))


def _request(stage: Stage, task: Task, kind: AmendmentKind, facts: dict[str, object]) -> Amendment:
    signer = stage.signer(task.host)
    made = services.create_amendment(task, actor=signer, kind=kind, facts=facts, key=stage.key())
    stage.step(made, "request", signer)
    return made


def _examine(stage: Stage, request: Amendment) -> None:
    officer = stage.staff(Role.OFFICER)
    services.give_opinion(request, actor=officer, opinion="Lý do chính đáng, đề nghị chấp thuận.", agrees=True)
    stage.step(request, "examine", officer)
