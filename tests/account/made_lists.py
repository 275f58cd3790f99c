"""Invented people on overlapping lists that spell their names each in its own way; N is known."""

from __future__ import annotations

from numpy.random import PCG64, Generator

from standwith.account.linkage.weigh import Record

# Spellings of one name: as a Latin list writes it, another, and in its own script.
GIVEN = [
    ("Aliaksandr", "Alexander", "Аляксандр"),
    ("Siarhei", "Sergei", "Сергей"),
    ("Uladzimir", "Vladimir", "Уладзімір"),
    ("Dzmitry", "Dmitri", "Дмитрий"),
    ("Natallia", "Natalya", "Наталья"),
    ("Tatsiana", "Tatiana", "Татьяна"),
    ("Volha", "Olga", "Ольга"),
    ("Katsiaryna", "Ekaterina", "Екатерина"),
    ("Ihar", "Igor", "Игорь"),
    ("Andrei", "Andrey", "Андрей"),
    ("Maksim", "Maxim", "Максим"),
    ("Viktoryia", "Victoria", "Виктория"),
    ("Mohammed", "Muhammad", "محمد"),
    ("Fatima", "Fatemeh", "فاطمة"),
    ("Khalid", "Khaled", "خالد"),
    ("Hussein", "Hossein", "حسين"),
    ("Zahra", "Zahraa", "زهرا"),
    ("Youssef", "Yusuf", "يوسف"),
]
SLAVIC = 12  # of the given names
FAMILY = [
    ("Lazouski", "Lazovsky", "Лазовский"),
    ("Hryshkevich", "Grishkevich", "Гришкевич"),
    ("Kavalenka", "Kovalenko", "Коваленко"),
    ("Shcharbak", "Shcherbak", "Щербак"),
    ("Zhdanovich", "Jdanovich", "Жданович"),
    ("Piatrenka", "Petrenko", "Петренко"),
    ("Yanushkevich", "Ianushkevich", "Янушкевич"),
    ("Dubrouski", "Dubrovsky", "Дубровский"),
    ("Sakalou", "Sokolov", "Соколов"),
    ("Bahdanovich", "Bogdanovich", "Богданович"),
    ("Radzivonau", "Rodionov", "Родионов"),
    ("Tsimashenka", "Timoshenko", "Тимошенко"),
    ("Mironchyk", "Mironchik", "Мирончик"),
    ("Velichka", "Velichko", "Величко"),
    ("Karatkevich", "Korotkevich", "Короткевич"),
    ("Ahmadi", "Ahmady", "أحمدي"),
    ("Rezaei", "Rezai", "رضائي"),
    ("Karimi", "Kareemi", "كريمي"),
    ("Mousavi", "Moosavi", "موسوي"),
    ("Haddad", "Hadad", "حداد"),
    ("Mansour", "Mansoor", "منصور"),
    ("Darwish", "Darvish", "درويش"),
    ("Nasser", "Naser", "ناصر"),
    ("Qasim", "Kasem", "قاسم"),
]
SLAVIC_FAMILIES = 15
LISTS = ("court", "families", "lawyers", "press")


def lists(size: int, seed: int) -> tuple[list[Record], dict[str, int]]:
    """Make the records of four lists, and the person of each."""
    rng = Generator(PCG64(seed))
    chances = (0.5, 0.45, 0.4, 0.35)
    found, truth = list[Record](), dict[str, int]()
    for person in range(size):
        slavic = rng.random() < 0.6
        given = GIVEN[rng.integers(0, SLAVIC) if slavic else rng.integers(SLAVIC, len(GIVEN))]
        family = FAMILY[
            rng.integers(0, SLAVIC_FAMILIES)
            if slavic
            else rng.integers(SLAVIC_FAMILIES, len(FAMILY))
        ]
        born = f"{rng.integers(1950, 2004)}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}"
        day = f"2020-{rng.integers(8, 13):02}-{rng.integers(1, 29):02}"
        for name, chance in zip(LISTS, chances, strict=True):
            if rng.random() < chance:
                key = f"{name}-{rng.integers(0, 10**9)}"
                truth[key] = person
                found.append(_record(key, name, (given, family), (born, day), rng))
    return found, truth


def _record(
    key: str,
    name: str,
    called: tuple[tuple[str, str, str], tuple[str, str, str]],
    dates: tuple[str, str],
    rng: Generator,
) -> Record:
    """Write a person as one list does: its script, its order, its gaps, one name in ten misspelt."""
    spelling = {"court": 2, "families": 0, "lawyers": 1, "press": int(rng.integers(0, 2))}[name]
    given, family = called[0][spelling], called[1][spelling]
    if rng.random() < 0.1:
        at = int(rng.integers(1, len(family) - 1))
        family = family[:at] + family[at + 1 :]
    written = f"{family} {given}" if name in {"court", "lawyers"} else f"{given} {family}"
    born, day = dates
    if name == "press":
        born = born[:4] if rng.random() < 0.8 else ""
    return Record(key, name, written, born or None, None, day if rng.random() < 0.7 else None)
