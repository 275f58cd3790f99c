"""When a person was held, from what was known on a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.account.registry.episodes import LATE, episode

from standwith.account.registry.record import Episode
from standwith.account.registry.timeline import OPEN, Spell, spell, standing
from standwith.account.registry.vocabulary import Status
from standwith.kernel.period import parse_period


def of(held: Episode, known: date = LATE) -> Spell:
    """Work the spell out; there is one."""
    found = spell(held, known)
    assert found is not None
    return found


def days(*texts: str) -> tuple[int, ...]:
    return tuple(date.fromisoformat(text).toordinal() for text in texts)


def test_an_arrest_without_an_end_is_held() -> None:
    found = of(episode("arrested 2020-08-10"))
    assert found.begin == days("2020-08-10", "2020-08-10")
    assert found.ended == (OPEN, OPEN)
    assert found.end is None


def test_a_month_is_as_long_as_it_may_be() -> None:
    found = of(episode("arrested 2020-08", "released_unconditional 2021"))
    assert found.begin == days("2020-08-01", "2020-08-31")
    assert found.ended == days("2021-01-01", "2021-12-31")
    assert found.end is Status.RELEASED_UNCONDITIONAL


def test_the_end_of_a_term_is_never_a_release() -> None:
    held = episode(
        "arrested 2020-08-10", "sentenced 2020-12-01", expires=parse_period("2023-08-10")
    )
    found = of(held)
    assert found.end is Status.TERM_EXPIRED_STATUS_UNKNOWN
    assert found.unsure
    assert found.ended == (*days("2023-08-10"), OPEN)
    before = of(held, date(2023, 8, 10))
    assert before.end is None, "on the last day of the term it has not expired"


def test_a_term_counts_from_the_day_on_which_it_became_known() -> None:
    plain = episode("arrested 2020-08-10", expires=parse_period("2022-01-01"))
    longer = (*plain.terms, (date(2021, 6, 1), parse_period("2025-01-01")))
    held = replace(plain, terms=longer)
    assert of(held, date(2022, 6, 1)).end is None, "it was prolonged before it was over"
    late = replace(plain, terms=((date(2023, 1, 1), parse_period("2022-01-01")),))
    assert of(late, date(2022, 6, 1)).end is None
    assert of(late, date(2023, 1, 1)).unsure


@pytest.mark.parametrize("status", ["no_longer_listed", "whereabouts_unknown"])
def test_what_nobody_knows_leaves_both_readings(status: str) -> None:
    found = of(episode("arrested 2020-08-10", f"{status} 2022-03-01"))
    assert found.unsure
    assert found.ended == (*days("2022-03-01"), OPEN)


def test_a_sign_of_custody_takes_doubt_away() -> None:
    doubt = ("arrested 2020-08-10", "no_longer_listed 2021-03-01")
    assert of(episode(*doubt, "transferred 2021-09-01")).end is None
    over = parse_period("2022-01-01")
    assert of(episode(*doubt[:1], "term_extended 2022-01-05", expires=over)).end is None
    assert of(episode(*doubt[:1], "transferred 2021-05-01", expires=over)).unsure


def test_who_is_taken_again_after_a_release_is_held() -> None:
    events = "arrested 2020-08-10", "released_bail 2020-09-01", "remanded 2020-11-01"
    assert of(episode(*events)).end is None


def test_a_release_outweighs_a_later_silence_of_a_list() -> None:
    events = "arrested 2020-08-10", "pardoned 2021-09-16", "no_longer_listed 2021-10-01"
    assert of(episode(*events)).end is Status.PARDONED


def test_each_vintage_knows_what_it_knew() -> None:
    held = episode(
        "arrested 2020-08-10", "released_served 2021-01-10 known 2021-03-01", recorded="2020-09-01"
    )
    assert spell(held, date(2020, 8, 31)) is None
    assert of(held, date(2021, 2, 28)).end is None
    assert of(held, date(2021, 3, 1)).end is Status.RELEASED_SERVED


def test_a_correction_replaces_from_the_day_on_which_it_became_known() -> None:
    held = episode("arrested 2020-08-10", "arrested 2020-08-12 known 2020-10-01 for e0")
    assert of(held, date(2020, 9, 1)).begin == days("2020-08-10", "2020-08-10")
    assert of(held).begin == days("2020-08-12", "2020-08-12")
    assert [one.id for one in standing(held.events, LATE)] == ["e1"]
    assert len(held.events) == 2, "nothing is overwritten"


def test_a_case_that_was_none_is_gone_from_then_on() -> None:
    held = episode("arrested 2020-08-10", retracted=date(2021, 1, 1))
    assert spell(held, date(2020, 12, 31)) is not None
    assert spell(held, date(2021, 1, 1)) is None


def test_an_episode_that_nothing_begins_is_no_spell() -> None:
    assert spell(episode("charged 2020-08-10"), LATE) is None


def test_confirmation_follows_what_was_said_last() -> None:
    changes = ((date(2020, 6, 1), False), (date(2020, 9, 1), True))
    held = episode("arrested 2020-05-01", confirmations=changes)
    said = {day: of(held, date(2020, day, 15)).confirmed for day in (5, 7, 10)}
    assert said == {5: True, 7: False, 10: True}


def test_an_end_before_the_begin_gives_no_negative_time() -> None:
    found = of(episode("arrested 2021-08-10", "escaped 2020-01-01"))
    assert found.begin <= found.ended


@pytest.mark.parametrize(
    ("events", "end"),
    [
        (("arrested 2020-01-01", "released_bail 2020-02-01"), Status.RELEASED_BAIL),
        (("arrested 2020-01-01", "acquitted 2020-02-01"), Status.ACQUITTED),
        (("arrested 2020-01-01", "amnestied 2020-02-01"), Status.AMNESTIED),
        (("arrested 2020-01-01", "exchanged 2020-02-01"), Status.EXCHANGED),
        (("arrested 2020-01-01", "exiled_on_release 2020-02-01"), Status.EXILED_ON_RELEASE),
        (("disappeared 2020-01-01", "found 2020-02-01"), None),
        (("disappeared 2020-01-01", "died_in_custody 2020-02-01"), Status.DIED_IN_CUSTODY),
        (("house_arrest 2020-01-01", "released_served 2020-02-01"), Status.RELEASED_SERVED),
        (("arrested 2020-01-01", "convicted 2020-02-01", "sentenced 2020-02-02"), None),
        (("arrested 2020-01-01", "appeal_filed 2020-02-01"), None),
        (("arrested 2020-01-01", "new_charge_in_custody 2020-02-01"), None),
        (("arrested 2020-01-01", "whereabouts_unknown 2020", "found 2020-12-31"), None),
        (
            ("arrested 2020-01-01", "released 2020-02-01", "whereabouts_unknown 2020-03-01"),
            Status.RELEASED,
        ),
        (
            ("arrested 2020-01-01", "released 2020-02-01", "arrested 2020-03-01"),
            None,
        ),
        (
            ("arrested 2020-01-01", "released 2020-02-01", "arrested 2020-03-01", "escaped 2021"),
            Status.ESCAPED,
        ),
    ],
)
def test_what_ended_custody_is_the_last_thing_that_did(
    events: tuple[str, ...], end: Status | None
) -> None:
    assert of(episode(*events)).end is end


def test_begins_that_agree_are_as_precise_as_the_best_of_them() -> None:
    found = of(episode("arrested 2020", "arrested 2020-08", "arrested 2020-08-09"))
    assert found.begin == days("2020-08-09", "2020-08-09")
    loose = of(episode("arrested 2020-08-01", "arrested 2020-08-09"))
    assert loose.begin == days("2020-08-01", "2020-08-09")


def test_a_second_arrest_after_a_release_does_not_blur_the_first() -> None:
    found = of(episode("arrested 2020-01-01", "released 2020-02-01", "arrested 2021-03-01"))
    assert found.begin == days("2020-01-01", "2020-01-01")
