"""What a service cannot take from a form, by field."""

from __future__ import annotations

from collections.abc import Mapping


class Invalid(ValueError):  # noqa: N818 - named for the situation
    """A form that cannot be taken; ``fields`` has the problems of each field."""

    def __init__(self, fields: Mapping[str, list[str]]) -> None:
        self.fields = dict(fields)
        super().__init__("; ".join(text for texts in fields.values() for text in texts))
