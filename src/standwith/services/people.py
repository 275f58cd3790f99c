"""People: invitations, accounts, roles. Nobody registers; an administrator reads no content."""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db.models import Q

from standwith.kernel.policy import Purpose, Reader
from standwith.services import moment
from standwith.services.change import changing
from standwith.services.password import hash_password
from standwith.services.returning import UnusableInvitation, come_back
from standwith.services.roles import ADMINISTRATOR, check_roles, permit
from standwith.services.sight import NothingThere, as_uuid
from standwith.store.models.people import Institution, Invitation, Person

VALID = timedelta(hours=72)
_HANDLE = re.compile(r"[a-z0-9][a-z0-9._-]{1,62}")
HOST = Reader("host", frozenset({ADMINISTRATOR}), True, (), datetime.min.replace(tzinfo=UTC))


@dataclass(frozen=True, slots=True)
class Invited:
    """Whom an invitation is for."""

    handle: str
    name: str
    institution: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as administrators and leads see one."""

    id: str
    handle: str
    name: str
    institution: str
    home: bool
    roles: tuple[str, ...]
    active: bool
    enrolled: bool


def token_hash(token: str) -> str:
    """Hash a token: they are long and random, so one pass is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


def found_workspace(name: str) -> str | None:
    """Invite the first person, as head of the task force; None once somebody has joined."""
    if Person.objects.exists():
        return None
    home = Institution.objects.filter(home=True).first()
    named = Invited("head", "Head of the task force", home.name if home else name, ("head",))
    return _invite(HOST, named, home=True)


def invite_from_host(invited: Invited, *, home: bool = False) -> str:
    """Invite somebody from the command line of the host; return the token of the link.

    ``home`` says that an institution which is new here is one of the own state.

    Raises:
        UnusableInvitation: see ``invite``.
    """
    return _invite(HOST, invited, home=home)


def invite(reader: Reader, invited: Invited) -> str:
    """Invite somebody; return the token of the link.

    Raises:
        NotAllowed: the reader does not manage people.
        UnusableInvitation: the handle, a role or the institution cannot be used.
    """
    permit(reader, "people.invite")
    return _invite(reader, invited)


def _invite(reader: Reader, invited: Invited, *, home: bool = False) -> str:
    _check_invited(invited)
    token = secrets.token_urlsafe(32)
    with changing(reader, Purpose.ACCOUNT, "people.invite") as change:
        institution, made = Institution.objects.get_or_create(
            name=invited.institution.strip(), defaults={"home": home}
        )
        if made:
            change.note(institution, "recorded")
        row = Invitation.objects.create(
            token_hash=token_hash(token),
            handle=invited.handle,
            name=invited.name,
            institution=institution,
            roles=" ".join(sorted(invited.roles)),
            expires_at=moment.now() + VALID,
            invited_by=None if reader is HOST else Person.objects.get(pk=reader.id),
        )
        change.note(row, "made")
    return token


def invite_again(reader: Reader, person: str) -> str:
    """Make a link for somebody who lost password or second factor; return its token.

    Raises:
        NotAllowed: the reader does not manage people.
        NothingThere: there is no such person with an open account.
        ValueError: it is oneself.
    """
    if person == reader.id:
        raise ValueError("nobody lets oneself in again: ask another administrator")
    token = secrets.token_urlsafe(32)
    with changing(reader, Purpose.ACCOUNT, "people.change") as change:
        held = Person.objects.filter(pk=as_uuid(person), is_active=True).first()
        if held is None:
            raise NothingThere("there is no such person")
        row = Invitation.objects.create(
            token_hash=token_hash(token),
            handle=held.handle,
            name=held.name,
            institution=held.institution,
            roles=held.roles,
            expires_at=moment.now() + VALID,
            invited_by=Person.objects.get(pk=reader.id),
            returning=held,
        )
        change.note(row, "made")
    return token


def _check_invited(invited: Invited) -> None:
    if _HANDLE.fullmatch(invited.handle) is None:
        what = "use 2 to 63 small letters, digits, dots, hyphens or underscores"
        raise UnusableInvitation(f"the sign-in name {invited.handle!r} cannot be used; {what}")
    if Person.objects.filter(handle=invited.handle).exists():
        raise UnusableInvitation(f"somebody already signs in as {invited.handle}; choose another")
    if not invited.name.strip() or not invited.institution.strip():
        raise UnusableInvitation("name the person and the institution")
    try:
        check_roles(frozenset(invited.roles))
    except ValueError as error:
        raise UnusableInvitation(str(error)) from error


def read_invitation(token: str) -> Invited:
    """Tell whom an invitation is for.

    Raises:
        UnusableInvitation: it is unknown, used, or too old.
    """
    row = _standing(token)
    return Invited(row.handle, row.name, row.institution.name, tuple(row.roles.split()))


def _standing(token: str) -> Invitation:
    rows = Invitation.objects.select_related("institution", "returning")
    row = rows.filter(token_hash=token_hash(token), used_at=None).first()
    if row is None or row.expires_at <= moment.now():
        message = "this invitation is unknown, used, or older than three days; ask for a new one"
        raise UnusableInvitation(message)
    return row


def join(token: str, password: str) -> UUID:
    """Make the account of an invitation, or renew it; the second factor is still to be set.

    Raises:
        UnusableInvitation: it is unknown, used, or too old, or the handle was taken meanwhile.
        WeakPassword: the password is refused.
    """
    held = _standing(token)
    hashed = hash_password(password, about=(held.handle, held.name, held.institution.name))
    if held.returning is not None:
        return come_back(held, held.returning, hashed)
    person = UUID(bytes=secrets.token_bytes(16), version=4)
    reader = Reader(str(person), frozenset(held.roles.split()), True, (), moment.now())
    with changing(reader, Purpose.ACCOUNT, "account.own") as change:
        claimed = Invitation.objects.filter(pk=held.pk, used_at=None).update(used_at=moment.now())
        if not claimed or Person.objects.filter(handle=held.handle).exists():
            raise UnusableInvitation("this invitation was used meanwhile; ask for a new one")
        row = Person.objects.create(
            id=person,
            handle=held.handle,
            name=held.name,
            password=hashed,
            institution=held.institution,
            roles=held.roles,
        )
        held.refresh_from_db()
        change.note(held, "used")
        change.note(row, "joined")
    return person


def list_people(reader: Reader, text: str = "") -> list[PersonRow]:
    """List everybody with an account, for administrators; with a text, who has it in a name."""
    permit(reader, "people.list")
    rows = Person.objects.select_related("institution").order_by("name")
    for word in text.split()[:6]:
        named = Q(name__icontains=word) | Q(handle__icontains=word)
        rows = rows.filter(named | Q(institution__name__icontains=word))
    return [person_row(row) for row in rows]


def colleagues() -> list[PersonRow]:
    """List who can be named in a task or a compartment: active people who read content."""
    rows = Person.objects.select_related("institution").filter(is_active=True)
    found = [person_row(row) for row in rows.exclude(roles=ADMINISTRATOR).order_by("name")]
    return [row for row in found if row.enrolled]


def person_row(row: Person) -> PersonRow:
    """Describe a person, without anything that one signs in with."""
    return PersonRow(
        str(row.pk),
        row.handle,
        row.name,
        row.institution.name,
        row.institution.home,
        tuple(row.roles.split()),
        row.is_active,
        row.enrolled_at is not None,
    )


def change_person(reader: Reader, person: str, *, roles: frozenset[str], active: bool) -> None:
    """Change roles, or close an account; sessions of the person end.

    Raises:
        NotAllowed: the reader does not manage people.
        NothingThere: there is no such person.
        ValueError: the roles exclude each other, or one would lock oneself out.
    """
    check_roles(roles)
    if person == reader.id:
        raise ValueError("nobody changes the own roles: ask another administrator")
    with changing(reader, Purpose.ACCOUNT, "people.change") as change:
        row = Person.objects.select_for_update().filter(pk=as_uuid(person)).first()
        if row is None:
            raise NothingThere("there is no such person")
        row.roles, row.is_active, row.epoch = " ".join(sorted(roles)), active, row.epoch + 1
        row.save()
        change.note(row, "changed")
