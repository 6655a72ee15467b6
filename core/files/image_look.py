"""Look into pictures: are they what their first bytes say, and do they unpack to a size that a person can look at?

Runs in a process of its own (``confined``), never imported by a server: reads the file from standard input and answers
with one word on standard output. No answer means that the file asked for more than it may.
"""

import io
import sys

from PIL import Image

# Pixels: an A3 sheet at 600 dots to the inch.
MAX_PIXELS = 70_000_000


def look(content: bytes) -> str:
    """The format of the picture, "damaged", or "large"."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(content), formats=["PNG", "JPEG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                return "large"
            picture.load()
            return str(picture.format).lower()
    except Image.DecompressionBombError:
        return "large"
    except (OSError, SyntaxError, ValueError):
        return "damaged"


if __name__ == "__main__":
    sys.stdout.write(look(sys.stdin.buffer.read()))
