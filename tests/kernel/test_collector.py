"""The collector rests while it is asked to, and is left as it was."""

from __future__ import annotations

import gc

import pytest

from standwith.kernel.collector import at_rest


def test_the_collector_rests_and_runs_again() -> None:
    assert gc.isenabled()
    with at_rest():
        assert not gc.isenabled()
        with at_rest():
            assert not gc.isenabled()
        assert not gc.isenabled(), "who was inside does not wake it"
    assert gc.isenabled()


def test_it_runs_again_after_a_fault() -> None:
    with pytest.raises(ValueError, match="broken"), at_rest():
        raise ValueError("broken")
    assert gc.isenabled()


def test_who_turned_it_off_keeps_it_off() -> None:
    gc.disable()
    try:
        with at_rest():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
