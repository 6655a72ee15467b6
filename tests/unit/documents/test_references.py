"""An official paper has no dots: whatever it cites has its day."""

import pytest

from core.documents.snapshot import check_references
from core.workflow.ruling import StepRefused
from tests.golden.documents.rendering import TEXTS
from tests.golden.documents.samples import SAMPLES

REFERENCE = {"name", "symbol", "date", "issuer"}
CITING = [
    (name, field)
    for name, sample in sorted(SAMPLES.items())
    for field, told in sample.facts.items()
    if isinstance(told, dict) and set(told) == REFERENCE
]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_no_letter_leaves_a_date_open(name):
    check_references(SAMPLES[name].facts)
    assert "…" not in (TEXTS / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "field"), CITING)
@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_a_paper_that_cites_one_without_its_day_is_refused(name, field, language):
    told = SAMPLES[name].facts[field]
    with pytest.raises(StepRefused) as caught:
        check_references({**SAMPLES[name].facts, field: {**told, "date": ""}})
    (refusal,) = caught.value.refusals
    assert str(refusal) == (
        f"The paper cites “{told['name']}”, whose number and date are not known here: enter them first."
    )
