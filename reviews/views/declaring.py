"""Conflicts of interest: declared by the member, noted by others, answered, and cleared by whoever judges them."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core import clock
from core.people.models import User
from core.people.policy import allowed, can, visible_to
from core.people.screens import screen
from core.ui.parts import Action, Panel, Tone
from reviews import services
from reviews.forms.seats import AnswerForm, ClearForm, ConflictForm, OwnConflictForm
from reviews.models import ConflictNote, Council, DeclaredConflict, Seat
from reviews.selectors.conflicts import notes_of
from reviews.selectors.seats import were_noted

from .answers import FORM, acting, answer, crumbs

PAGES = (
    ("answer", "conflict-answer", gettext_lazy("Answer")),
    ("clear", "conflict-clear", gettext_lazy("Clear the conflict")),
)


def conflict_panels(council: Council, user: User, seats: Sequence[Seat]) -> list[Panel]:
    """What was noted of the members, for those who may read it; no panel where nothing was."""
    noted = were_noted(seats)
    rows = notes_of(council).filter(seat__in=noted, pk__in=visible_to(user, ConflictNote).values("pk"))
    lines = [_entry(row, user) for row in rows] if noted else []
    title = _("Noted conflicts of interest")
    return [Panel(title, "reviews/_entries.html", {"rows": lines}, slot="main", icon="flag")] if lines else []


def _entry(row: ConflictNote, user: User) -> dict[str, Any]:
    day = formats.date_format(clock.local(row.noted_at).date())
    lines = [row.words, _("noted by %(name)s on %(day)s") % {"name": row.noted_by, "day": day}]
    lines += [_("The member answers: %(words)s") % {"words": row.answer}] if row.answer else []
    entry = {"title": str(row), "lines": lines}
    if row.cleared_by:
        lines.append(_("cleared by %(name)s: %(reason)s") % {"name": row.cleared_by, "reason": row.cleared_reason})
        return {**entry, "badge": _("Cleared"), "tone": Tone.SUCCESS}
    rights = allowed(user, row, *(right for right, _page, _label in PAGES))
    urls = [(right, reverse(f"reviews:{page}", args=[row.code]), label) for right, page, label in PAGES]
    actions = [Action(label, url) for right, url, label in urls if right in rights]
    return {**entry, "badge": _("Not cleared"), "tone": Tone.DANGER, "actions": actions}


@screen("declare", Seat)
@FORM
def seat_declare(request: HttpRequest, seat: Seat) -> HttpResponse:
    """A member says whether he has a conflict; what others noted of him stands beside it."""
    council, form = seat.council, OwnConflictForm(request.POST or None, seat=seat)

    def act() -> None:
        words = form.cleaned_data["words"]
        services.declare_conflict(seat, actor=acting(request), conflict=form.declared(), words=words)

    return answer(
        request,
        form,
        act,
        title=_("My conflict of interest"),
        lead=str(seat),
        submit_label=_("Save"),
        done=_("The declaration is saved."),
        back=council.get_absolute_url(),
        panels=conflict_panels(council, acting(request), [seat]),
        crumbs=crumbs(council),
    )


@screen("note", Seat)
@FORM
def seat_note(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The secretary, the head or who presides notes what speaks against somebody else."""
    council, form = seat.council, ConflictForm(request.POST or None)

    def act() -> None:
        conflict = DeclaredConflict(form.cleaned_data["conflict"])
        services.note_conflict(seat, actor=acting(request), conflict=conflict, words=form.cleaned_data["words"])

    return answer(
        request,
        form,
        act,
        title=_("Note a conflict"),
        lead=str(seat),
        submit_label=_("Note the conflict"),
        done=_("The conflict is noted; the member and who judges it are told."),
        back=_back(council, acting(request)),
        crumbs=crumbs(council),
    )


@screen("answer", ConflictNote)
@FORM
def conflict_answer(request: HttpRequest, row: ConflictNote) -> HttpResponse:
    council = row.seat.council
    form = AnswerForm(request.POST or None, initial={"words": row.answer})
    return answer(
        request,
        form,
        lambda: services.answer_conflict(row, actor=acting(request), words=form.cleaned_data["words"]),
        title=_("Answer what was noted"),
        lead=f"{row.get_conflict_display()}: {row.words}",
        submit_label=_("Save"),
        done=_("Your answer is saved. Whoever judges the conflict reads it."),
        back=council.get_absolute_url(),
        crumbs=crumbs(council),
    )


@screen("clear", ConflictNote)
@FORM
def conflict_clear(request: HttpRequest, row: ConflictNote) -> HttpResponse:
    """Whoever judges it says why the member may sit and vote."""
    council, form = row.seat.council, ClearForm(request.POST or None)
    return answer(
        request,
        form,
        lambda: services.clear_conflict(row, actor=acting(request), reason=form.cleaned_data["reason"]),
        title=_("Clear the conflict"),
        lead=f"{row}. {row.words}",
        submit_label=_("Clear the conflict"),
        done=_("The conflict is cleared; the member is told."),
        back=council.get_absolute_url(),
        notes=[{"title": _("The member answers"), "text": row.answer, "tone": Tone.INFO}] if row.answer else [],
        crumbs=crumbs(council),
    )


def _back(council: Council, user: User) -> str:
    """The members, for whoever still may open them."""
    return (
        reverse("reviews:council-members", args=[council.code])
        if can(user, "name", council)
        else str(council.get_absolute_url())
    )
