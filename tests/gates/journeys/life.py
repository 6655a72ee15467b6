"""What a journey remembers of its records: their codes and the symbols of their papers."""

from dataclasses import dataclass, field


@dataclass
class Life:
    """One proposal and what became of it."""

    call: str = ""
    announcement: str = ""
    proposal: str = ""
    councils: dict[str, str] = field(default_factory=dict)
    order_list: str = ""
    order: str = ""
    dossier: str = ""
    task: str = ""
    contract: str = ""
    payment: str = ""
    report: str = ""
    inspection: str = ""
    amendment: str = ""
    settlement: str = ""
