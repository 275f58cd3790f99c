"""Policy profiles: whose rules apply. A ministry's own profile may only be stricter."""

from __future__ import annotations

from standwith.assess.policy import STRICTEST, Profile
from standwith.kernel.document import Data, Document
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
        {**base.hold, **_texts(data.get("hold"))},
        {key: tuple(codes) for key, codes in _table(data.get("gates")).items()},
    )


_PARTS = frozenset({"id", "title", "summary", "extends", "hold", "gates", "nonviolent_recipients"})


def _own(document: Document) -> Data:
    data = document.data
    if not isinstance(data, dict) or not {"id", "extends"} <= data.keys():
        message = f"{document.name}: a profile needs id and extends (icnc or crm-atrocity)"
        raise UnknownProfile(message)
    if surplus := sorted(data.keys() - _PARTS):
        place = document.place((surplus[0],))
        message = f"{document.name}, line {place.line}: {surplus[0]!r} is no part of a profile"
        raise UnknownProfile(message)
    return data


def _table(value: Data) -> dict[str, Data]:
    return value if isinstance(value, dict) else {}


def _texts(value: Data) -> dict[str, str]:
    return {key: str(text) for key, text in _table(value).items()}


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
