"""One reference of the bank proves one movement of money, whatever paper bears it."""

from collections import defaultdict
from collections.abc import Iterator

from funds.models.references import PROOFS


def faults() -> Iterator[str]:
    """One sentence for each reference that several papers bear."""
    first, *others = (proof.papers().values_list("proof", "code") for proof in PROOFS)
    bearers: dict[str, list[str]] = defaultdict(list)
    for proof, code in first.union(*others, all=True):
        bearers[proof].append(code)
    for proof, codes in sorted(bearers.items()):
        if len(codes) > 1:
            yield f"bank reference {proof} proves more than one movement of money: {', '.join(sorted(codes))}"
