"""What a reader may see for a purpose: the one door through which services reach content.

The answer of the policy on every label there is becomes a set of label numbers, and every query
for content is narrowed to it. On PostgreSQL the reader and the purpose are also told to the
database, for the length of the transaction, and its own row policies decide a second time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet

from standwith.kernel.policy import Purpose, Reader, may
from standwith.services.labels import label_of, purpose_bit
from standwith.services.roles import permit
from standwith.store.models.labelled import Labelled
from standwith.store.models.policy import Label

Row = TypeVar("Row", bound=Labelled)


class NothingThere(LookupError):  # noqa: N818 - named for the situation
    """No such record for this reader; whether there is one for others is not said."""


@dataclass(frozen=True, slots=True)
class Sight:
    """A reader with a purpose, and the numbers of the labels that may be seen."""

    reader: Reader
    purpose: Purpose
    labels: frozenset[int]

    def of(self, model: type[Row]) -> QuerySet[Row]:
        """Return the rows of a kind that may be seen."""
        return model.visible_to(self.labels)

    def among(self, model: type[Row], keys: Iterable[object]) -> QuerySet[Row]:
        """Return the rows of some ids that may be seen, looked up by their ids.

        Where labels are few, a database may else go through every row of a label.
        """
        return model.visible_in_order(self.labels).filter(pk__in=list(keys))

    def one(self, model: type[Row], identifier: object) -> Row:
        """Return one row.

        Raises:
            NothingThere: there is none that may be seen.
        """
        row = self.of(model).filter(pk=as_uuid(identifier)).first()
        if row is None:
            raise NothingThere("there is no such record, or it is not for you")
        return row


def as_uuid(identifier: object) -> UUID:
    """Read an identifier.

    Raises:
        NothingThere: it is none.
    """
    try:
        return identifier if isinstance(identifier, UUID) else UUID(str(identifier))
    except ValueError as error:
        raise NothingThere("there is no such record, or it is not for you") from error


def visible_labels(reader: Reader, purpose: Purpose) -> frozenset[int]:
    """Ask the policy about every label there is; return the numbers of those allowed."""
    rows = Label.objects.all()
    return frozenset(row.pk for row in rows if may(reader, purpose, label_of(row)).allowed)


@contextmanager
def looking(reader: Reader, purpose: Purpose) -> Iterator[Sight]:
    """Open a sight for reading.

    Raises:
        NotAllowed: the reader reads no content.
    """
    permit(reader, "read")
    if connection.vendor != "postgresql":
        yield Sight(reader, purpose, visible_labels(reader, purpose))
        return
    with transaction.atomic():
        tell_database(reader.id, purpose)
        yield Sight(reader, purpose, visible_labels(reader, purpose))


def tell_database(reader: str, purpose: Purpose) -> None:
    """Tell PostgreSQL who reads and for what, until the transaction ends."""
    if connection.vendor == "postgresql":
        _set("standwith.reader", reader)
        _set("standwith.purpose", str(purpose_bit(purpose)))
        _set("standwith.whole", "")


@contextmanager
def whole_database() -> Iterator[None]:
    """See every row: for verification, backup and moves, which show nobody any content."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            _set("standwith.whole", "on")
        yield


def _set(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
