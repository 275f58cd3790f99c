"""Checks the form of a document against a JSON schema, and says how to mend what does not fit."""

from __future__ import annotations

from difflib import get_close_matches
from functools import cache

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from standwith.assess.problem import Findings
from standwith.kernel.document import Data, Path
from standwith.kernel.pack import read_json


@cache
def _validator(schema: str) -> Draft202012Validator:
    return Draft202012Validator(read_json(f"schemas/{schema}.schema.json"))


def check_form(findings: Findings, schema: str) -> None:
    """Note every place where a document does not fit a shipped schema (JSON Schema 2020-12)."""
    for error in _validator(schema).iter_errors(findings.document.data):
        _note(findings, error)


def _note(findings: Findings, error: ValidationError) -> None:
    path: Path = tuple(error.absolute_path)
    name = str(path[-1]) if path else "the file"
    wanted: Data = error.validator_value
    if error.validator == "additionalProperties":
        _surplus(findings, path, error)
    elif error.validator == "required":
        for key in sorted(set(wanted) - set(_mapping(error.instance))):
            findings.add(path, f"{key!r} is missing", f"add a line {key}: ...")
    elif error.validator == "pattern":
        mend = _PATTERNS.get(wanted, f"write it as {wanted}")
        findings.add(path, f"{name} {error.instance!r} has the wrong form", mend)
    elif error.validator == "enum":
        words = ", ".join(str(word).lower() for word in wanted)
        findings.add(path, f"{name} {error.instance!r} is not allowed", f"write one of {words}")
    else:
        kind = wanted if error.validator == "type" else "what the schema asks"
        findings.add(path, f"{name} is not {kind}", "see docs/reference/case-file")


def _surplus(findings: Findings, path: Path, error: ValidationError) -> None:
    known = list(_mapping(_mapping(error.schema).get("properties")))
    for key in sorted(set(_mapping(error.instance)) - set(known)):
        near = get_close_matches(key, known, n=1)
        mend = f"did you mean {near[0]}?" if near else f"allowed are {', '.join(known)}"
        findings.add((*path, key), f"{key!r} is no part of it", mend)


def _mapping(value: Data) -> dict[str, Data]:
    return value if isinstance(value, dict) else {}


_PATTERNS = {
    r"^\d{4}-\d{2}-\d{2}$": "write a day as 2020-08-18",
    "^[a-z0-9]+(-[a-z0-9]+)*$": "use small letters, digits and hyphens, as in belarus-2020",
    "^[A-F][1-6]$": "write a letter A-F and a digit 1-6, as in B2",
}
