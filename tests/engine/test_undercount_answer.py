"""A table in, everything that may be said of it out: the same for the command and the page."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from tests.cli.test_undercount_commands import FOUR

from standwith.account.undercount.capture import UnusableTable
from standwith.engine.undercount import answer, manifest, missing, sign

RAW = FOUR.encode()


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    """The answer of four lists."""
    return answer(RAW)


def test_an_answer_says_what_made_it(found: dict[str, Any]) -> None:
    held = found["manifest"]
    assert held == manifest(RAW, 1)
    assert held["input_sha256"] == hashlib.sha256(RAW).hexdigest()
    assert {"numpy", "scipy", "numba", "standwith", "python"} == set(held["versions"])
    assert json.loads(json.dumps(found)) == found


def test_the_same_seed_gives_the_same_answer_and_another_seed_the_same_estimate(
    found: dict[str, Any],
) -> None:
    assert answer(RAW) == found
    other = answer(RAW, seed=2)
    assert other["estimate"] == found["estimate"]
    assert other["sensitivity"] != found["sensitivity"]


def test_a_signature_adds_a_gate_and_changes_nothing_else(found: dict[str, Any]) -> None:
    before = json.dumps(found)
    signed, unsigned = sign(found, "A. Statistician"), sign(found, "")
    assert json.dumps(found) == before
    assert signed["gates"][:-1] == unsigned["gates"][:-1] == found["gates"]
    assert signed["gates"][-1] == {
        "id": "assumption", "passed": True, "reason": "", "value": 1, "limit": 1, "blocks": False
    }  # fmt: skip
    assert not unsigned["gates"][-1]["passed"]
    assert unsigned["assumption"] == found["assumption"]


@pytest.mark.parametrize(
    ("raw", "more", "why"),
    [
        (RAW, {"most": 3}, "4 lists; 3 at most here"),
        (b"a,b,c,count\n", {}, "no rows under its head"),
        (RAW, {"derived": {"press": ["radio"]}}, "no list 'radio'"),
        (b"", {}, "name one column of counts"),
    ],
)
def test_what_cannot_be_answered_says_why(raw: bytes, more: dict[str, Any], why: str) -> None:
    with pytest.raises(UnusableTable, match=why):
        answer(raw, **more)


def test_what_estimates_is_installed_where_it_is_tested() -> None:
    assert missing() == []
