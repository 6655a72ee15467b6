"""Look into a PDF in a process of its own (``confined``); never imported by a server.

Reads the file from standard input and answers with one word on standard output. No answer means that the file asked
for more than it may: a few hundred kilobytes can unpack to gigabytes.
"""

import io
import sys
from collections.abc import Iterator
from typing import Any

import pikepdf

MEGABYTE = 1024 * 1024
# One packed stream of objects; those of real papers stay below one megabyte.
MAX_STREAM = 20 * MEGABYTE
# In one array or dictionary.
MAX_ITEMS = 200_000
MAX_FOLLOWING = 5
# Scripts, programmes, forms with scripts of their own, other files inside.
_ACTIVE_KEYS = ("/JS", "/JavaScript", "/Launch", "/RichMedia", "/XFA", "/EF", "/EmbeddedFiles")
# What leaves the file; a link to a page of the web that waits for a click is none of them.
_ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToR", "/GoToE", "/RichMediaExecute")
# What may happen by itself: going to a page of the same file.
_HARMLESS_BY_ITSELF = ("/GoTo", "/Named", "/SetOCGState", "/Trans")


def answer(content: bytes) -> str:
    """``clean``, ``active``, ``large``, ``locked`` or ``damaged``."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            found = is_active(pdf.trailer) or any(is_active(thing) for thing in pdf.objects)
            hidden = pikepdf.settings.qpdf_limit_errors() or any(map(_hides, pdf.get_warnings()))
    except pikepdf.PasswordError:
        return "locked"
    except (pikepdf.PdfError, RecursionError):
        return "damaged"
    return "active" if found else "large" if hidden else "clean"


def is_active(thing: object) -> bool:
    """Whether an object of a PDF does something when the file is opened or clicked."""
    if isinstance(thing, pikepdf.Array):
        return any(is_active(inner) for inner in thing if not getattr(inner, "is_indirect", False))
    if isinstance(thing, pikepdf.Stream):
        return is_active(thing.stream_dict)
    if not isinstance(thing, pikepdf.Dictionary):
        return False
    if any(key in thing for key in _ACTIVE_KEYS) or str(thing.get("/S", "")) in _ACTIVE_ACTIONS:
        return True
    if any(_acts(action) for action in _by_itself(thing)):
        return True
    return any(is_active(inner) for _key, inner in thing.items() if not getattr(inner, "is_indirect", False))


def _by_itself(thing: pikepdf.Dictionary) -> Iterator[object]:
    """The actions that an object starts without a click: on opening, printing, showing a page."""
    yield thing.get("/OpenAction")
    started = thing.get("/AA")
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
