"""What a view declares about who may see it and what kind of page it is; the gates read it."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from enum import StrEnum
from typing import Any


class PageKind(StrEnum):
    """What a page is, and with it how many questions to the database it may cost (tests/gates/test_budget.py).

    OTHER is a file, an act that takes no GET, or a page that shows no record.
    """

    LIST = "list"
    DETAIL = "detail"
    DASHBOARD = "dashboard"
    FORM = "form"
    OTHER = "other"


@dataclass(frozen=True)
class Screen:
    """The action a view asks the policy for, the model it loads (or none), whether anybody may open it, and its kind.

    A page of one record is its detail when one views it there and a form when one does anything else there. A page
    without a record has to say its kind (``declared``): raises TypeError when it does not.
    """

    action: str
    model: type[Any] | None = None
    public: bool = False
    declared: InitVar[PageKind | None] = None
    kind: PageKind = field(init=False)

    def __post_init__(self, declared: PageKind | None) -> None:
        if declared is None and self.model is None:
            message = f"the page of {self.action!r} has to say what kind of page it is"
            raise TypeError(message)
        usual = PageKind.DETAIL if self.action == "view" else PageKind.FORM
        object.__setattr__(self, "kind", declared or usual)
