"""Triggers that keep the counts of lists: a count changes in the transaction of the row it counts.

A list of a million claims is then counted from a few thousand numbers, each under one label, so
that totals and facets come from what the reader may see, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable

COUNTED = {
    "claim": ("fact", "value", "grade"),
    "situation": ("country", "state"),
    "registeredperson": ("country", "status", "source"),
}
# By the migration that begins to count them.
THIRD, FIFTH = ("claim", "situation"), ("registeredperson",)
TABLE = "store_tally"

_KEY = "kind, label_id, first, second, third"
_MORE = f"""INSERT INTO {TABLE} ({_KEY}, n) VALUES ({{cell}}, 1)
  ON CONFLICT ({_KEY}) DO UPDATE SET n = {TABLE}.n + 1;"""  # noqa: S608 - names of columns alone
_LESS = f"UPDATE {TABLE} SET n = n - 1 WHERE ({_KEY}) = ({{cell}});"  # noqa: S608 - likewise
_RECOUNT = f"""INSERT INTO {TABLE} ({_KEY}, n)
  SELECT {{cell}}, COUNT(*) FROM {{table}} held GROUP BY {{group}}"""  # noqa: S608 - likewise
_SQLITE = "CREATE TRIGGER {table}_{name} AFTER {event} ON {table} BEGIN {steps} END"
_PG = """CREATE FUNCTION {table}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {steps} RETURN NULL; END $$"""
_PG_TRIGGER = """CREATE TRIGGER {table}_{name} AFTER {event} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_{name}()"""


def _cell(kind: str, row: str) -> str:
    columns = [f"{row}.{name}" for name in COUNTED[kind]]
    return ", ".join([f"'{kind}'", f"{row}.label_id", *columns, *["''"] * (3 - len(columns))])


def _events(kind: str) -> list[tuple[str, str, str]]:
    more, less = _MORE.format(cell=_cell(kind, "NEW")), _LESS.format(cell=_cell(kind, "OLD"))
    columns = ", ".join(("label_id", *COUNTED[kind]))
    return [
        ("counted", "INSERT", more),
        ("uncounted", "DELETE", less),
        ("recounted", f"UPDATE OF {columns}", f"{less} {more}"),
    ]


def triggers(vendor: str, kinds: Iterable[str] = tuple(COUNTED)) -> list[str]:
    """Return what sets the triggers up, for sqlite or postgresql."""
    found = []
    for kind in kinds:
        for name, event, steps in _events(kind):
            held = {"table": f"store_{kind}", "name": name, "event": event, "steps": steps}
            shapes = (_PG, _PG_TRIGGER) if vendor == "postgresql" else (_SQLITE,)
            found += [shape.format(**held) for shape in shapes]
    return found


def untriggers(vendor: str, kinds: Iterable[str] = tuple(COUNTED)) -> list[str]:
    """Return what takes the triggers away."""
    found = []
    for kind in kinds:
        for name, _, _ in _events(kind):
            whole = f"store_{kind}_{name}"
            if vendor == "postgresql":
                found.append(f"DROP FUNCTION {whole}() CASCADE")
            else:
                found.append(f"DROP TRIGGER {whole}")
    return found


def recounts(kinds: Iterable[str] = tuple(COUNTED)) -> list[str]:
    """Return what counts every row anew into an empty table of counts."""
    return [
        _RECOUNT.format(
            cell=_cell(kind, "held"),
            table=f"store_{kind}",
            group=", ".join(f"held.{name}" for name in ("label_id", *COUNTED[kind])),
        )
        for kind in kinds
    ]
