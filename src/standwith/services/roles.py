"""Which role may do what: one table, default refuse.

An administrator manages people and reads no content; the two kinds of role exclude each other.
"""

from __future__ import annotations

from standwith.kernel.policy import READING_ROLES, Reader

ADMINISTRATOR = "administrator"
ROLES = (ADMINISTRATOR, *sorted(READING_ROLES))

_DESK = frozenset({"head", "desk"})
_KEEPERS = _DESK | {"documenter"}
_ACTING = _DESK | {"mission", "counsel"}
_READERS = READING_ROLES
_PEOPLE = frozenset({ADMINISTRATOR})
_ANYBODY = _READERS | _PEOPLE

USE_CASES: dict[str, frozenset[str]] = {
    "read": _READERS,
    "situation.open": _DESK,
    "situation.change": _DESK,
    "situation.import": _DESK,
    "claim.record": _KEEPERS | {"mission"},
    "source.record": _KEEPERS | {"mission"},
    "organisation.record": _KEEPERS | {"mission"},
    "request.record": _DESK | {"mission"},
    "assessment.keep": _DESK | {"counsel"},
    "decision.propose": _DESK,
    "decision.advise": frozenset({"counsel"}),
    "decision.decide": frozenset({"head"}),
    "task.assign": _DESK,
    "task.move": _ACTING,
    "task.comment": _ACTING | {"ally"},
    "task.attach": _ACTING,
    "compartment.open": frozenset({"head"}),
    "compartment.lead": _READERS,
    "compartment.emergency": frozenset({"head", "desk", "counsel"}),
    "compartment.approve": frozenset({"head"}),
    "registry.import": _KEEPERS,
    "registry.promote": _KEEPERS,
    "registry.review": _KEEPERS,
    "registry.state": _KEEPERS,
    "registry.publish": _KEEPERS,
    "help.keep": _KEEPERS | {"mission"},
    "record.erase": _DESK,
    "record.handle": _KEEPERS,
    "record.export": _READERS,
    "people.invite": _PEOPLE,
    "people.list": _PEOPLE,
    "people.change": _PEOPLE,
    "account.own": _ANYBODY,
    "token.make": _READERS,
    "log.verify": frozenset({"auditor", "head"}),
    "log.read": frozenset({"auditor", "head"}),
}


class NotAllowed(PermissionError):  # noqa: N818 - named for the situation
    """No role of the reader may do this; says nothing about any record."""


def may_do(reader: Reader, use_case: str) -> bool:
    """Whether a role of the reader may do this.

    Raises:
        KeyError: there is no such use case.
    """
    return bool(reader.roles & USE_CASES[use_case])


def permit(reader: Reader, use_case: str) -> None:
    """Stop who may not do this.

    Raises:
        NotAllowed: no role of the reader may.
    """
    if not may_do(reader, use_case):
        held = ", ".join(sorted(reader.roles)) or "none"
        raise NotAllowed(f"your roles ({held}) do not include this; ask the head of the task force")


def check_roles(roles: frozenset[str]) -> None:
    """Check the roles of one person.

    Raises:
        ValueError: a role is unknown, or an administrator would read content.
    """
    unknown = roles - set(ROLES)
    if unknown or not roles:
        raise ValueError(f"choose from the roles {', '.join(ROLES)}")
    if ADMINISTRATOR in roles and len(roles) > 1:
        raise ValueError("an administrator reads no content: give the other roles to other people")
