"""The algebra of verdicts, tried exhaustively: it has five values."""

from __future__ import annotations

from itertools import product

import pytest

from standwith.kernel.verdict import Verdict, conjunction, disjunction

T, F, N, B, X = (
    Verdict.TRUE,
    Verdict.FALSE,
    Verdict.UNKNOWN,
    Verdict.BOTH,
    Verdict.NOT_APPLICABLE,
)
PAIRS = list(product(Verdict, repeat=2))
TRIPLES = list(product(Verdict, repeat=3))
ORDER = {F: 0, N: 1, B: 2, T: 3, X: 4}
KNOWS_LESS = {(N, T), (N, F), (N, B), (T, B), (F, B)} | {(v, v) for v in (T, F, N, B)}


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_and_or_merge_commute(a: Verdict, b: Verdict) -> None:
    assert a & b is b & a
    assert a | b is b | a
    if X not in {a, b}:
        assert a.merge(b) is b.merge(a)


@pytest.mark.parametrize(("a", "b", "c"), TRIPLES)
def test_and_or_merge_associate(a: Verdict, b: Verdict, c: Verdict) -> None:
    assert (a & b) & c is a & (b & c)
    assert (a | b) | c is a | (b | c)
    assert a.merge(b).merge(c) is a.merge(b.merge(c))


@pytest.mark.parametrize("a", list(Verdict))
def test_and_or_merge_are_idempotent_and_not_is_an_involution(a: Verdict) -> None:
    assert a & a is a
    assert a | a is a
    assert a.merge(a) is a
    assert ~~a is a


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_de_morgan_holds_both_ways(a: Verdict, b: Verdict) -> None:
    assert ~(a & b) is ~a | ~b
    assert ~(a | b) is ~a & ~b


@pytest.mark.parametrize("a", list(Verdict))
def test_not_applicable_is_neutral_and_false_and_true_absorb(a: Verdict) -> None:
    assert a & X is a
    assert a | X is a
    assert a & F is F
    assert a | T is T


@pytest.mark.parametrize(("a", "b", "c"), TRIPLES)
def test_and_is_monotone_in_the_order_of_openness(a: Verdict, b: Verdict, c: Verdict) -> None:
    if ORDER[a] <= ORDER[b]:
        assert ORDER[a & c] <= ORDER[b & c]


@pytest.mark.parametrize(("a", "b", "c"), TRIPLES)
def test_merging_a_source_never_loses_knowledge(a: Verdict, b: Verdict, c: Verdict) -> None:
    if X not in {a, b, c} and (a, b) in KNOWS_LESS:
        assert (a.merge(c), b.merge(c)) in KNOWS_LESS
        assert (a, a.merge(c)) in KNOWS_LESS


def test_both_and_unknown_is_unknown_not_false() -> None:
    """Textbook Belnap closes here; a gate must not close on a missing fact."""
    assert B & N is N


def test_unknown_never_counts_as_met() -> None:
    assert [v for v in Verdict if v.opens] == [T, X]
    assert not (T & N).opens
    assert not conjunction([T, T, N]).opens


def test_contradicting_sources_give_both() -> None:
    assert T.merge(F) is B
    assert N.merge(F) is F
    assert B.merge(T) is B


def test_nothing_to_combine_is_neutral() -> None:
    assert conjunction([]) is X
    assert disjunction([]) is X


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_verdict_is_written_and_read_as_its_word(verdict: Verdict) -> None:
    assert Verdict(verdict.value) is verdict


def test_a_word_that_is_no_verdict_is_refused() -> None:
    with pytest.raises(ValueError, match="maybe"):
        Verdict("maybe")
