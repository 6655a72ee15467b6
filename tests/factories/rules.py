"""A province that decides otherwise: an overlay of the rule book for one test."""

from pathlib import Path
from typing import Any

DECISION = "Quyết định 24/2026/QĐ-UBND"
ENTRY = """
[[parameter]]
regulation = "{version}"
key = "{key}"
value = {value}
{unit}document = "{decision}"
status = "{status}"
valid_from = 2000-01-01
"""


def province_says(settings: Any, folder: Path, key: str, value: str, **more: str) -> None:
    """Lay ``key = value`` (as TOML writes it) over every version; ``unit`` and ``status`` may differ too."""
    unit = f'unit = "{more["unit"]}"\n' if "unit" in more else ""
    status = more.get("status", "confirmed")
    entries = [
        ENTRY.format(version=version, key=key, value=value, unit=unit, decision=DECISION, status=status)
        for version in ("r1_2013", "r2_2025")
    ]
    # A new name each time: the rule book is read once for each file.
    path = folder / f"overlay-{len(list(folder.iterdir()))}.toml"
    path.write_text("".join(entries), encoding="utf-8")
    settings.RULE_BOOK_OVERLAY = str(path)
