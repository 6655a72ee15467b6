"""Where a click may lead: to a page of the web, to an e-mail address, to a place in the same file."""

import re

_ORDINARY = re.compile(r"\s*(?:https?:|mailto:|#)", re.IGNORECASE)
# An address with a scheme, a share, or a way from the root of the disk.
_ABSOLUTE = re.compile(r"\s*(?:[a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)
# Readers of PDF open it as a page of the web; a way upwards or a drive may not hide behind it.
_BARE_WEB = re.compile(r"\s*www\.[^\\:]*", re.IGNORECASE)


def is_ordinary(address: str) -> bool:
    """Whether a click opens the web, a letter or the same file: no programme, no file on a disk or a share."""
    return bool(_ORDINARY.match(address))


def is_ordinary_in_pdf(address: str) -> bool:
    """The same for a PDF, where papers often leave out the ``https://`` before ``www.``."""
    return is_ordinary(address) or (bool(_BARE_WEB.fullmatch(address)) and ".." not in address)


def leaves_the_file(address: str) -> bool:
    """Whether an address that is said to stay inside the package names something outside it."""
    return bool(_ABSOLUTE.match(address))
