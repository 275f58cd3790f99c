"""Policy profiles: whose rules apply. A ministry's own profile may only be stricter."""

from __future__ import annotations

from collections.abc import Iterable

from standwith.assess.form import check_form
from standwith.assess.known import action_ids, gate_codes
from standwith.assess.policy import STRICTEST, Profile
from standwith.assess.problem import Findings
from standwith.kernel.document import Data, Document, Path
from standwith.kernel.pack import names, read_yaml


class UnknownProfile(ValueError):  # noqa: N818 - named for the situation
    """No shipped profile has this id, and no file is there under this name."""


def shipped() -> tuple[Profile, ...]:
    """Return the shipped profiles, sorted by id in reverse: icnc, then crm-atrocity."""
    found = [_read(read_yaml(name).data) for name in names("profiles")]
    return tuple(sorted(found, key=lambda profile: profile.id, reverse=True))


def shipped_profile(identifier: str) -> Profile:
    """Find a shipped profile.

    Raises:
        UnknownProfile: there is none of this id.
    """
    for profile in shipped():
        if profile.id == identifier:
            return profile
    known = ", ".join(profile.id for profile in shipped())
    message = f"{identifier!r} is no profile; write {known}, {STRICTEST}, or the path of a file"
    raise UnknownProfile(message)


def own_profile(document: Document) -> Profile:
    """Read a ministry's own profile, which extends a shipped one and may only be stricter.

    Raises:
        UnknownProfile: the file extends no shipped profile, or says what no profile may say.
    """
    data = _own(document)
    base = shipped_profile(str(data["extends"]))
    return Profile(
        str(data["id"]),
        base.id,
        str(data.get("title") or data["id"]),
        str(data.get("summary") or ""),
        base.out_of_scope_if,
        base.context_needed,
        base.nonviolent_recipients or bool(data.get("nonviolent_recipients")),
        {**base.hold, **(data.get("hold") or {})},
        {key: tuple(codes) for key, codes in (data.get("gates") or {}).items()},
    )


def _own(document: Document) -> Data:
    findings = Findings(document)
    check_form(findings, "profile")
    if not findings.problems:
        for part in ("hold", "gates"):
            for action, value in (document.data.get(part) or {}).items():
                _check(findings, (part, action), action, value if part == "gates" else ())
    if findings.problems:
        sentences = (p.sentence(document.name) for p in sorted(set(findings.problems)))
        raise UnknownProfile("\n".join(sentences))
    return document.data


def _check(findings: Findings, path: Path, action: str, codes: Iterable[str]) -> None:
    if action not in action_ids():
        findings.add(path, f"{action!r} is no action", "see `standwith catalogue list`")
    for code in codes:
        if code not in gate_codes():
            findings.add(path, f"{code!r} is no gate", f"write {', '.join(sorted(gate_codes()))}")


def _read(data: Data) -> Profile:
    return Profile(
        data["id"],
        data["id"],
        data["title"]["en"],
        data["summary"]["en"],
        tuple(data["out_of_scope_if"]),
        tuple(data["context_needed"]),
        bool(data["nonviolent_recipients"]),
        data["hold"],
        {key: tuple(codes) for key, codes in data["gates"].items()},
    )
