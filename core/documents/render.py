"""HTML to PDF/A: one font configuration, one style sheet, one lock, nothing from outside.

WeasyPrint is imported late: it takes 0.8 s and its system libraries may be absent; the rest of the site then works.
"""

import atexit
import io
import threading
import warnings
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf
from django.conf import settings

STYLE = Path(__file__).parent / "letters.css"
# One render at a time: fonts shared between threads corrupt memory, fonts read each time leak 0.3 MB a paper.
_lock = threading.Lock()
_RESOURCES = ("/Pattern", "/Shading")


class OutsideRefused(ValueError):
    """A letter asked for a file that is not one of ours."""


def render_pdf(html: str, *, identifier: str) -> bytes:
    """The paper as tagged PDF/A-3b. The same text and identifier give the same bytes.

    Raises ImportError or OSError when the PDF libraries of the system are missing.
    """
    with _lock, warnings.catch_warnings(action="ignore", category=ResourceWarning):
        # WeasyPrint leaves its colour profile open until it is collected.
        tools = _tools()
        raw: bytes = tools["HTML"](string=html, base_url="", url_fetcher=tools["fetcher"]).write_pdf(
            stylesheets=[tools["css"]],
            font_config=tools["fonts"],
            pdf_variant="pdf/a-3b",
            pdf_tags=True,
            pdf_identifier=identifier.encode(),
        )
    return _cleaned(raw)


def page_count(pdf: bytes) -> int:
    """How many pages the file has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


@cache
def _tools() -> dict[str, Any]:
    from weasyprint import CSS, HTML  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
    from weasyprint.urls import URLFetcher  # noqa: PLC0415

    class PackagedOnly(URLFetcher):  # type: ignore[misc]
        """Reads the fonts that come with the programme; refuses every other address."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            parts = urlsplit(url)
            path = Path(unquote(parts.path)).resolve()
            if parts.scheme != "file" or path.parent != Path(settings.PDF_FONTS_DIR).resolve():
                raise OutsideRefused(url)
            return super().fetch(url, headers)

    fonts, fetcher = FontConfiguration(), PackagedOnly()
    base = Path(settings.PDF_FONTS_DIR).resolve().as_uri() + "/"
    css = CSS(string=STYLE.read_text(encoding="utf-8"), base_url=base, font_config=fonts, url_fetcher=fetcher)
    return {"HTML": HTML, "css": css, "fonts": fonts, "fetcher": fetcher}


# The fonts are given back while the libraries that drew them are still there.
atexit.register(_tools.cache_clear)


def _cleaned(raw: bytes) -> bytes:
    """Without the empty resource dictionaries that WeasyPrint leaves and PDF/A forbids."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(raw)) as pdf:
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Dictionary):
                _drop_empty(thing)
        pdf.save(out, deterministic_id=True)
    return out.getvalue()


def _drop_empty(thing: pikepdf.Dictionary) -> None:
    for name in _RESOURCES:
        inner = thing.get(name)
        if isinstance(inner, pikepdf.Dictionary) and not inner.keys():
            del thing[name]
