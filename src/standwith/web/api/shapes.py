"""What callers may send: closed shapes, so that nothing is assigned that is not named here."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """A body without any part that is not named."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=False)


class NewSituation(Shape):
    """What opens a situation."""

    case: str = Field(max_length=80)
    title: str = Field(max_length=200, min_length=1)
    language: str = Field("en", max_length=20)
    country: str = Field(max_length=3)
    as_of: str = Field(max_length=10)
    summary: str = Field("", max_length=4000)
    compartment: str = Field(max_length=40)
    sensitivity: str = Field("TLP:AMBER", max_length=20)


class NewClaim(Shape):
    """What a source says."""

    fact: str = Field(max_length=80)
    about: str = Field("situation", max_length=80)
    value: str = Field(max_length=8)
    valid: str = Field(max_length=40)
    recorded: str = Field(max_length=10)
    source: str = Field(max_length=80)
    lines: str = Field("", max_length=100)
    grade: str = Field(max_length=2)
    note: str = Field("", max_length=2000)
    authoritative: str = Field("", max_length=300)
    sensitivity: str = Field("TLP:AMBER", max_length=20)
    corrects: str = Field("", max_length=40)


class NewSource(Shape):
    """A text or witness."""

    id: str = Field(max_length=80)
    title: str = Field(max_length=500)
    author: str = Field(max_length=300)
    published: str = Field(max_length=10)
    citation: str = Field(max_length=1000)
    licence: str = Field("", max_length=100)
    sensitivity: str = Field("TLP:AMBER", max_length=20)


class NewOrganisation(Shape):
    """A part of the movement."""

    id: str = Field(max_length=80)
    name: str = Field(max_length=300)
    language: str = Field("en", max_length=12)
    kind: str = Field(max_length=20)
    aliases: list[str] = Field(default_factory=list, max_length=40)
    note: str = Field("", max_length=1000)
    sensitivity: str = Field("TLP:AMBER", max_length=20)


class NewRequest(Shape):
    """What an organisation asked for."""

    organisation: str = Field(max_length=80)
    actions: list[str] = Field(max_length=60)
    given: str = Field(max_length=10)
    until: str = Field("", max_length=10)
    verified: bool = False
    channel: str = Field(max_length=100)
    source: str = Field(max_length=80)
    lines: str = Field("", max_length=100)
    recorded: str = Field(max_length=10)
    note: str = Field("", max_length=1000)
    sensitivity: str = Field("TLP:AMBER", max_length=20)


class NewTask(Shape):
    """What is to be done."""

    title: str = Field(max_length=200)
    detail: str = Field("", max_length=4000)
    assignee: str = Field("", max_length=40)
    due: str = Field("", max_length=10)
    sensitivity: str = Field("TLP:AMBER", max_length=20)
    decision: str = Field("", max_length=40)


class MovedTask(Shape):
    """A new state of a task that was seen in a version."""

    state: str = Field(max_length=10)
    version: int = Field(ge=0, le=2**31 - 1)
