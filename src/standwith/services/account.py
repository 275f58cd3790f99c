"""One's own account: sign-in, sessions that end everywhere, language, password."""

from __future__ import annotations

from uuid import UUID

from standwith.kernel.policy import Membership as Held
from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment, throttle
from standwith.services.change import changing
from standwith.services.labels import LEVELS, purposes_of
from standwith.services.password import fits, hash_password
from standwith.services.place import keys
from standwith.store.models.people import Person
from standwith.store.models.policy import Membership

PASSWORD_DOOR = "password"  # noqa: S105 - the name of a door, no secret


class WrongSignIn(Exception):  # noqa: N818 - named for the situation
    """Name or password is wrong; which of them is not said."""


def check_password(handle: str, password: str) -> tuple[UUID, int]:
    """Check the first factor; return person and epoch.

    Raises:
        WrongSignIn: name or password is wrong, or the account is closed.
        TooManyAttempts: wait before the next one.
    """
    throttle.check(PASSWORD_DOOR, handle)
    row = Person.objects.filter(handle=handle.strip().casefold(), is_active=True).first()
    if not fits(password, row.password if row else None) or row is None:
        throttle.failed(PASSWORD_DOOR, handle)
        raise WrongSignIn("name or password is wrong")
    throttle.passed(PASSWORD_DOOR, handle)
    return row.pk, row.epoch


def reader_of(person: UUID | str, epoch: object) -> Reader | None:
    """Load who is signed in; None where the account closed or was signed out everywhere."""
    row = Person.objects.select_related("institution").filter(pk=person, is_active=True).first()
    if row is None or row.epoch != epoch:
        return None
    return reader_from(row)


def reader_from(row: Person) -> Reader:
    """Describe a person as a reader, with the memberships as of now."""
    held = Membership.objects.filter(person=row)
    return Reader(
        str(row.pk),
        frozenset(row.roles.split()),
        row.institution.home,
        tuple(
            Held(str(m.compartment_id), LEVELS[m.clearance], purposes_of(m.purposes), m.until)
            for m in held
        ),
        moment.now(),
        str(row.institution_id),
    )


def reader_named(handle: str) -> Reader | None:
    """Load a person by the name of the account, for a command of the host; None if there is none.

    Who commands the host holds its keys and its database; what is done so is logged under the
    person who is named.
    """
    row = Person.objects.select_related("institution").filter(handle=handle, is_active=True).first()
    return None if row is None else reader_from(row)


def preferences(person: str) -> tuple[str, str, bool]:
    """Return name, language, and whether single keys are shortcuts."""
    row = Person.objects.get(pk=person)
    return row.name, row.language, row.single_keys


def handle_of(person: UUID) -> str:
    """Return the name under which somebody signs in, for the browser's own password store."""
    return Person.objects.get(pk=person).handle


def pseudonym(reader: Reader) -> str:
    """Name a reader for logs: stable, and opaque to who lacks the keys; the log's name too."""
    return keys().pseudonym("actor", reader.id)


def epoch_of(person: UUID) -> int:
    """Return the number that every session of a person must know."""
    return Person.objects.get(pk=person).epoch


def set_preferences(reader: Reader, *, language: str, single_keys: bool) -> None:
    """Choose the language of the interface, and whether single keys are shortcuts."""
    with changing(reader, Purpose.ACCOUNT, "account.own") as change:
        row = Person.objects.select_for_update().get(pk=reader.id)
        row.language, row.single_keys = language, single_keys
        row.save()
        change.note(row, "changed")


def sign_out_everywhere(reader: Reader) -> None:
    """End all sessions of the reader, this one too."""
    with changing(reader, Purpose.ACCOUNT, "account.own") as change:
        row = Person.objects.select_for_update().get(pk=reader.id)
        row.epoch += 1
        row.save()
        change.note(row, "signed-out")


def change_password(reader: Reader, old: str, new: str) -> int:
    """Set a new password; other sessions end. Return the new epoch.

    Raises:
        WrongSignIn: the old password is wrong.
        WeakPassword: the new one is refused.
        TooManyAttempts: wait before the next attempt.
    """
    row = Person.objects.get(pk=reader.id)
    check_password(row.handle, old)
    hashed = hash_password(new, about=(row.handle, row.name, row.institution.name))
    with changing(reader, Purpose.ACCOUNT, "account.own") as change:
        row = Person.objects.select_for_update().get(pk=reader.id)
        row.password, row.epoch = hashed, row.epoch + 1
        row.save()
        change.note(row, "changed")
    return row.epoch
