"""Names as lists write them, made plain: marks, look-alike letters, aliases, titles."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from standwith.names.script import Script, of_letter

_INVISIBLE = re.compile("[\u00ad\u061c\u180e\u200b\u200d-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
# Latin letters that are taken for letters of another script, by their look.
_CYRILLIC = dict(zip("aeopcxiykMTHBAEKOPCXI", "аеорсхіукМТНВАЕКОРСХІ", strict=True))
_LATIN = {there: here for here, there in _CYRILLIC.items()}
_SPACES = re.compile(r"\s+")


class Kind(Enum):
    """What an alias is to the name."""

    NAME = "name"
    ALSO = "also known as"
    FORMER = "formerly known as"
    BORN = "born"
    OTHER = "other spelling"


@dataclass(frozen=True, slots=True)
class Alias:
    """A name and what it is."""

    text: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A name as it was given, its parts, and the titles taken off; the first alias is the name."""

    given: str
    aliases: tuple[Alias, ...]
    titles: tuple[str, ...]


_ALSO = r"\b(?:a\.?\s?k\.?\s?a\.?|alias|also known as)\b[.:\s]*"
_FORMER = r"\b(?:f\.?\s?k\.?\s?a\.?|formerly(?: known as)?)\b[.:\s]*"
_MARKS = [
    (re.compile(_ALSO, re.IGNORECASE), Kind.ALSO),
    (re.compile(_FORMER, re.IGNORECASE), Kind.FORMER),
    (re.compile(r"\b(?:born|née|nee|geb\.)[:\s]+", re.IGNORECASE), Kind.BORN),
]
_TITLES = re.compile(
    r"\b(?:(?:lieutenant|major|brigadier|colonel|vice|rear)[\s-]+)*(?:general|colonel|admiral|major|"
    r"captain|lieutenant|commander|marshal|brigadier|sheikh|shaykh|mullah|mulla|maulavi|maulvi|"
    r"hojjatoleslam|ayatollah|sayyid|seyyed|dr|prof|professor|mr|mrs|ms|sir|gen|col|lt|maj|brig|"
    r"capt|hajji|haji|alhaj)\b\.?(?=\s+\S)",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Normalise (NFKC), drop what cannot be seen, mend look-alike letters, join blanks."""
    held = unicodedata.normalize("NFKC", text).replace("\u200c", " ")
    held = _INVISIBLE.sub("", held)
    return _SPACES.sub(" ", " ".join(mended(word) for word in held.split())).strip()


def mended(word: str) -> str:
    """Replace letters of another script by those they look like, where most are of one."""
    scripts = [of_letter(letter) for letter in word]
    latin, cyrillic = scripts.count(Script.LATIN), scripts.count(Script.CYRILLIC)
    if not latin or not cyrillic:
        return word
    tables = (_CYRILLIC, _LATIN) if cyrillic >= latin else (_LATIN, _CYRILLIC)
    tried = ["".join(table.get(letter, letter) for letter in word) for table in tables]
    return next((text for text in tried if _in_one_script(text)), tried[0])


def _in_one_script(text: str) -> bool:
    return len({script for script in map(of_letter, text) if script}) == 1


def clean(text: str) -> Cleaned:
    """Take a name apart into aliases of their kinds, without titles.

    A name without any letter has no alias.
    """
    titles, aliases = list[str](), list[Alias]()
    for kind, piece in _pieces(plain(text)):
        titles += _TITLES.findall(piece)
        bare = _SPACES.sub(" ", _comma(_TITLES.sub("", piece))).strip(" .,;:-'\"|")
        if any(letter.isalpha() for letter in bare):
            aliases.append(Alias(bare, kind))
    if aliases:
        aliases[0] = Alias(aliases[0].text, Kind.NAME)
    return Cleaned(text, tuple(dict.fromkeys(aliases)), tuple(titles))


def _pieces(text: str) -> list[tuple[Kind, str]]:
    """Split at brackets, marks of aliases, slashes and semicolons; brackets come last."""
    inside = re.findall(r"[(\[]([^)\]]*)[)\]]", text)
    found = _marked(re.sub(r"[(\[][^)\]]*[)\]]", " ", text), Kind.NAME)
    return found + [piece for one in inside for piece in _marked(one, Kind.OTHER)]


def _marked(text: str, kind: Kind) -> list[tuple[Kind, str]]:
    for pattern, marked in _MARKS:
        text = pattern.sub(f"|{marked.name}|", text)
    found = list[tuple[Kind, str]]()
    for part in re.split(r"\|(?=[A-Z]+\|)", text):
        known = re.match(r"([A-Z]+)\|", part)
        if known and known[1] in Kind.__members__:
            kind, part = Kind[known[1]], part[known.end() :]  # noqa: PLW2901 - what is left of it
        for piece in re.split(r"\s*[/;]\s*", part):
            found.append((kind, piece))
            kind = Kind.OTHER if kind is Kind.NAME else kind
    return found


def _comma(text: str) -> str:
    """Turn "FAMILY, given" round; leave other commas as blanks."""
    family, comma, given = text.partition(",")
    if comma and "," not in given and family.strip() and given.strip():
        return f"{given.strip()} {family.strip()}"
    return text.replace(",", " ")
