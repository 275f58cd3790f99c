"""What the columns of a table are, and how two records are compared and brought together by them.

Conditions use nothing but functions that DuckDB and Spark both have, so that one settings file
says the same on either. Edits are counted in columns of ASCII letters alone: DuckDB counts bytes,
Spark counts letters.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from typing import Any

from standwith.account.linkage.cluster import UnusableLinks

Level = dict[str, Any]
Comparison = dict[str, Any]


class Kind(Enum):
    """What a column holds; it decides how it is compared."""

    NAME = "name"
    DATE = "date"
    PLACE = "place"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Field:
    """A column of the table, and what it holds."""

    column: str
    kind: Kind

    def __post_init__(self) -> None:
        """Let no column through that would be more than a name where it is written.

        Raises:
            UnusableLinks: the column is not made of small letters, digits and low lines.
        """
        if not re.fullmatch("[a-z][a-z0-9_]*", self.column):
            raise UnusableLinks(f"{self.column!r} is no name for a column here; write a-z, 0-9, _")

    @property
    def columns(self) -> tuple[str, ...]:
        """Columns that are made of this one, itself first."""
        made = {
            Kind.NAME: ("a", "m", "z", "as", "zs", "ab", "zb"),
            Kind.DATE: ("y",),
            Kind.PLACE: (),
            Kind.CODE: ("w", "p"),
        }[self.kind]
        return (self.column, *(f"{self.column}_{part}" for part in made))


def comparison(field: Field) -> Comparison:
    """Write the levels of a field as Splink reads them, the most alike first."""
    levels = {
        Kind.NAME: _name, Kind.DATE: _date, Kind.PLACE: _place, Kind.CODE: _code
    }[field.kind](field.column)  # fmt: skip
    missing = f"{field.column}_l is null or {field.column}_r is null"
    first = {"sql_condition": missing, "label_for_charts": "missing", "is_null_level": True}
    return {"output_column_name": field.column, "comparison_levels": [first, *levels, _level()]}


def _level(condition: str = "ELSE", label: str = "unlike", rare: str = "") -> Level:
    """Write one level; where values differ in how common they are, that is weighed."""
    found: Level = {"sql_condition": condition, "label_for_charts": label}
    if rare:
        found |= {
            "tf_adjustment_column": rare,
            "tf_adjustment_weight": 1.0,
            "tf_minimum_u_value": 1e-4,
            "disable_tf_exact_match_detection": True,
        }
    return found


def _equal(left: str, right: str = "") -> str:
    return f"{left}_l = {right or left}_r"


def _name(c: str) -> list[Level]:
    """Compare names by first and last word, as written, as heard, and by their consonants."""
    a, m, z = (f"{c}_{part}" for part in "amz")
    alone = f"({z}_l is null or {z}_r is null)"
    swapped = f"{_equal(a, z)} and {_equal(z, a)}"
    begins, ends = _begins(a, f"{a}s"), _near(z, f"{z}s")
    crossed = f"{_near(a, f'{a}s', z)} and {_near(z, f'{z}s', a)}"
    heard = f"{_equal(f'{c}_ab')} and {_equal(f'{c}_zb')}"
    turned = f"{_equal(f'{c}_ab', f'{c}_zb')} and {_equal(f'{c}_zb', f'{c}_ab')}"
    among = " or ".join(_equal(x, y) for x, y in ((a, m), (m, a), (z, m), (m, z)))
    return [
        _level(f"{_equal(c)} and {z}_l is not null", "same name", c),
        _level(f"{_equal(a)} and {_equal(z)} or {swapped}", "first and last word", z),
        _level(f"{_equal(z)} and {begins}", "last word, first begins alike", z),
        _level(f"{_equal(a)} and {ends}", "first word, last sounds alike"),
        _level(f"{heard} or {turned}", "same consonants"),
        _level(_equal(z), "last word alone", z),
        _level(
            f"{_equal(a)} and {alone} or {_equal(a, z)} or {_equal(z, a)}", "one word of one", a
        ),
        _level(_equal(a), "first word alone", a),
        _level(among, "a middle word"),
        _level(f"{begins} and {ends}", "both begin or sound alike"),
        _level(crossed, "both sound alike, the other way round"),
        _level(f"{alone} and {begins}", "begins alike where one word is known"),
        _level(begins, "first begins alike"),
        _level(ends, "last sounds alike"),
    ]


def _near(word: str, sound: str, other: str = "") -> str:
    """Say that two words sound alike, or differ by a letter (two in long words)."""
    theirs = f"{other}s" if other else sound
    edits = f"levenshtein({sound}_l, {theirs}_r) <= 1 + floor(length({sound}_l) / 7)"
    return f"({_equal(word, other)} or {edits})"


def _begins(word: str, sound: str) -> str:
    """Say that two words sound or begin alike, as short forms do, or one is an initial."""
    initial = f"(length({word}_l) = 1 or length({word}_r) = 1)"
    begin = f"substr({word}_l, 1, 1) = substr({word}_r, 1, 1)"
    two = f"substr({word}_l, 1, 2) = substr({word}_r, 1, 2)"
    return f"({two} or {_near(word, sound)} or {initial} and {begin})"


def _date(c: str) -> list[Level]:
    whole = f"length({c}_l) = 10 and length({c}_r) = 10"
    return [
        _level(_equal(c), "same date", c),
        _level(f"not ({whole}) and {_equal(f'{c}_y')}", "same as far as known"),
        _level(f"{whole} and levenshtein({c}_l, {c}_r) <= 1", "one digit differs"),
        _level(_equal(f"{c}_y"), "same year"),
        _level(f"{whole} and levenshtein({c}_l, {c}_r) <= 2", "two digits differ"),
    ]


def _place(c: str) -> list[Level]:
    return [
        _level(_equal(c), "same", c),
        _level(f"length({c}_l) > 3 and levenshtein({c}_l, {c}_r) <= 1", "one letter differs"),
    ]


def _code(c: str) -> list[Level]:
    return [
        _level(_equal(c), "same"),
        _level(_equal(f"{c}_p"), "all but the last two signs"),
        _level(f"levenshtein({c}_l, {c}_r) <= 1", "one sign differs"),
        _level(_equal(f"{c}_w"), "same first part"),
        _level(f"substr({c}_l, 1, 2) = substr({c}_r, 1, 2)", "same first two signs"),
    ]


Rule = tuple[tuple[str, str], ...]

# What two records have the same of to be brought together, the narrower before the wider; n stands
# for a name, d for a date, p for a place, c for a code. "x = y" is x of the one and y of the other.
_RULES = (
    "substr({n}_a, 1, 3) & substr({n}_z, 1, 4)", "{n}_ab & {n}_zb",
    "{n}_ab = {n}_zb & {n}_zb = {n}_ab", "{n}_a & {c}", "{n}_z & {c}", "{n}_z & {d}", "{n}_a & {d}",
    "{d} & {p}", "{c}_w & {d}", "{n}_a & {c}_w", "{n}_z & {c}_w", "{n}_zb & {d}_y",
    "{n}_ab & {d}_y", "{n}_zb = {n}_ab & {d}_y", "{p} & {n}_z", "{p} & {n}_a & substr({n}_z, 1, 1)",
    "{c}", "{n}_z & {d}_y", "{n}_a & {d}_y", "{c}_w & {d}_y", "{p} & {n}_a", "{d}", "{n}_z",
)  # fmt: skip
_LETTERS = {Kind.NAME: "n", Kind.DATE: "d", Kind.PLACE: "p", Kind.CODE: "c"}


def rules(fields: Sequence[Field]) -> list[Rule]:
    """List what brings two records together: a row of expressions on the one and on the other."""
    return list(dict.fromkeys(_rule(text) for text in _filled(_RULES, fields)))


def _filled(patterns: Sequence[str], fields: Sequence[Field]) -> list[str]:
    """Fill patterns with the columns of all fields of the kinds that they speak of."""
    found = list[str]()
    for pattern in patterns:
        kinds = [kind for kind, letter in _LETTERS.items() if f"{{{letter}}}" in pattern]
        choices = ([f.column for f in fields if f.kind is kind] for kind in kinds)
        letters = [_LETTERS[kind] for kind in kinds]
        found += [
            pattern.format(**dict(zip(letters, columns, strict=True)))
            for columns in product(*choices)
        ]
    return found


def _rule(text: str) -> Rule:
    sides = (part.partition(" = ") for part in text.split(" & "))
    return tuple((one, other or one) for one, _, other in sides)


def condition(rule: Rule) -> str:
    """Write a rule as the condition on two records, l and r."""
    return " and ".join(f"{_on('l', one)} = {_on('r', other)}" for one, other in rule)


def conditions(patterns: Sequence[str], fields: Sequence[Field]) -> list[str]:
    """Fill patterns, and write each as a condition."""
    return [condition(_rule(text)) for text in _filled(patterns, fields)]


def _on(side: str, expression: str) -> str:
    """Put the side before the column of an expression, which may stand in a call."""
    head, call, rest = expression.rpartition("(")
    return f"{head}{call}{side}.{rest}"
