"""Who may see and change what in this room. ``extra_viewers`` lets the rooms above widen ``view``, never narrow it."""

from django.db.models import Model, Q

from core.documents.kinds import DocumentKind
from core.documents.policy import audiences
from core.people.models import User
from core.people.policy import Named, Rule, both, declare, declare_actions, either, everybody, nobody, only, own, role
from core.people.policy import own_organisation as of_organisation
from core.people.roles import INSIDE, Role
from core.workflow.confirmed import CONFIRMED, STANDING, UNCONFIRMED

from .lifecycle import TASK, AmendmentState, InspectionState, Management, ReportState, TaskState
from .models import Amendment, Inspection, Report, Task

T = TaskState
HOST = (Role.APPLICANT, Role.ORGANISATION_SIGNER)
# Who enters what a host or a body handed in on paper.
DIVISION = role(Role.OFFICER, Role.HEAD_OF_DIVISION)
MONEY = role(Role.OFFICER, Role.HEAD_OF_DIVISION, Role.FUND_OFFICER)
ON_PAPER = role(Role.OFFICER, Role.CLERK)
# Sorted, so that the permission table reads the same on every machine.
INSIDERS = role(*sorted(INSIDE))
TERMINABLE = TASK.named("terminate").sources
MANAGED = only(Q(management=Management.MANAGED), "managed by us")
FOLLOWED = only(Q(management=Management.FOLLOWED), "followed")
# States of before whose facts the pages of the end hold.
REGISTERED = (T.REGISTERED, T.RECOGNISED, T.LIQUIDATED, T.ARCHIVED)

extra_viewers: dict[type[Model], list[Rule]] = {Task: [], Report: [], Inspection: [], Amendment: []}
"""Rules of the rooms above, such as "sits in the council that judges it", by model."""


def _extra(model: type[Model]) -> Named:
    def rule(user: User) -> Q | None:
        return either(*extra_viewers[model])(user)

    return Named("a right given by a council or another room", rule)


def _state(*states: str) -> Named:
    return only(Q(state__in=states), " / ".join(states))


def _now(*states: str) -> Named:
    """In the life of the task, not while it is being entered."""
    return both(_state(*states), CONFIRMED)


def _before(*states: str) -> Named:
    """What happened before this system, while it is being entered."""
    return both(_state(*states), UNCONFIRMED)


def _outside(prefix: str) -> Named:
    """The host's people, the investigator, and whoever shall receive the results."""
    return either(_of_host(prefix), _receives(prefix))


def _receives(prefix: str) -> Named:
    return of_organisation(f"{prefix}receiver", Role.RECEIVING_BODY)


def _of_host(prefix: str) -> Named:
    return either(of_organisation(f"{prefix}host", *HOST), own(f"{prefix}principal_investigator"))


def _host_first(user: User) -> Q:
    """Tasks of the versions of the law in which their host's own council accepts first."""
    return Q(regulation__in=TASK.named("accept_at_grassroots").versions())


def _host_side(prefix: str) -> Named:
    """Who hands in for the host: its own people, or the administration that has it on paper."""
    return either(_of_host(prefix), ON_PAPER)


def _writers(prefix: str, path: str, unwritten: Named) -> Named:
    """Who changes what the host has not handed in yet: what the host wrote is the host's.

    The administration writes only what it entered from paper itself, or what nobody has begun (``unwritten``).
    """
    mine = own(f"{path}entered_by", "who entered it from paper")
    return either(_of_host(prefix), both(ON_PAPER, either(mine, unwritten)))


# A report waits in the list from the signing on: somebody has to begin it.
BLANK_REPORT = only(
    Q(entered_by=None, done="", not_done="", next_steps="", risks="", percent=None, spent_vnd=None), "while it is blank"
)
NO_DOSSIER = only(Q(acceptance_file=None), "before a dossier is begun")


declare(
    Task,
    {
        "view": either(INSIDERS, both(_outside(""), STANDING), _extra(Task)),
        "edit_entry": both(DIVISION, UNCONFIRMED),
        "edit_contract": both(MONEY, MANAGED, either(_state(T.APPROVED), UNCONFIRMED)),
        "edit_acceptance": both(
            _writers("", "acceptance_file__", NO_DOSSIER), MANAGED, _now(T.RUNNING, T.ACCEPTANCE_RETURNED)
        ),
        "edit_grassroots": both(_host_side(""), _now(T.ACCEPTANCE_FILED), Named("the host accepts first", _host_first)),
        "edit_registration": both(DIVISION, MANAGED, either(_now(T.ACCEPTED), _before(*REGISTERED))),
        "edit_recognition": both(DIVISION, MANAGED, either(_now(T.REGISTERED), _before(*REGISTERED[1:]))),
        "edit_liquidation": both(MONEY, _now(T.RECOGNISED, T.RECOVERED, T.TERMINATED)),
        "edit_suspension": both(DIVISION, MANAGED, _now(T.RUNNING)),
        "edit_resumption": both(DIVISION, _now(T.SUSPENDED)),
        "edit_termination": both(
            DIVISION, MANAGED, either(_now(*TERMINABLE), _before(T.TERMINATED, T.LIQUIDATED, T.ARCHIVED))
        ),
        "edit_recovery": both(MONEY, _now(T.TERMINATED, T.LIQUIDATED)),
        "edit_following": both(DIVISION, FOLLOWED, _now(T.APPROVED, T.RUNNING)),
        "plan_inspection": both(DIVISION, _now(T.CONTRACTED, T.RUNNING, T.SUSPENDED)),
        "request_amendment": both(_host_side(""), MANAGED, _now(T.CONTRACTED, T.RUNNING)),
    },
)
declare(
    Report,
    {
        "view": either(INSIDERS, _outside("task__"), _extra(Report)),
        "edit": both(_writers("task__", "", BLANK_REPORT), _state(ReportState.DUE, ReportState.RETURNED)),
    },
)
declare(
    Inspection,
    {
        "view": either(INSIDERS, _outside("task__"), _extra(Inspection)),
        "edit": both(DIVISION, _state(InspectionState.PLANNED)),
        "record": both(DIVISION, _state(InspectionState.ANNOUNCED)),
    },
)
declare(
    Amendment,
    {
        "view": either(
            _of_host("task__"),
            # Somebody of the administration who enters a request from paper must see the draft.
            ON_PAPER,
            both(
                only(~Q(state=AmendmentState.DRAFT), "no draft"),
                either(INSIDERS, _receives("task__"), _extra(Amendment)),
            ),
        ),
        "edit": both(_writers("task__", "", nobody), _state(AmendmentState.DRAFT)),
        "examine": both(DIVISION, _state(AmendmentState.REQUESTED)),
    },
)


def _of_the_contract(user: User) -> Q | None:
    """Contracts name the host's account: whoever receives the results does not read them."""
    parties = either(_of_host(""), _extra(Task))(user)
    return None if parties is None else Q(subject_code__in=Task._default_manager.filter(parties).values("code"))


audiences[DocumentKind.CONTRACT] = Named("of the host, or judges the task", _of_the_contract)

declare_actions(
    {
        "tasks.list": everybody,
        "tasks.monitor": INSIDERS,
        "tasks.reports": everybody,
        "tasks.inspections": everybody,
        "tasks.amendments": everybody,
        "tasks.adopt": DIVISION,
    }
)
