"""What the words of a name are: patronymics, surnames bent by gender, initials, one's father."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from standwith.names.script import Script, of_text
from standwith.names.sounds import full, is_son, latin


class Role(Enum):
    """The part of a name that a word is, where its form tells."""

    NAME = "name"
    PATRONYMIC = "patronymic"
    FAMILY = "family name"
    INITIAL = "initial"


class Gender(Enum):
    """The gender that a word's ending shows."""

    MALE = "male"
    FEMALE = "female"


_PATRONYMIC = re.compile(r"(?:[OEIA]V?IC|[OAEI]VNA|[OAE]ONA|INICNA|ICNA|OGLI|KIZI|OVIC|EVIC|AVIC)$")
_FEMALE_PATRONYMIC = re.compile(r"(?:NA|KIZI)$")
_FEMALE = re.compile(r"(?:OVA|EVA|INA|SKAIA|TSKAIA|AIA)$")
_MALE = re.compile(r"(?:OV|EV|IN|SKI|TSKI|SKIV)$")
_STEM = [
    (re.compile(r"(S|TS|TSK|SK)AIA$"), r"\1I"),
    (re.compile(r"(OV|EV|IN)A$"), r"\1"),
]
# Belarusian, Ukrainian and Russian forms of one given name, by their sounds.
_SAME = {
    "VLADIMIR": "OLADZIMIR VOLODIMIR VLADZIMIR",
    "NIKOLAI": "MIKALAI MIKOLA",
    "ALEKSANDR": "ALIAKSANDR OLEKSANDR",
    "SERGEI": "SIARHEI SERGII SERHII SERHI SIARGEI SERGIEI",
    "DMITRI": "DZMITRI DMITRO DMITRII",
    "GENADI": "HENADZ HENADI GENADII GENADZ HENADZI",
    "IGOR": "IHAR IHOR",
    "OLEG": "ALEH OLEH",
    "TATIANA": "TATSIANA TETIANA",
    "VIKTOR": "VIKTAR",
    "IORI": "ORI IORII",
    "MIHAILO": "MIHAIL MIKHAIL MIHAS",
    "VASILI": "VASIL VASILII",
    "ANDRII": "ANDREI ANDRI",
    "PAVLO": "PAVEL PAVAL",
    "PIOTR": "PETR PETRO PIATRO",
    "EKATERINA": "KATSIARINA KATERINA",
    "SVETLANA": "SVIATLANA SVITLANA",
    "OLGA": "VOLGA OLHA VOLHA",
    "ANA": "HANA GANA",
    "ELENA": "ALENA OLENA IELENA",
    "ALEKSEI": "ALIAKSEI OLEKSII ALEKSII OLEKSI",
    "IEVGENI": "IAVHEN EVGENI IEVHEN EVGENII IAVGEN IEVGENII",
    "GRIGORI": "RIHOR HRIHORI RIGOR GRIGORII",
    "STEPAN": "STSIAPAN",
    "FEDOR": "FIODAR FEDIR FIODOR",
    "ANATOLI": "ANATOL ANATOLII",
    "ARKADI": "ARKADZ ARKADII",
    "KONSTANTIN": "KANSTANTSIN KOSTIANTIN",
    "LEONID": "LEANID",
    "ROMAN": "RAMAN",
    "MARIIA": "MARIA",
    "GEORGII": "GEORGI HEORHII",
}
_CANON = {word: name for name, row in _SAME.items() for word in [name, *row.split()]}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name: as written, its sounds, its role, and the gender that it shows."""

    text: str
    sound: str
    role: Role = Role.NAME
    gender: Gender | None = None

    def __hash__(self) -> int:
        """Hash by the text alone, which tells the rest."""
        return hash(self.text)


def slavic(word: str) -> Word:
    """Look at a Latin or Cyrillic word with the endings of Slavic names."""
    sound = full(word)
    if len(latin(word) if of_text(word) is Script.LATIN else word) == 1:
        return Word(word, sound, Role.INITIAL)
    if len(sound) > 5 and _PATRONYMIC.search(sound):
        female = _FEMALE_PATRONYMIC.search(sound)
        return Word(word, _father(sound), Role.PATRONYMIC, Gender.FEMALE if female else Gender.MALE)
    return Word(word, _CANON[sound]) if sound in _CANON else _family(word, sound)


def _family(word: str, sound: str) -> Word:
    """Read the gender of a surname from its ending; a woman's is brought to the man's form."""
    if len(sound) > 4 and _FEMALE.search(sound):
        return Word(word, _stem(sound), Role.FAMILY, Gender.FEMALE)
    if len(sound) > 4 and _MALE.search(sound):
        return Word(word, sound, Role.FAMILY, Gender.MALE)
    return Word(word, sound)


def _stem(sound: str) -> str:
    """Take the ending of a woman's surname off."""
    for pattern, base in _STEM:
        if pattern.search(sound):
            return pattern.sub(base, sound)
    return sound


def _father(sound: str) -> str:
    """Reduce a patronymic to the father's name with one ending for sons and daughters."""
    stem = re.sub(r"(?:(?:O|E|A|I)?V?(?:IC|NA)|ICNA|INICNA|(?:O|A|E)ONA|OGLI|KIZI)$", "", sound)
    return _CANON.get(stem, _CANON.get(stem + "I", stem)) + "OVIC"


def fathers(words: list[str]) -> tuple[str, str] | None:
    """Return the words before and after "son of", where a name says who the father is."""
    for i, word in enumerate(words[1:-1], start=1):
        if is_son(word):
            return words[i - 1], words[i + 1]
    return None
