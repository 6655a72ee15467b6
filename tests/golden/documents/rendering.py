"""Render an invented paper, read its text, write the golden texts anew.

``python -m tests.golden.documents.rendering`` writes texts/*.txt: read the difference before you keep it.
"""

import os
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from core.documents.letter import Header, letter_html
from core.documents.render import render_pdf
from tests.golden.documents.samples import BASES, SAMPLES

TEXTS = Path(__file__).parent / "texts"


@cache
def rendered(name: str) -> bytes:
    """The PDF of a sample, rendered once in a run."""
    sample = SAMPLES[name]
    return render_pdf(letter_html(sample.kind, sample.header, sample.facts, BASES), identifier=name)


def rendered_with(name: str, *, facts=None, header=None) -> bytes:
    """The PDF of a sample with other facts or another frame."""
    sample = SAMPLES[name]
    frame = Header(**{**sample.header, **(header or {})})
    return render_pdf(letter_html(sample.kind, frame, {**sample.facts, **(facts or {})}, BASES), identifier=name)


def asked(pdf: bytes, tool: str, *arguments: str) -> str:
    """What a tool of poppler says of the file."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        output = ["-"] if tool == "pdftotext" else []
        return subprocess.run([tool, *arguments, file.name, *output], check=True, capture_output=True, text=True).stdout


def text_of(pdf: bytes) -> str:
    """The words in reading order, one line for a line, without blanks at the ends."""
    lines = asked(pdf, "pdftotext", "-layout").replace("\f", "\n").splitlines()
    kept = [" ".join(line.split()) for line in lines]
    return "\n".join(line for line in kept if line) + "\n"


def write_all() -> None:
    """Write every golden text anew."""
    for name in SAMPLES:
        (TEXTS / f"{name}.txt").write_text(text_of(rendered(name)), encoding="utf-8")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")
    import django

    django.setup()
    write_all()
