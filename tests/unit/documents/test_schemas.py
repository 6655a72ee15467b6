"""Facts that lack a field are found before a paper is printed."""

import pytest

from core.documents.kinds import KINDS, DocumentKind, Series
from core.documents.schemas import SCHEMAS, FactsIncomplete, check_facts


def test_every_kind_has_a_schema_and_a_row():
    assert set(SCHEMAS) == set(KINDS) == set(DocumentKind)


def test_a_missing_field_is_named():
    with pytest.raises(FactsIncomplete, match="return_letter lacks complete_by, contact"):
        check_facts(
            "return_letter",
            {
                "body": "",
                "about": "",
                "record": "",
                "code": "",
                "title": "",
                "organisation": "",
                "missing": [],
                "officer": "",
            },
        )


def test_minutes_of_a_council_are_checked_by_their_variant():
    with pytest.raises(FactsIncomplete) as caught:
        check_facts("council_minutes", {"variant": "selection"})
    assert {"dossiers", "pass_rule", "recommended"} < set(caught.value.fields)
    assert "votes" not in caught.value.fields


def test_receipts_and_minutes_are_automatic_and_the_rest_waits_for_a_signature():
    automatic = {spec.kind.value for spec in KINDS.values() if spec.automatic}
    assert automatic == {
        "proposal_receipt",
        "dossier_receipt",
        "return_letter",
        "council_minutes",
        "opening_minutes",
        "appraisal_minutes",
        "inspection_minutes",
        "acceptance_minutes",
        "settlement_minutes",
        "archive_record",
    }


def test_only_what_comes_in_takes_an_incoming_number():
    """Decree 30/2020/NĐ-CP, Article 22.2; a request to complete a file goes out, numbered at once like a receipt."""
    incoming = {kind for kind, spec in KINDS.items() if spec.series == Series.INCOMING}
    assert incoming == {DocumentKind.PROPOSAL_RECEIPT, DocumentKind.DOSSIER_RECEIPT}
    assert KINDS[DocumentKind.RETURN_LETTER].series == Series.REQUESTS
