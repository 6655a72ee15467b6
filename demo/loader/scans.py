"""The scan of a paper that nobody signed: a blank sheet."""

import io

from PIL import Image


def _blank_sheet() -> bytes:
    out = io.BytesIO()
    Image.new("1", (210, 297), 1).save(out, "PNG")
    return out.getvalue()


SCAN = _blank_sheet()
