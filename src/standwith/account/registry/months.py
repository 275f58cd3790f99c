"""Words for months in the languages of registers: (calendar, number of the month)."""

from __future__ import annotations

from standwith.kernel.pack import read_yaml

MONTHS: dict[str, tuple[str, int]] = {
    str(word).casefold(): (calendar, number)
    for calendar, months in read_yaml("registry/months.yaml").data.items()
    for number, words in enumerate(months, start=1)
    for word in words
}
