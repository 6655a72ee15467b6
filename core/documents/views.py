"""The pages of papers and files. What one may not see looks like what is not there."""

import logging
from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from core.files.models import StoredFile
from core.people.policy import can, may, visible_to
from core.people.screens import PageKind, screen
from core.ui.listing import listing
from core.ui.parts import Action, Crumb, RefusalLine, panels_by_slot
from core.workflow.models import Stepped
from core.workflow.pages import refusal_lines
from core.workflow.registry import subjects
from core.workflow.ruling import Refusal, StepRefused

from . import pages, services
from .badges import badge_of
from .files import bytes_of, ensure_rendered, render_draft
from .filters import DocumentFilter
from .forms import AgreeForm, IssueForm, ReasonForm, VoidAnswerForm
from .holding import held_by
from .models import Document, DocumentStatus, VoidRequest
from .register_views import TITLES, register_url
from .selectors import open_draft, open_void_request, subject_of
from .tables import PAPERS

logger = logging.getLogger(__name__)
RELATED = ("body", "signer", "prepared_by", "endorsed_by", "countersigned_by", "numbered_by", "refused_by", "voided_by")


@screen("documents.list", kind=PageKind.LIST)
def document_list(request: HttpRequest) -> HttpResponseBase:
    """Every paper the reader may see; from here whoever keeps the register goes to it."""
    user: Any = request.user
    rows = visible_to(user, Document).select_related("signer")
    registers = [
        Action(label, register_url("register", incoming=incoming), icon="book") for incoming, label in TITLES.items()
    ]
    actions = registers if may(user, "documents.register") else []
    return listing(request, rows, DocumentFilter, PAPERS, title=_("Documents"), actions=actions)


@screen("view", Document, related=RELATED, asks=tuple(pages.BUTTONS))
def document_detail(request: HttpRequest, paper: Document) -> HttpResponseBase:
    """One paper: what the register knows, its files, its way, its buttons."""
    user: Any = request.user
    subject = subject_of(paper, for_reading=True)
    is_current = not paper.is_draft or services.is_current(paper, subject)
    context = {
        "title": paper.heading,
        "code": paper.symbol,
        "badge": badge_of(paper, is_current=is_current),
        "due": held_by(paper, subject, is_current=is_current),
        "crumbs": [Crumb(_("Documents"), "documents:document-list"), Crumb(subject.code, subject.get_absolute_url())],
        "actions": pages.actions(paper, user),
        "notes": _notes(paper, subject, is_current=is_current),
        "slots": panels_by_slot(pages.panels(paper, subject, user)),
    }
    return render(request, "generic/detail.html", context)


@screen("view", Document, kind=PageKind.OTHER, related=("body__parent", "body__place__parent", "endorsed_by"))
def document_pdf(request: HttpRequest, paper: Document) -> HttpResponseBase:
    """The numbered file, or the draft as it would look."""
    try:
        if not paper.is_issued:
            response = HttpResponse(render_draft(paper), content_type="application/pdf")
            response["Content-Disposition"] = f'inline; filename="{paper.code}.pdf"'
            return response
        place = bytes_of(ensure_rendered(paper))
    except (ImportError, OSError):
        return render(request, "documents/pdf_off.html", {"title": paper.heading}, status=503)
    try:
        stream = place.open("rb")
    except FileNotFoundError:
        return _bytes_are_missing(request, paper.heading, paper.code)
    name = paper.symbol.replace("/", "-")
    return FileResponse(stream, filename=f"{name}.pdf", content_type="application/pdf")


def _bytes_are_missing(request: HttpRequest, title: str, code: str) -> HttpResponse:
    """The row is there and its bytes are not: whoever keeps the server must bring them back from a copy."""
    logger.error("The bytes of %s are missing under the private root", code)
    return render(request, "documents/file_missing.html", {"title": title}, status=503)


@screen("documents.paper", kind=PageKind.FORM)
def document_prepare(request: HttpRequest, kind: str, code: str, step: str) -> HttpResponseBase:
    """Prepare the draft of a step; when one goes round already, go to it."""
    user: Any = request.user
    subject = _subject(request, kind, code)
    draft = open_draft(subject, step)
    if draft is not None and request.method == "GET" and "again" not in request.GET:
        return redirect(draft)
    form = AgreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(services.prepare_document(subject, step, actor=user))
        except StepRefused as refused:
            form.refused = refusal_lines(refused.refusals, subject, user)
    found = services.prepare_refusals(subject, step, actor=user)
    lines = _sorted(found, subject, user)
    falls = pages.what_falls(draft) if draft is not None else []
    return _act(
        request, subject, _("Prepare the paper"), form, lines, back=subject.get_absolute_url(), consequences=falls
    )


@screen("endorse", Document)
def document_endorse(request: HttpRequest, paper: Document) -> HttpResponseBase:
    """Agree to a draft, as the person who decides."""
    user: Any = request.user
    subject, form = subject_of(paper), AgreeForm(request.POST or None, initial=_shown(request, paper))
    if paper.endorsed_by_id == user.pk or not paper.is_draft:
        return redirect(paper)
    if request.method == "POST" and form.is_valid():
        try:
            return _done(
                request,
                services.endorse_document(paper, actor=user, shown=form.was_shown),
                _("You agreed to the draft."),
            )
        except StepRefused as refused:
            form.refused = refusal_lines(refused.refusals, subject, user)
    found = [*services.endorse_refusals(paper, subject, actor=user), *services.outdated_refusals(paper, subject)]
    return _act(request, paper, _("Agree to the draft"), form, _sorted(found, subject, user))


@screen("countersign", Document)
def document_countersign(request: HttpRequest, paper: Document) -> HttpResponseBase:
    """Agree to a draft of two sides, as the person who signs for the other party."""
    user: Any = request.user
    subject, form = subject_of(paper), AgreeForm(request.POST or None, initial=_shown(request, paper))
    if paper.countersigned_by_id == user.pk or not paper.is_draft:
        return redirect(paper)
    if request.method == "POST" and form.is_valid():
        try:
            done = services.countersign_document(paper, actor=user, shown=form.was_shown)
            return _done(request, done, _("You signed for your organisation."))
        except StepRefused as refused:
            form.refused = refusal_lines(refused.refusals, subject, user)
    found = [*services.countersign_refusals(paper, subject, actor=user), *services.outdated_refusals(paper, subject)]
    return _act(request, paper, pages.COUNTERSIGN, form, _sorted(found, subject, user))


@screen("refuse", Document)
def document_refuse(request: HttpRequest, paper: Document) -> HttpResponseBase:
    """Send a draft back for good."""
    if not paper.is_draft:
        return redirect(paper)
    return _with_reason(request, paper, services.refuse_document, _("Refuse the draft"))


@screen("void_page", Document)
def document_void(request: HttpRequest, paper: Document) -> HttpResponseBase:
    """Ask that an issued paper be declared void; a second person answers on the same page."""
    user: Any = request.user
    asked = open_void_request(paper)
    if paper.status != DocumentStatus.NUMBERED or (asked is not None and asked.asked_by_id == user.pk):
        return redirect(paper)
    if asked is not None and can(user, "void", paper):
        return _void_answer(request, paper, asked)
    if asked is not None or not can(user, "ask_void", paper):
        return redirect(paper)
    return _with_reason(request, paper, services.ask_void, pages.ASK_VOID)


def _void_answer(request: HttpRequest, paper: Document, asked: VoidRequest) -> HttpResponseBase:
    user: Any = request.user
    form = VoidAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = services.void_document if form.cleaned_data["answer"] == "void" else services.keep_document
        try:
            done = act(paper, actor=user, reason=form.cleaned_data["reason"])
            return _done(request, done, _("Your answer is recorded."))
        except StepRefused as refused:
            form.refused = refusal_lines(refused.refusals, subject_of(paper), user)
    said = [RefusalLine(pages.asked_words(asked), "")]
    return _act(request, paper, pages.ANSWER_VOID, form, ([], said), danger=True)


@screen("issue", Document, related=("body",))
def document_issue(request: HttpRequest, paper: Document) -> HttpResponseBase:
    """The clerk numbers the signed draft; the step is taken. A form sent twice finds it done."""
    user: Any = request.user
    if not paper.is_draft:
        return redirect(paper)
    subject = subject_of(paper)
    form = IssueForm(
        request.POST or None, request.FILES or None, paper=paper, subject=subject, initial=_shown(request, paper)
    )
    if request.method == "POST" and not form.is_valid():
        form.refused = refusal_lines(_everything(paper, form, user), subject, user)
    elif request.method == "POST":
        try:
            issued = services.issue_document(paper, actor=user, **form.facts())
            return _done(request, issued, _("Issued under number %(symbol)s.") % {"symbol": issued.symbol})
        except StepRefused as refused:
            form.refused = refusal_lines(_everything(paper, form, user, refused.refusals), subject, user)
    found = [*services.issue_refusals(paper, actor=user), *services.step_refusals(paper, subject, actor=user)]
    return _act(request, paper, _("Number and issue"), form, _sorted(found, subject, user))


def _everything(paper: Document, form: IssueForm, user: Any, first: Iterable[Refusal] = ()) -> list[Refusal]:
    """What the door refused ``first`` and what else speaks against the form: its file is lost each time it comes back.

    What a field says already is not said twice.
    """
    told = {message for errors in form.errors.values() for message in errors} | {str(one) for one in first}
    reason = form.cleaned_data.get("reason", "")
    found = services.sheet_refusals(paper, form.sheet(), actor=user, has_scan=True, reason=reason)
    return [*first, *(one for one in found if str(one) not in told)]


@screen("view", StoredFile, kind=PageKind.OTHER)
def file_download(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """The bytes of an uploaded file, never shown inside a page of ours."""
    try:
        stream = file.place.open("rb")
    except FileNotFoundError:
        return _bytes_are_missing(request, file.name, file.code)
    response = FileResponse(stream, as_attachment=True, filename=file.name, content_type=file.content_type)
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _notes(paper: Document, subject: Stepped, *, is_current: bool) -> list[dict[str, Any]]:
    asked = open_void_request(paper) if paper.is_issued else None
    if asked is not None:
        return [{"tone": "warning", "title": pages.VOID_ASKED, "text": pages.asked_words(asked)}]
    if is_current:
        return []
    text = _("The facts have changed since the draft was prepared. Prepare it again.")
    if subject.row(paper.step) is None:
        text = _("The step of this draft is not possible any more: refuse the draft.")
    return [{"tone": "warning", "title": _("This draft is out of date"), "text": text}]


def _subject(request: HttpRequest, kind: str, code: str) -> Stepped:
    model = subjects.get(kind)
    subject = visible_to(request.user, model).filter(code=code).first() if model else None
    if subject is None:
        raise Http404
    return subject


def _with_reason(request: HttpRequest, paper: Document, act: Any, label: StrOrPromise) -> HttpResponseBase:
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            done = act(paper, actor=request.user, reason=form.cleaned_data["reason"])
            return _done(request, done, _("Done: %(step)s.") % {"step": label})
        except StepRefused as refused:
            form.refused = refusal_lines(refused.refusals, subject_of(paper), request.user)
    return _act(request, paper, label, form, danger=True)


def _done(request: HttpRequest, paper: Document, text: str) -> HttpResponseBase:
    messages.success(request, text)
    return redirect(paper)


def _shown(request: HttpRequest, paper: Document) -> dict[str, str]:
    """What the paper's page offered when its button was made; else the text of this moment."""
    return {"shown": request.GET.get("shown") or paper.text_digest}


Lines = tuple[list[RefusalLine], list[RefusalLine]]


def _sorted(found: Iterable[Refusal], subject: Stepped, user: Any) -> Lines:
    """What blocks, and what only warns."""
    refusals = list(found)
    parts = ([one for one in refusals if one.blocking == blocking] for blocking in (True, False))
    blocking, warning = (refusal_lines(part, subject, user) for part in parts)
    return blocking, warning


def _act(
    request: HttpRequest,
    about: Document | Stepped,
    label: StrOrPromise,
    form: Any,
    lines: Lines = ([], []),
    *,
    back: str = "",
    danger: bool = False,
    consequences: Sequence[str] = (),
) -> HttpResponse:
    context = {
        "consequences": consequences,
        "title": label,
        "step_label": label,
        "subject_code": getattr(about, "subject_code", about.code),
        "subject_title": getattr(about, "heading", "") or getattr(about, "title", ""),
        "form": form,
        "refusals": lines[0],
        "warnings": lines[1],
        "cancel_url": back or about.get_absolute_url(),
        "danger": danger,
    }
    return render(request, "generic/step.html", context)
