"""What the page of a paper shows, and the panel of papers on a record's page."""

from collections.abc import Iterator
from datetime import datetime
from textwrap import wrap
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from core import clock
from core.audit.models import Event
from core.people.models import User
from core.people.policy import allowed, may
from core.ui.parts import Action, DocumentLine, Entry, Fact, Panel, Tone
from core.workflow.models import Stepped

from .badges import badge_of
from .models import Document, DocumentStatus, VoidRequest
from .selectors import documents_of, files_of, open_void_request

# What was done with a paper: in words, by whom, when.
Act = tuple[StrOrPromise, User | None, datetime | None, Tone]
FACTS, LINES, TIMES = "components/facts.html", "components/documents.html", "components/timeline.html"


def papers_panel(subject: Stepped, user: User) -> Panel:
    """The papers of a record that the user may see."""
    papers = documents_of(subject, user)
    return Panel(
        _("Documents"), LINES, {"documents": [line(paper) for paper in papers]}, slot="documents", icon="stamp"
    )


def line(paper: Document) -> DocumentLine:
    """One paper in a list on another page."""
    return DocumentLine(
        title=paper.get_kind_display(),
        url=paper.get_absolute_url(),
        number=paper.symbol,
        on=paper.numbered_on,
        status=badge_of(paper),
    )


def panels(paper: Document, subject: Stepped, user: User) -> list[Panel]:
    """Facts, files and the way of the paper."""
    files = [
        Fact(file.get_content_type_display(), file.name, "link", reverse("documents:file-download", args=[file.code]))
        for file in files_of(paper, user)
    ]
    made = [Panel(_("Paper"), FACTS, {"facts": list(facts(paper, subject))}, slot="facts", icon="stamp")]
    if files:
        made.append(Panel(_("Signed copies"), FACTS, {"facts": files}, slot="documents", icon="files"))
    made.append(Panel(_("History"), TIMES, {"entries": list(way(paper))}, slot="history", icon="clock"))
    return made


def facts(paper: Document, subject: Stepped) -> Iterator[Fact]:
    """What the register knows of the paper."""
    yield Fact(_("Kind"), paper.get_kind_display())
    yield Fact(_("Subject line"), paper.heading)
    yield Fact(_("Record"), f"{subject.lifecycle.title} {subject.code}", "link", subject.get_absolute_url())
    yield Fact(_("Issuing body"), paper.body.name)
    yield Fact(_("Number and symbol"), paper.symbol, "code")
    yield Fact(_("Date of the paper"), paper.numbered_on, "date")
    yield Fact(_("Signer"), paper.signer.full_name if paper.signer else "")
    yield Fact(_("Signed on"), paper.signed_on, "date")
    if paper.spec.two_sided:
        party = {"party": paper.other_name}
        yield Fact(_("Signed for %(party)s by") % party, paper.other_signer)
        yield Fact(_("Signed for %(party)s on") % party, paper.other_signed_on, "date")
    yield Fact(_("Register"), paper.get_series_display())
    # A draft has no file yet.
    for file in paper.files.all() if paper.is_issued else ():
        yield Fact(_("Pages"), file.pages)
        yield Fact(_("SHA-256 of the file"), " ".join(wrap(file.sha256, 16)))
    if paper.reason:
        yield Fact(_("Reason"), paper.reason, "long")


def way(paper: Document) -> Iterator[Entry]:
    """Who did what with the paper, newest first. A paper that waits for no signature the system makes and numbers."""
    if not paper.needs_signature and paper.numbered_at is not None:
        if paper.voided_at is not None:
            yield _act(_("Declared void"), paper.voided_by, paper.voided_at, Tone.DANGER)
        cause = (
            _("when %(person)s took the step") % {"person": paper.prepared_by.full_name} if paper.prepared_by else ""
        )
        yield Entry(
            title=_("Made and numbered"), when=paper.numbered_at, who=_("The system"), text=cause, tone=Tone.SUCCESS
        )
        return
    acts: tuple[Act, ...] = (
        (_("Declared void"), paper.voided_by, paper.voided_at, Tone.DANGER),
        (_("Numbered"), paper.numbered_by, paper.numbered_at, Tone.SUCCESS),
        (_("Draft refused"), paper.refused_by, paper.refused_at, Tone.DANGER),
        *_signatures(paper),
        (_("Draft prepared"), paper.prepared_by, paper.prepared_at if paper.prepared_by else None, Tone.INFO),
        *_earlier(paper),
    )
    for title, who, when, tone in acts:
        if when is not None:
            yield _act(title, who, when, tone)


# What was done with an earlier text of the draft: the paper forgets it when it is prepared again, the chain does not.
EARLIER = {
    "document.prepared": gettext_lazy("An earlier text prepared"),
    "document.endorsed": gettext_lazy("Agreed to an earlier text"),
    "document.countersigned": gettext_lazy("An earlier text signed for the other party"),
}


def _earlier(paper: Document) -> list[Act]:
    """Who prepared and agreed to the texts before this one, newest first. One query."""
    about = {"subject_type": paper.subject_type, "subject_code": paper.subject_code, "kind__in": EARLIER}
    rows = Event.objects.filter(**about, payload__contains=f'"document":"{paper.code}"')
    found = list(rows.select_related("actor").order_by("-sequence"))
    texts = [place for place, event in enumerate(found) if event.kind == "document.prepared"]
    older = found[texts[0] + 1 :] if texts else []
    return [(EARLIER[event.kind], event.actor, event.recorded_at, Tone.NEUTRAL) for event in older]


def what_falls(draft: Document) -> list[str]:
    """What whoever prepares a draft again is told: the agreements given to the text of now count no more."""
    text = _("%(signature)s: this falls when the text changes, and has to be given anew.")
    return [text % {"signature": words} for words in signed_words(draft)]


def signed_words(draft: Document) -> list[str]:
    """Who agreed to the text of a draft and when, in words."""
    text = _("%(act)s by %(person)s on %(day)s")
    return [
        text % {"act": act, "person": who.full_name, "day": f"{clock.local(when).date():%d/%m/%Y}"}
        for act, who, when, _tone in _signatures(draft)
        if who is not None and when is not None
    ]


def _signatures(paper: Document) -> list[Act]:
    """Who agreed in the system for either party, the latest first."""
    found = [
        (
            _("Signed for %(party)s") % {"party": paper.other_name},
            paper.countersigned_by,
            paper.countersigned_at,
            Tone.INFO,
        ),
        (_("Agreed to"), paper.endorsed_by, paper.endorsed_at, Tone.INFO),
    ]
    return sorted(found, key=lambda one: one[2] or paper.prepared_at, reverse=True)


def _act(title: StrOrPromise, who: User | None, when: datetime, tone: Tone) -> Entry:
    return Entry(title=title, when=when, who=who.full_name if who else _("The system"), tone=tone)


def actions(paper: Document, user: Any) -> list[Action]:
    """The buttons this user has on the paper."""
    found = [Action(_("Open the PDF"), reverse("documents:document-pdf", args=[paper.code]), icon="download")]
    rights = allowed(user, paper, *BUTTONS)
    found += [_button(paper, name) for name in BUTTONS if name in rights and _is_open(paper, user, name)]
    if paper.status == DocumentStatus.DRAFT and may(user, "documents.prepare"):
        again = reverse("documents:document-prepare", args=[paper.subject_type, paper.subject_code, paper.step])
        found.append(Action(_("Prepare again"), f"{again}?again=1", dialog=True))
    return found


COUNTERSIGN = gettext_lazy("Sign for your organisation")
ASK_VOID, ANSWER_VOID = gettext_lazy("Ask to declare void"), gettext_lazy("Answer the request to declare void")
VOID_ASKED = gettext_lazy("Somebody asks to declare this paper void")
BUTTONS: dict[str, tuple[Any, bool]] = {
    "endorse": (gettext_lazy("Agree to the draft"), False),
    "countersign": (COUNTERSIGN, False),
    "issue": (gettext_lazy("Number and issue"), False),
    "refuse": (gettext_lazy("Refuse the draft"), True),
    "ask_void": (ASK_VOID, True),
    "void": (ANSWER_VOID, True),
}


VOIDING = ("ask_void", "void")
# Acts on a text: the page says which text it offered.
READ_FIRST = ("endorse", "countersign", "issue")


def _is_open(paper: Document, user: Any, name: str) -> bool:
    wanted = DocumentStatus.NUMBERED if name in VOIDING else DocumentStatus.DRAFT
    is_done = (name == "endorse" and paper.endorsed_by_id) or (name == "countersign" and not paper.lacks_other_side)
    if paper.status != wanted or is_done:
        return False
    if name not in VOIDING:
        return True
    asked = open_void_request(paper)
    return asked is None if name == "ask_void" else asked is not None and asked.asked_by_id != user.pk


def asked_words(asked: VoidRequest) -> str:
    """Who asks, and why."""
    words = {"person": asked.asked_by.full_name, "reason": asked.reason}
    return _("%(person)s asks to declare the paper void: %(reason)s") % words


def _button(paper: Document, name: str) -> Action:
    label, danger = BUTTONS[name]
    url = reverse(f"documents:document-{'void' if name in VOIDING else name}", args=[paper.code])
    if name in READ_FIRST:
        url = f"{url}?shown={paper.text_digest}"
    return Action(label, url, primary=not danger, danger=danger, dialog=True)
