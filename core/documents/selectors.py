"""Questions about papers."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from core import clock, text
from core.files.models import StoredFile
from core.people.models import Organisation, User
from core.people.policy import visible_to
from core.people.roles import Act, AuthorityLine, Role
from core.people.selectors import has_role
from core.workflow.entries import read_with
from core.workflow.models import Stepped
from core.workflow.ports import Awaited
from core.workflow.registry import subjects
from core.workflow.rights import deciders, standing_as

from .kinds import KINDS, TWO_SIDED, DocumentKind, Series
from .models import Document, DocumentStatus, VoidRequest
from .registry import other_parties

# Drafts of an agreement to which the other party did not agree here.
LACKS_OTHER_SIDE = Q(kind__in=TWO_SIDED, countersigned_at__isnull=True)
# A draft that is out of date waits for nobody but who prepares it again.
IN_ORDER = Q(outdated_at__isnull=True)
AWAITED: dict[Awaited, Q] = {
    Awaited.SIGNER: IN_ORDER & Q(endorsed_at__isnull=True),
    Awaited.OTHER_PARTY: IN_ORDER & LACKS_OTHER_SIDE,
    Awaited.NUMBER: IN_ORDER & Q(endorsed_at__isnull=False) & ~LACKS_OTHER_SIDE,
}


def documents_of(subject: Stepped, user: User) -> QuerySet[Document]:
    """The papers of a subject that the user may see, newest first."""
    return visible_to(user, Document).filter(subject_type=subject.lifecycle.name, subject_code=subject.code)


def issued_paper(subject: Stepped, kind: str) -> Document | None:
    """The valid paper of a kind issued last on a subject: what later papers cite."""
    rows = Document.objects.filter(subject_type=subject.lifecycle.name, subject_code=subject.code, kind=kind)
    return rows.filter(status=DocumentStatus.NUMBERED).order_by("-numbered_on", "-pk").first()


def documents_awaiting(user: User) -> QuerySet[Document]:
    """Papers that wait for this person: for the signature of either party, for number and date, for an answer.

    The answer is that of the second person to a request to declare a paper void. A draft that is out of date waits for
    whoever drafts such papers.
    """
    visible = visible_to(user, Document)
    drafts = visible.filter(IN_ORDER, status=DocumentStatus.DRAFT)
    # Joined as conditions on the few drafts: as a list of keys it would be made of all papers.
    waiting = drafts.filter(endorsed_at=None) & visible_to(user, Document, "endorse")
    waiting |= drafts.filter(LACKS_OTHER_SIDE) & visible_to(user, Document, "countersign")
    if has_role(user, Role.CLERK):
        waiting |= drafts.exclude(endorsed_at=None).exclude(LACKS_OTHER_SIDE)
    again = visible.filter(~IN_ORDER, status=DocumentStatus.DRAFT, kind__in=kinds_drafted_by(user))
    return waiting | again | (visible & void_requests_awaiting(user))


def kinds_drafted_by(user: User) -> list[DocumentKind]:
    """The kinds of papers on whose drafts a step waits for this person."""
    return [spec.kind for spec in KINDS.values() if has_role(user, spec.drafted_by)]


def drafts_to_number(user: User, *, is_agreed: bool) -> QuerySet[Document]:
    """Every draft that the clerk may number: agreed to here, or perhaps signed on paper while nobody has."""
    drafts = visible_to(user, Document, "issue").filter(status=DocumentStatus.DRAFT)
    return drafts.filter(endorsed_at__isnull=not is_agreed)


def open_void_request(document: Document) -> VoidRequest | None:
    """Who asks that the paper be declared void, and why, until somebody has answered."""
    return document.void_requests.filter(granted=None).select_related("asked_by").first()


def void_requests_awaiting(user: User) -> QuerySet[Document]:
    """Issued papers that somebody else asked to declare void, for whom this person may answer."""
    asked = VoidRequest.objects.filter(granted=None).exclude(asked_by=user).values("document")
    return visible_to(user, Document, "void").filter(status=DocumentStatus.NUMBERED, pk__in=asked)


def open_draft(subject: Stepped, step: str) -> Document | None:
    """The draft that goes round for a step, if there is one."""
    rows = Document.objects.filter(subject_type=subject.lifecycle.name, subject_code=subject.code, step=step)
    return rows.filter(status=DocumentStatus.DRAFT).first()


def drafts_for(subject_type: str, step: str, awaited: Awaited) -> "QuerySet[Any]":
    """The codes of the records of a type with an open draft for a step that waits for a signature or a number."""
    rows = Document.objects.filter(status=DocumentStatus.DRAFT, subject_type=subject_type, step=step)
    return rows.filter(AWAITED[awaited]).order_by().values("subject_code")


def subject_of(document: Document, *, for_reading: bool = False) -> Stepped:
    """The record the paper is about. Raises DoesNotExist, KeyError for a type that no longer exists.

    ``for_reading``: with the people and organisations that a page about it names.
    """
    model = subjects[document.subject_type]
    related = read_with.get(document.subject_type, ()) if for_reading else ()
    rows = model._default_manager.select_related(*related) if related else model._default_manager
    found: Stepped = rows.get(code=document.subject_code)
    return found


def files_of(document: Document, user: User) -> QuerySet[StoredFile]:
    """The scans and files that came with a paper."""
    return visible_to(user, StoredFile).filter(purpose=purpose_of(document))


def purpose_of(document: Document) -> str:
    """How a stored file says to which paper it belongs."""
    return f"document:{document.code}"


def deciding_body(subject: Stepped, act: Act) -> Organisation:
    """The body whose paper decides ``act`` on a subject today: under TUQ. and TL. the delegator's.

    Raises AuthorityMissing when the table of authorities is silent.
    """
    authority = subject.authority(act, clock.today())
    borrowed = authority.authority_line in {AuthorityLine.TUQ, AuthorityLine.TL}
    return authority.delegated_from.body if borrowed and authority.delegated_from else authority.body


def possible_signers(document: Document, subject: Stepped) -> QuerySet[User]:
    """Who may sign the draft: whoever agreed to it here, else everybody who may decide its step."""
    if document.endorsed_by_id:
        return User.objects.filter(pk=document.endorsed_by_id)
    row = subject.row(document.step)
    return deciders(subject, row, clock.today()) if row else User.objects.none()


def other_signers(subject: Stepped) -> QuerySet[User]:
    """Who may sign the papers of two sides about a record for the other party today."""
    return standing_as(subject, [other_parties[subject.lifecycle.name]], clock.today())


def search_documents(rows: QuerySet[Document], words: str) -> QuerySet[Document]:
    """Papers whose number, subject, signer or record holds every word, with or without Vietnamese marks."""
    for word in text.words(words):
        rows = rows.filter(Q(folded__contains=word) | Q(subject_code__icontains=word))
    return rows


def register_of(user: User, year: int, month: int, *, incoming: bool = False) -> QuerySet[Document]:
    """The outgoing register of a month, or the incoming one, in the order of numbers.

    Only what is issued bears a day. Decree 30/2020/NĐ-CP: Article 16.2.b (outgoing), Article 22.2 (incoming: a number
    of its own).
    """
    own, first = Q(series=Series.INCOMING), date(year, month, 1)
    rows = visible_to(user, Document).filter(own if incoming else ~own)
    rows = rows.filter(numbered_on__gte=first, numbered_on__lt=clock.add_days(first, 1, "months"))
    return rows.select_related("signer", "body").order_by("body", "series", "number", "pk")


def recipients_of(document: Document) -> list[str]:
    """To whom a paper goes, as its letter says: those named, who carries it out, the addressee, the other party."""
    facts = document.facts
    other = [facts.get("to"), facts.get("organisation"), document.other_party.get("name")]
    named = [*facts.get("recipients", []), *facts.get("implementers", []), *facts.get("proposers", []), *other]
    return list(dict.fromkeys(str(name) for name in named if name))
