"""The running text of the forms."""

from proposals.models.narratives import PROPOSAL_FORM, lines, missing_texts


def test_one_item_on_each_line_without_dashes_and_blanks():
    assert lines({"contents": "- Một\n\n  • Hai \nBa"}, "contents") == ["Một", "Hai", "Ba"]
    assert lines({}, "contents") == []


def test_required_texts_that_are_empty_are_missing_in_the_order_of_the_form():
    filled = {field.key: "x" for field in PROPOSAL_FORM if field.key not in {"urgency", "references", "effects"}}
    assert [field.key for field in missing_texts(PROPOSAL_FORM, {**filled, "effects": "  "})] == ["urgency", "effects"]
