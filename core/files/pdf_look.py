"""Look into a PDF in a process of its own (``confined``); never imported by a server.

Reads the file from standard input and answers with one word on standard output. No answer means that the file asked
for more than it may: a few hundred kilobytes can unpack to gigabytes.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import pikepdf

from core.files.links import is_ordinary_in_pdf

MEGABYTE = 1024 * 1024
# One packed stream of objects; those of real papers stay below one megabyte.
MAX_STREAM = 20 * MEGABYTE
# In one array or dictionary.
MAX_ITEMS = 200_000
MAX_FOLLOWING = 5
# Scripts, programmes, forms with scripts of their own, other files inside.
_ACTIVE_KEYS = {"/JS", "/JavaScript", "/OnInstantiate", "/Launch", "/RichMedia", "/XFA", "/EF", "/EmbeddedFiles"}
# What leaves the file; a link to a page of the web that waits for a click is none of them.
_ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/RichMediaExecute")
# Sounds and films, mostly of other files, and pages of other files shown in this one.
_OUTSIDE_KINDS = {
    "/S": ("/Rendition", "/Movie", "/Sound"),
    "/Type": ("/Rendition", "/Sound"),
    "/Subtype": ("/Movie", "/Sound", "/FileAttachment"),
    "/FS": ("/URL",),
}
# The names of another file, one for each system that there once was.
_FILE_NAMES = ("/F", "/UF", "/DOS", "/Mac", "/Unix")
# A stream that stands in another file; a form that shows the page of another file.
_OUTSIDE_STREAMS = ("/F", "/Ref")
# What may happen by itself: going to a page of the same file.
_HARMLESS_BY_ITSELF = ("/GoTo", "/Named", "/SetOCGState", "/Trans")


def answer(content: bytes) -> str:
    """``clean``, ``active``, ``outside``, ``link``, ``large``, ``locked`` or ``damaged``."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = next(filter(None, map(fault, chain([pdf.trailer], pdf.objects))), "")
            hidden = pikepdf.settings.qpdf_limit_errors() or any(map(_hides, pdf.get_warnings()))
    except pikepdf.PasswordError:
        return "locked"
    except (pikepdf.PdfError, RecursionError):
        return "damaged"
    return found or ("large" if hidden else "clean")


def fault(thing: object) -> str:
    """What is wrong with an object of a PDF and the objects inside it: ``active``, ``outside``, ``link`` or nothing."""
    if isinstance(thing, pikepdf.Array):
        return _first(thing)
    if isinstance(thing, pikepdf.Stream):
        outside = any(key in thing.stream_dict for key in _OUTSIDE_STREAMS)
        return "outside" if outside else fault(thing.stream_dict)
    if not isinstance(thing, pikepdf.Dictionary):
        return ""
    facts = dict(thing.items())
    if _is_active(facts):
        return "active"
    if _is_outside(facts):
        return "outside"
    return "link" if _misleads(facts.get("/URI")) else _first(facts.values())


def _first(things: Iterable[object]) -> str:
    """The first fault of those that stand in the object itself; all others come by on their own."""
    direct = (thing for thing in things if not getattr(thing, "is_indirect", False))
    return next(filter(None, map(fault, direct)), "")


def _is_active(facts: dict[str, Any]) -> bool:
    """Whether it does something when the file is opened or clicked."""
    if not _ACTIVE_KEYS.isdisjoint(facts) or str(facts.get("/S", "")) in _ACTIVE_ACTIONS:
        return True
    return any(_acts(action) for action in _by_itself(facts))


def _is_outside(facts: dict[str, Any]) -> bool:
    """Whether it plays something or names another file.

    A font may be called /F and a kind of paragraph /Ref, so what stands there counts too.
    """
    if any(str(facts[key]) in kinds for key, kinds in _OUTSIDE_KINDS.items() if key in facts):
        return True
    return any(isinstance(facts.get(key), pikepdf.String) for key in _FILE_NAMES)


def _misleads(address: object) -> bool:
    """Whether it leads to anything but the web or a letter; /Base stands before all addresses without a beginning."""
    if isinstance(address, pikepdf.Dictionary):
        address = address.get("/Base")
    return address is not None and not is_ordinary_in_pdf(str(address))


def _by_itself(facts: dict[str, Any]) -> Iterator[object]:
    """The actions that an object starts without a click: on opening, printing, showing a page."""
    yield facts.get("/OpenAction")
    started = facts.get("/AA")
    if isinstance(started, pikepdf.Dictionary):
        yield from (action for _key, action in started.items())


def _acts(action: object, depth: int = 0) -> bool:
    """Whether an action, or one that follows it, does more than move about in the same file."""
    if not isinstance(action, pikepdf.Dictionary):
        return False
    if str(action.get("/S", "")) not in _HARMLESS_BY_ITSELF or depth > MAX_FOLLOWING:
        return True
    then = action.get("/Next")
    following = list(then) if isinstance(then, pikepdf.Array) else [then]
    return any(_acts(one, depth + 1) for one in following)


def _hides(warning: str) -> bool:
    """Whether something was left unread: a reader with more patience would still see it."""
    return any(words in warning for words in ("unfilterable", "limit exceeded", "bad_alloc", "too large"))


def _bind() -> None:
    limits: dict[str, Any] = dict.fromkeys(
        ("flate_max_memory", "png_max_memory", "run_length_max_memory", "tiff_max_memory"), MAX_STREAM
    )
    pikepdf.settings.set_qpdf_limits(max_stream_filters=4, **limits)


if __name__ == "__main__":
    _bind()
    sys.stdout.write(answer(sys.stdin.buffer.read()))
