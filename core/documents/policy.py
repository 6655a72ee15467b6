"""Who may do what with papers and files: whoever sees the subject sees its issued papers; drafts stay inside.

The administration sees every paper, for it wrote each of them. That makes its lists a matter of the index alone: with a
condition for each kind of record they would read every paper there is.
"""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, Q
from django_stubs_ext import StrOrPromise

from core import clock
from core.files.models import StoredFile
from core.people.authorities import acts_of
from core.people.models import User
from core.people.policy import (
    Named,
    Rule,
    both,
    declare,
    declare_actions,
    either,
    everybody,
    is_declared,
    role,
    visible_to,
)
from core.people.roles import STAFF_ROLES, Act, Role
from core.people.selectors import roles_of
from core.workflow.models import Stepped
from core.workflow.registry import subjects
from core.workflow.rights import by_q
from core.workflow.table import By, Row

from .kinds import DocumentKind, spec_of
from .models import ISSUED, Document, DocumentStatus
from .registry import other_parties

PREPARERS = (Role.OFFICER, Role.HEAD_OF_DIVISION, Role.FUND_OFFICER, Role.ADMINISTRATIVE_SECRETARY)
STAFF = role(*sorted(STAFF_ROLES))


def signed_row(row: Row) -> bool:
    """Whether the row issues a paper that waits for a signature."""
    return row.issues is not None and spec_of(row.issues).needs_signature


def numbered_at_once(row: Row) -> StrOrPromise:
    """The name of the paper that the row writes and numbers without a signature; empty where there is none."""
    return DocumentKind(row.issues).label if row.issues is not None and not signed_row(row) else ""


def other_party_of(subject_type: str, row: Row) -> Role | None:
    """Who signs the paper of a row for the other party; None for a paper of one side. Raises KeyError: nobody named."""
    return other_parties[subject_type] if row.issues is not None and spec_of(row.issues).two_sided else None


def _subject_seen(user: User, *actions: str) -> Q | None:
    seen = Q(pk__in=())
    for name, model in subjects.items():
        rows = visible_to(user, model, next((one for one in actions if is_declared(one, model)), "view"))
        if rows.query.is_empty():
            continue
        one = Q(subject_type=name)
        seen |= one & Q(subject_code__in=rows.values("code")) if rows.query.where else one
    return seen


def _endorsable(user: User) -> Q | None:
    """Drafts of steps that the user decides: by role, or by an act that names one of his positions today."""
    mine = _acts_of(user)
    return _drafts_to_decide(user, (one for one in _signed_rows() if not isinstance(one[3], Act) or one[3] in mine))


def _countersignable(user: User) -> Q | None:
    """Papers of two sides that the user signs for the other party."""
    return _drafts_to_decide(user, _two_sided_rows())


def _drafts_to_decide(user: User, rows: "Iterable[tuple[str, type[Stepped], Row, By]]") -> Q | None:
    today = clock.today()
    answers: dict[tuple[str, By], Q | None] = {}
    found: Q | None = None
    for name, model, row, by in rows:
        if (name, by) not in answers:
            answers[name, by] = by_q(model, by, user, today)
        drafts = _drafts_of(name, model, row, answers[name, by])
        if drafts is not None:
            found = drafts if found is None else found | drafts
    return found


def _signed_rows() -> Iterator[tuple[str, type[Stepped], Row, By]]:
    """Every row that issues a signed paper, once for each role or act that may take it."""
    for name, model in subjects.items():
        for row in filter(signed_row, model.lifecycle.rows):
            for by in row.by:
                yield name, model, row, by


def _two_sided_rows() -> Iterator[tuple[str, type[Stepped], Row, By]]:
    """Every row that issues a paper of two sides, with who signs for the other party."""
    for name, model in subjects.items():
        for row in model.lifecycle.rows:
            by = other_party_of(name, row)
            if by is not None:
                yield name, model, row, by


def _acts_of(user: User) -> set[str]:
    """The acts in whose rows of the table of authorities a position of the user stands. One query, often enough."""
    return acts_of(roles_of(user), clock.today())


def _drafts_of(name: str, model: type[Stepped], row: Row, condition: Q | None) -> Q | None:
    if condition is None:
        return None
    drafts = Q(subject_type=name, step=row.name)
    # Asked of each draft: a list of all records that fit would be made before the first of few drafts is looked at.
    decided = model._default_manager.filter(condition, code=OuterRef("subject_code")) if condition else None
    return drafts if decided is None else drafts & Q(Exists(decided))


SUBJECT_SEEN = Named("sees the subject", _subject_seen)
# A sealed record may be known without being read: its files follow the right to read, where there is one.
SUBJECT_READ = Named("reads the subject", lambda user: _subject_seen(user, "read"))
DECIDES = Named("competent for the step", _endorsable)
OTHER_PARTY = Named("signs for the other party", _countersignable)

audiences: dict[DocumentKind, Rule] = {}
"""Kinds that not everybody who sees the record may read, each with the rule of the room that issues it.

The rule is asked for rows of ``Document``. It narrows for those outside; the administration reads every kind.
"""


def _issued_or_staff(user: User) -> Q | None:
    """Issued papers for everybody, drafts for the administration, and those of two sides for who signs them too.

    Whoever refused a draft for the other party still reads it; what party A itself sent back stays inside.
    """
    if STAFF(user) is not None:
        return Q()
    open_to_all, mine = Q(status__in=ISSUED), _countersignable(user)
    if mine is None:
        return open_to_all
    return open_to_all | (mine & (Q(status=DocumentStatus.DRAFT) | Q(status=DocumentStatus.REFUSED, refused_by=user)))


def _meant_for(user: User) -> Q | None:
    """Papers of kinds for everybody who sees the record, and of the others those whose audience the user is."""
    if STAFF(user) is not None:
        return Q()
    found = ~Q(kind__in=sorted(audiences))
    for kind, rule in audiences.items():
        mine = rule(user)
        if mine is not None:
            found |= Q(kind=kind) & mine
    return found


def _open_or_staff(user: User) -> Q | None:
    return Q() if STAFF(user) is not None else Q(is_internal=False)


def _refusers(user: User) -> Q | None:
    return either(role(*PREPARERS), _endorsable, _countersignable)(user)


def _second_persons(user: User) -> Q | None:
    """The head of division for every paper, a signer for his own."""
    return Q() if role(Role.HEAD_OF_DIVISION)(user) is not None else Q(signer=user)


def _void_people(user: User) -> Q | None:
    return Q() if role(Role.CLERK, Role.HEAD_OF_DIVISION)(user) is not None else Q(signer=user)


declare(
    Document,
    {
        "view": both(
            either(STAFF, SUBJECT_SEEN),
            Named("issued, or staff, or signs for the other party", _issued_or_staff),
            Named("of the kind's audience", _meant_for),
        ),
        # Whether the paper is still a draft is asked by the service: a form sent twice finds its work done.
        "endorse": DECIDES,
        "countersign": OTHER_PARTY,
        "refuse": Named("competent, the other party, or who may prepare", _refusers),
        "issue": role(Role.CLERK),
        "ask_void": role(Role.CLERK, Role.HEAD_OF_DIVISION),
        "void": Named("head of division, or the signer", _second_persons),
        # The page of both: who asks, who answers.
        "void_page": Named("who asks or answers", _void_people),
    },
)
loose_files: dict[str, Rule] = {}
"""Files of records that have no life, by type of record: who may read them, as the room says that keeps them."""


def _loose(user: User) -> Q | None:
    found = [name for name, rule in loose_files.items() if rule(user) is not None]
    return Q(subject_type__in=sorted(found)) if found else None


declare(
    StoredFile,
    {
        "view": both(
            either(SUBJECT_READ, Named("of the record's audience", _loose)),
            Named("not internal, or staff", _open_or_staff),
        )
    },
)
declare_actions(
    {
        "documents.list": everybody,
        "documents.register": STAFF,
        "documents.paper": STAFF,
        "documents.prepare": role(*PREPARERS),
    }
)
