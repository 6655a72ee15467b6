"""The renderer reads the fonts of the programme and nothing else."""

import io

import pikepdf
import pytest

from core.documents.render import page_count, render_pdf


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="file:///etc/passwd">',
        '<img src="http://169.254.169.254/latest/meta-data/">',
        '<iframe src="file:///etc/hosts"></iframe>',
        '<style>@import url("file:///etc/passwd");</style>',
        '<p style="background: url(file:///etc/hostname)">x</p>',
        '<object data="../../manage.py"></object>',
    ],
)
def test_no_file_outside_the_fonts_is_read(markup, caplog):
    pdf = render_pdf(f"<!DOCTYPE html><html lang=vi><title>x</title><p>Số</p>{markup}", identifier="x")
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        streams = b"".join(thing.read_bytes() for thing in opened.objects if isinstance(thing, pikepdf.Stream))
    assert b"root:" not in streams
    assert page_count(pdf) == 1
