"""Measures as plain data, and back; what is wrong in them is said by field."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from standwith.account.registry.measures import (
    Endorsement,
    Intervention,
    Leverage,
    Measure,
    Notice,
    Restriction,
    Transnational,
)
from standwith.account.registry.perpetrators import Branch, Degree, Evidence, Involvement, Rank
from standwith.account.registry.record import Known
from standwith.account.registry.tactics import (
    Cooperation,
    Joint,
    Means,
    Mode,
    NoticeKind,
    Response,
    Step,
    Tactic,
)
from standwith.kernel.period import parse_period
from standwith.kernel.place import place

KINDS = ("restriction", "transnational", "notice", "leverage", "intervention", "involvement",
         "endorsement")  # fmt: skip
Word = TypeVar("Word", bound=StrEnum)
Data = Mapping[str, Any]


class UnusableMeasure(ValueError):  # noqa: N818 - named for the situation
    """A measure that cannot be recorded; ``fields`` says what is wrong in which field."""

    def __init__(self, fields: dict[str, str]) -> None:
        self.fields = fields
        super().__init__("; ".join(f"{name}: {what}" for name, what in fields.items()))


def measure_of(identity: str, kind: str, recorded: str, body: Data) -> Measure:
    """Read a measure of a kind.

    Raises:
        UnusableMeasure: with the problem of each field.
    """
    read = _READERS.get(kind)
    if read is None:
        raise UnusableMeasure({"kind": f"choose {', '.join(KINDS)}"})
    form = _Form(body)
    when, source = form.of("when", parse_period), form.text("source")
    known = Known(identity, when, date.fromisoformat(recorded), source)
    found = read(form, known)
    if form.wrong:
        raise UnusableMeasure(form.wrong)
    return found


class _Form:
    """Reads fields one by one, and notes what is wrong in each."""

    def __init__(self, body: Data) -> None:
        self.body = body
        self.wrong: dict[str, str] = {}

    def of(self, name: str, read: Callable[[str], Any]) -> Any:  # noqa: ANN401 - what the reader gives
        """Read a field that must be there."""
        text = str(self.body.get(name) or "").strip()
        try:
            if not text:
                raise ValueError("this is needed")  # noqa: TRY301 - noted below like the others
            return read(text)
        except ValueError as error:
            self.wrong[name] = str(error)
            return None

    def text(self, name: str) -> str:
        """Read a text that must be there."""
        return str(self.of(name, str))

    def country(self, name: str) -> str:
        """Read a country."""
        return str(self.of(name, _country))

    def word(self, name: str, words: type[Word], default: Word | None = None) -> Any:  # noqa: ANN401 - a word
        """Read a word of a vocabulary; the default where the field is empty."""
        if default is not None and not self.body.get(name):
            return default
        return self.of(name, lambda text: _word(text, words))


def _country(text: str) -> str:
    return place(text.upper()).iso2 or text.upper()


def _word(text: str, words: type[Word]) -> Word:
    try:
        return words(text)
    except ValueError as error:
        raise ValueError(f"choose {', '.join(words)}") from error


def _restriction(form: _Form, known: Known) -> Measure:
    tactic = form.word("tactic", Tactic)
    return Restriction(known, form.text("person"), form.country("country"), tactic)


def _transnational(form: _Form, known: Known) -> Measure:
    return Transnational(
        known,
        form.country("country"),
        form.country("host"),
        form.word("tactic", Tactic),
        form.word("mode", Mode, Mode.UNKNOWN),
        form.word("cooperation", Cooperation, Cooperation.UNKNOWN),
        form.of("persons", _number) if form.body.get("persons") else 1,
    )


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 10_000_000:
        raise ValueError("a whole number, from 1 on")
    return int(text)


def _notice(form: _Form, known: Known) -> Measure:
    last = form.of("last_seen", date.fromisoformat) if form.body.get("last_seen") else None
    return Notice(
        known,
        form.text("person"),
        form.word("notice", NoticeKind),
        form.country("country"),
        str(form.body.get("charge") or ""),
        last,
        tuple((Step(step), date.fromisoformat(day)) for step, day in form.body.get("steps") or ()),
    )


def _leverage(form: _Form, known: Known) -> Measure:
    steps = tuple(
        (Joint(step), date.fromisoformat(day)) for step, day in form.body.get("steps") or ()
    )
    access = {"yes": True, "no": False}.get(str(form.body.get("consular_access") or ""))
    heads = form.text("person"), form.country("country"), form.country("host")
    return Leverage(known, *heads, str(form.body.get("demanded") or ""), access, steps)


def _intervention(form: _Form, known: Known) -> Measure:
    return Intervention(
        known,
        form.text("person"),
        form.word("means", Means),
        form.text("by"),
        form.word("response", Response, Response.UNKNOWN),
    )


def _involvement(form: _Form, known: Known) -> Measure:
    body = form.body
    return Involvement(
        known,
        form.text("person"),
        form.text("name"),
        str(body.get("office") or ""),
        form.country("country"),
        form.word("degree", Degree),
        form.word("branch", Branch, Branch.UNKNOWN),
        form.word("evidence", Evidence, Evidence.ALLEGED),
        form.word("rank", Rank, Rank.UNKNOWN),
        {"yes": True, "no": False}.get(str(body.get("minor") or "")),
        form.of("sources", _number) if body.get("sources") else None,
        form.of("asked", date.fromisoformat) if body.get("asked") else None,
        str(body.get("reply") or ""),
        bool(body.get("agreed_by")),
    )


def _endorsement(form: _Form, known: Known) -> Measure:
    return Endorsement(known, form.country("country"))


_READERS: dict[str, Callable[[_Form, Known], Measure]] = {
    "restriction": _restriction,
    "transnational": _transnational,
    "notice": _notice,
    "leverage": _leverage,
    "intervention": _intervention,
    "involvement": _involvement,
    "endorsement": _endorsement,
}
