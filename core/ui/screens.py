"""What a view declares about who may see it; the architecture test reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Screen:
    """The action a view asks the policy for, the model it loads (or none), and whether anybody may open it."""

    action: str
    model: type[Any] | None = None
    public: bool = False
