"""Results of a council in the language of the page."""

from collections.abc import Sequence

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.regulations.wording import criterion_label
from core.ui.parts import Badge, Tone
from reviews.models import AgendaItem
from tasks.models import Grade

TONES = {Grade.EXCELLENT: Tone.SUCCESS, Grade.PASS: Tone.SUCCESS, Grade.FAIL: Tone.DANGER}


def decimal(hundredths: int | None) -> str:
    """8257 is 82,57, or 82.57 in other languages than Vietnamese."""
    if hundredths is None:
        return ""
    mark = "," if (get_language() or "vi") == "vi" else "."
    return f"{hundredths // 100}{mark}{hundredths % 100:02d}"


def outcome(item: AgendaItem) -> Badge | None:
    """What the ballots say about an item; None before the count."""
    if item.counted_at is None:
        return None
    if item.task_id:
        return Badge(item.get_grade_display(), TONES[Grade(item.grade)])
    if item.proposal_id:
        return Badge(_("Recommended"), Tone.SUCCESS) if item.passed else Badge(_("Not recommended"), Tone.DANGER)
    return Badge(_("Passed"), Tone.SUCCESS) if item.passed else Badge(_("Not passed"), Tone.DANGER)


def figures(item: AgendaItem) -> str:
    """The numbers behind the outcome."""
    if item.counted_at is None:
        return ""
    if item.proposal_id:
        return _("%(agree)s of %(present)s agree") % {"agree": item.agree, "present": item.present}
    if item.dossier_id:
        return _("mean %(mean)s, rank %(rank)s") % {"mean": decimal(item.mean_hundredths), "rank": item.rank or "–"}
    return _("%(valid)s valid ballots of %(present)s") % {"valid": item.valid, "present": item.present}


def flag_words(flags: Sequence[str]) -> list[str]:
    """What has to be explained, without saying whose ballot it is."""
    found = []
    far = sum(flag.startswith("outlier:") for flag in flags)
    if far:
        found.append(_("Ballots far from the mean, to be explained: %(number)s") % {"number": far})
    for flag in flags:
        if flag.startswith("zero:"):
            name = criterion_label(flag.removeprefix("zero:"))
            found.append(_("Refused: too many members gave no point for “%(criterion)s”") % {"criterion": name})
    if "tie" in flags:
        found.append(_("Equal to another dossier, also in the points of the chair"))
    return found


BLOCK = 8


def in_blocks(seal: str) -> str:
    """A long hash that can be compared by eye and breaks into lines."""
    return " ".join(seal[place : place + BLOCK] for place in range(0, len(seal), BLOCK))
