"""Where lists have their names from: a copy is no second capture.

Copying between lists fakes overlap and makes the estimate too small. A list that takes its names
from another is merged with it; a capture whose only source is another list is no capture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from standwith.account.linkage.cluster import Link, components
from standwith.account.linkage.weigh import Record
from standwith.account.undercount.capture import CaptureTable, UnusableTable


def merged(table: CaptureTable, derived: Mapping[str, Sequence[str]]) -> CaptureTable:
    """Merge each list with those it has its names from; the documented persons stay.

    ``derived`` has, for a list, the lists it takes from; lists of one intake are named likewise.

    Raises:
        UnusableTable: a list is unknown, or fewer than two are left.
    """
    links = [Link(name, source, 1.0) for name, sources in derived.items() for source in sources]
    unknown = [end for link in links for end in (link.left, link.right) if end not in table.lists]
    if unknown:
        raise UnusableTable(f"there is no list {unknown[0]!r}; there are {', '.join(table.lists)}")
    for group in components(table.lists, links).persons:
        name, *others = sorted(group, key=table.lists.index)
        for other in others:
            table = table.merge(name, other)
            name = f"{name}+{other}"
    return table


def independent(
    records: Iterable[Record], cites: Mapping[str, frozenset[str]]
) -> tuple[list[Record], list[Record]]:
    """Part the records that a list found itself from those it only took from other lists.

    ``cites`` has, for a record, the sources that its list gives for it. A record that cites nothing
    was found by its list; one that cites nothing but other lists was copied.
    """
    held = list(records)
    lists = {record.list for record in held}
    own, copied = list[Record](), list[Record]()
    for record in held:
        named = cites.get(record.id, frozenset()) - {record.list}
        (copied if named and named <= lists else own).append(record)
    return own, copied
