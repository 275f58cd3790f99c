"""The settings file of a linkage: what was learned of each field, as Splink reads and writes it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from standwith.account.linkage.cluster import UnusableLinks
from standwith.engine.linkage.fields import Field, comparison, conditions

Model = dict[str, Any]
# Shares of a level that no pair showed: one person may differ in what it did not yet; of
# strangers millions are looked at.
UNSEEN = {"m_probability": 1e-3, "u_probability": 1e-6}
DIGITS = 9
FOUND = 0.6  # share of true pairs that the sure rules are taken to find, for the prior


def settings(fields: Sequence[Field], rules: Sequence[str]) -> Model:
    """Write settings before anything is learned; ``rules`` are conditions on l and r."""
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "unique_id",
        "blocking_rules_to_generate_predictions": [{"blocking_rule": rule} for rule in rules],
        "comparisons": [comparison(field) for field in fields],
        "retain_matching_columns": False,
        "retain_intermediate_calculation_columns": False,
        "additional_columns_to_retain": [],
    }


ALONE = "(l.alone is null or r.alone is null or l.alone <> r.alone)"


def between(rule: str) -> str:
    """Never bring two records of a list together that has nobody twice."""
    return f"{rule} and {ALONE}"


def sure(fields: Sequence[Field]) -> list[str]:
    """List conditions under which two records hardly are two persons, to learn the prior.

    Raises:
        UnusableLinks: there is no name, or neither a date nor a code.
    """
    found = conditions(("{n} & {d}", "{n} & {c}"), fields)
    if not found:
        raise UnusableLinks("weights are learned from a name and a date or a code; give both")
    return found + conditions(("{d} & {c}", "{n} & {p} & {d}"), fields)


def passes(fields: Sequence[Field]) -> list[str]:
    """List conditions for the passes that learn: what is equal in one is learned in another."""
    return [
        conditions(("{d}", "{c}"), fields)[0],
        conditions(("{n}_a & {n}_z",), fields)[0],
    ]


def completed(model: Model) -> Model:
    """Give levels that were never seen a small share, and round, so that a file says the same."""
    for held in model["comparisons"]:
        levels = [x for x in held["comparison_levels"] if not x.get("is_null_level")]
        for key, least in UNSEEN.items():
            shares = [max(float(x.get(key) or 0.0), least) for x in levels]
            for level, share in zip(levels, shares, strict=True):
                level[key] = float(f"{share / sum(shares):.{DIGITS}g}")
    prior = "probability_two_random_records_match"
    model[prior] = float(f"{model[prior]:.{DIGITS}g}")
    return _plain(model)


def written(model: Model) -> str:
    """Write a model as text that is the same wherever it is written."""
    return json.dumps(model, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read(text: str) -> Model:
    """Read a model.

    Raises:
        UnusableLinks: the text is no settings file, or nothing was learned in it.
    """
    try:
        found = json.loads(text)
        learned = _learned(found)
    except (ValueError, KeyError, TypeError) as error:
        raise UnusableLinks(f"this is no settings file of a linkage ({error})") from error
    if not learned:
        raise UnusableLinks("in this settings file nothing was learned; link with fields instead")
    return _plain(found)


def _learned(found: Model) -> bool:
    """Whether every level of a model has its shares, and it brings records together."""
    levels = [level for held in found["comparisons"] for level in held["comparison_levels"]]
    told = all("m_probability" in level for level in levels if not level.get("is_null_level"))
    rules = found["blocking_rules_to_generate_predictions"]
    return told and bool(rules) and "probability_two_random_records_match" in found


def _plain(model: Model) -> Model:
    """Leave out what is not of the model but of the run that made it."""
    return {key: value for key, value in model.items() if key not in {"linker_uid", "sql_dialect"}}
