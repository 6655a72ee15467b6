"""The seal of a closed ballot: whoever holds the minutes can tell whether a ballot was changed afterwards."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any


def digest_of(ballot: Mapping[str, Any]) -> str:
    """The SHA-256 of one ballot as canonical JSON. Its ``nonce`` keeps anybody from guessing the content."""
    text = json.dumps(ballot, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def seal_of(digests: Iterable[str]) -> str:
    """The SHA-256 over all ballots of a sitting, in no particular order."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()
