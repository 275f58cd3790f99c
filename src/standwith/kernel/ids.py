"""Identifiers: the forms they take, and the check that a text has one of them."""

from __future__ import annotations

import re
from typing import NewType

ActionId = NewType("ActionId", str)

ACTION = re.compile(r"(G|SF|CO|BY|RS)-(\d{2})([a-e]?)")
CRITERION = re.compile(r"K(0[1-9]|1\d)|R[1-6]|J[1-6]|E1|N[12]|P1|X[12]")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def action_id(text: str) -> ActionId:
    """Check the id of an action, such as G-06 or its sub-item G-06a.

    Raises:
        ValueError: it has another form.
    """
    if ACTION.fullmatch(text) is None:
        message = f"{text!r} is no id of an action; ids look like G-06, SF-15 or CO-14a"
        raise ValueError(message)
    return ActionId(text)


def slug(text: str) -> str:
    """Check an id made of small letters, digits and single hyphens, such as belarus-2020.

    Raises:
        ValueError: it has another form.
    """
    if SLUG.fullmatch(text) is None:
        message = f"{text!r} is no id; use small letters, digits and hyphens, as in belarus-2020"
        raise ValueError(message)
    return text


def order(identifier: str) -> tuple[int, int, str]:
    """Sort key of action ids: by source (G, SF, CO, BY, RS), number, then part."""
    match = ACTION.fullmatch(identifier)
    if match is None:
        return (9, 0, identifier)
    return (("G", "SF", "CO", "BY", "RS").index(match[1]), int(match[2]), match[3])
