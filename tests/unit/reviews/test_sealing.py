"""The seal does not depend on order and tells every change."""

from reviews.rules.sealing import digest_of, seal_of

FIRST = {"ballot": "a", "agrees": True, "nonce": "0" * 32}
SECOND = {"ballot": "b", "agrees": False, "nonce": "1" * 32}


def test_the_order_of_the_ballots_does_not_matter():
    assert seal_of([digest_of(FIRST), digest_of(SECOND)]) == seal_of([digest_of(SECOND), digest_of(FIRST)])


def test_one_changed_answer_breaks_the_seal():
    changed = {**SECOND, "agrees": True}
    assert seal_of([digest_of(FIRST), digest_of(changed)]) != seal_of([digest_of(FIRST), digest_of(SECOND)])


def test_a_missing_ballot_breaks_the_seal():
    assert seal_of([digest_of(FIRST)]) != seal_of([digest_of(FIRST), digest_of(SECOND)])


def test_the_same_answer_looks_different_with_another_nonce():
    assert digest_of(FIRST) != digest_of({**FIRST, "nonce": "2" * 32})
