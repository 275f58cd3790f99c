"""The catalogue as a STIX 2.1 bundle: courses of action, relationships, one extension."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5

from standwith.kernel.document import Data

_SPACE = uuid5(NAMESPACE_URL, "urn:standwith:catalogue")
STAMP = "2026-11-21T00:00:00.000Z"


def _id(kind: str, name: str) -> str:
    return f"{kind}--{uuid5(_SPACE, f'{kind}:{name}')}"


def catalogue_stix(release: Data) -> Data:
    """Write the actions as a bundle; the same release gives the same ids and bytes."""
    objects = [_identity(), _extension(), *(_action(row) for row in release["actions"])]
    objects += list(_relations(release))
    return {
        "type": "bundle",
        "id": _id("bundle", release["content_sha256"]),
        "objects": objects,
    }


def _common(kind: str, name: str) -> Data:
    return {
        "type": kind,
        "spec_version": "2.1",
        "id": _id(kind, name),
        "created": STAMP,
        "modified": STAMP,
        "created_by_ref": _id("identity", "editors"),
    }


def _identity() -> Data:
    row = _common("identity", "editors")
    del row["created_by_ref"]
    return {**row, "name": "Editors of the Standwith catalogue", "identity_class": "group"}


def _extension() -> Data:
    return {
        **_common("extension-definition", "x-support-action"),
        "name": "x-support-action",
        "description": "Where, who, target, nature, goals, phases, tier and gates of an action.",
        "schema": "urn:standwith:schema:action:1",
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }


def _action(row: Data) -> Data:
    keys = ("where", "who", "target", "nature", "goals", "phases", "tier", "limits", "apt_when")
    held = {
        **{key: row[key] for key in keys},
        "preconditions": [item["gate"] for item in row["preconditions"]],
        "legal_basis": row["legal_basis"],
        "substitute": row["substitute"]["text"]["en"] if row["substitute"] else "",
    }
    filled = {key: value for key, value in held.items() if value not in ([], "")}
    extension = {"extension_type": "property-extension", **filled}
    made: Data = {
        **_common("course-of-action", row["id"]),
        "name": f"{row['id']} {row['title']['en']}",
        "description": row["paraphrase"]["en"],
        "revoked": row["status"] == "revoked",
        "external_references": [_reference(row, cited) for cited in row["sources"]],
        "extensions": {_id("extension-definition", "x-support-action"): extension},
    }
    return made


def _reference(row: Data, cited: Data) -> Data:
    return {
        "source_name": cited["source"],
        "external_id": row["id"],
        "description": f"lines {cited['lines']}; SHA-256 of the passage {cited['sha256']}",
    }


def _relations(release: Data) -> Iterator[Data]:
    for row in release["actions"]:
        relations = row["relations"]
        for other in relations["requires"]:
            yield _relation(row, "requires", other, "order of work")
        for item in relations["conflicts"]:
            yield _relation(row, "conflicts-with", item["action"], item["why"])
        for other in relations["overlaps"]:
            if row["id"] < other:
                yield _relation(row, "related-to", other, "same line of action")
        if relations["part_of"]:
            yield _relation(row, "derived-from", relations["part_of"], "part of the same tick")


def _relation(row: Data, kind: str, other: str, why: str) -> Data:
    return {
        **_common("relationship", f"{row['id']} {kind} {other}"),
        "relationship_type": kind,
        "description": why,
        "source_ref": _id("course-of-action", row["id"]),
        "target_ref": _id("course-of-action", other),
        "external_references": [_reference(row, cited) for cited in row["sources"]],
    }
