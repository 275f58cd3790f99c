"""Invented people on two or three lists, with slips and gaps; who is who is known."""

from __future__ import annotations

from numpy.random import PCG64, Generator

from standwith.account.linkage.weigh import Record

GIVEN = ["anna", "maryna", "volha", "siarhei", "maksim", "ihar", "natallia", "dzmitry", "alena"]
BEGINS = ["kaz", "lut", "bar", "shak", "bal", "mik", "yan", "ruk", "dub", "hal", "zhuk", "tar"]
ENDS = ["ouski", "enka", "evich", "alou", "chyk", "ava", "uk", "inski"]
TOWNS = ["Minsk", "Hrodna", "Brest", "Homel", "Vitsebsk", "Mahiliou", "Pinsk", "Lida"]


def people(size: int, seed: int = 1) -> tuple[list[Record], dict[str, str]]:
    """Make records of so many persons on the lists a (nobody twice) and b, and who each is."""
    rng = Generator(PCG64(seed))
    found, truth = list[Record](), dict[str, str]()
    for person in range(size):
        given = GIVEN[rng.integers(len(GIVEN))]
        family = BEGINS[rng.integers(len(BEGINS))] + ENDS[rng.integers(len(ENDS))]
        born = f"{rng.integers(1950, 2000)}-{rng.integers(1, 13):02}-{rng.integers(1, 29):02}"
        town = TOWNS[rng.integers(len(TOWNS))]
        for number, name in enumerate(["a", "b", "b"][: int(rng.integers(1, 4))]):
            slip = rng.random() < 0.15
            written = family[:2] + family[3:] if slip else family
            order = f"{written} {given}" if name == "b" else f"{given} {written}"
            record = Record(
                f"{name}:{person}-{number}",
                name,
                order,
                born if rng.random() < 0.9 else None,
                place=town if rng.random() < 0.8 else None,
            )
            found.append(record)
            truth[record.id] = str(person)
    return found, truth
