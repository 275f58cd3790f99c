"""Health: whether database, log, disk, clock and keys are as they should be, and figures."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from prometheus_client import CollectorRegistry, Gauge, generate_latest

from standwith.services import journal, moment
from standwith.services.keys import UnusableKeys
from standwith.services.place import home, keys
from standwith.services.verification import last_check
from standwith.store.models.log import Entry
from standwith.store.models.people import Attempt
from standwith.store.models.policy import Proposal

LEAST_FREE = 500_000_000
OVERDUE = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that was looked at: whether it is well, what is found, how to mend it."""

    name: str
    ok: bool
    found: str
    mend: str = ""


def examine() -> list[Point]:
    """Look at everything; a point that cannot be looked at is not well."""
    points = [_keys(), _database()]
    if points[1].ok:
        points += [_log(), _clock()]
    return [*points, _disk()]


def _keys() -> Point:
    try:
        return Point("keys", True, f"log key {keys().log_key().id.hex()}")
    except UnusableKeys as error:
        return Point("keys", False, str(error), "restore keys.json from where you keep it")


def _database() -> Point:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        size = journal.log_size()
    except DatabaseError as error:
        mend = "run: standwith serve once, which sets it up; check STANDWITH_DATABASE"
        return Point("database", False, type(error).__name__, mend)
    return Point("database", True, f"{connection.vendor}, {size} log entries")


def _log() -> Point:
    last = last_check()
    if last is None:
        return Point("log", False, "never verified", "run: standwith evidence check")
    if not last.sound:
        mend = "stop writing, keep a copy, compare with backup and witnesses"
        return Point("log", False, f"{len(last.findings)} findings: {last.findings[0].what}", mend)
    age = moment.now() - moment.read(last.at)
    if age > OVERDUE:
        mend = "the background verifier is not running; restart standwith serve"
        return Point("log", False, f"last verified {last.at}", mend)
    return Point("log", True, f"sound, {last.size} entries, verified {last.at}")


def _clock() -> Point:
    last = Entry.objects.order_by("-seq").first()
    if last is not None and journal.entry_time(last.text) > moment.now() + timedelta(seconds=5):
        behind = journal.entry_time(last.text) - moment.now()
        mend = "set the clock right (ntp); entries keep the later time until it catches up"
        return Point("clock", False, f"{int(behind.total_seconds())} s behind the log", mend)
    return Point("clock", True, moment.now().isoformat(timespec="seconds"))


def _disk() -> Point:
    free = shutil.disk_usage(home()).free
    found = f"{free / 1e9:.1f} GB free"
    return Point("disk", free >= LEAST_FREE, found, "make room, or move STANDWITH_HOME")


def alive() -> dict[str, Any]:
    """Say for machines whether the workspace works; names of points only, no content."""
    points = examine()
    return {"ok": all(p.ok for p in points), "points": {p.name: p.ok for p in points}}


def figures() -> bytes:
    """Write figures in the Prometheus text format."""
    registry = CollectorRegistry()

    def gauge(name: str, text: str, value: float) -> None:
        Gauge(f"standwith_{name}", text, registry=registry).set(value)

    last = last_check()
    gauge("log_entries", "Entries of the transparency log", journal.log_size())
    gauge("log_sound", "1 if the last verification found nothing", float(bool(last and last.sound)))
    gauge("doors_barred", "Accounts that wait after failures", _barred())
    gauge("emergencies_waiting", "Emergency requests that wait", _emergencies())
    for point in examine():
        gauge(f"{point.name}_ok", f"1 if {point.name} is well", float(point.ok))
    return generate_latest(registry)


def _barred() -> int:
    return Attempt.objects.filter(until__gt=moment.now()).count()


def _emergencies() -> int:
    return Proposal.objects.filter(kind="emergency", state="proposed").count()
