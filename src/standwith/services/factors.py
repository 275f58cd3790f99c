"""Second factors: time-based codes (RFC 6238) and recovery codes; one is obligatory."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

import segno
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.db import transaction

from standwith.kernel.policy import Purpose
from standwith.services import account, moment, throttle
from standwith.services.change import changing
from standwith.services.people import token_hash
from standwith.services.place import keys
from standwith.store.models.people import Factor, Person, RecoveryCode

STEP = 30
CODES = 10
DOOR = "second-factor"
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class WrongCode(Exception):  # noqa: N818 - named for the situation
    """The code is wrong, too old, or was used before."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What an authenticator app is given: the secret in groups, its address, and a picture."""

    secret: str
    address: str
    picture: str


def start_totp(person: UUID) -> Enrolment:
    """Begin to set a time-based code; it counts once a first code was given."""
    row = Factor.objects.filter(person_id=person, kind="totp", confirmed=False).first()
    if row is None:
        secret = secrets.token_bytes(20)
        row = Factor(person_id=person, kind="totp", name="app", created_at=moment.now())
        row.secret = keys().seal(secret, f"factor|{row.pk}")
        row.save()
    handle = Person.objects.get(pk=person).handle
    address = _totp(row).get_provisioning_uri(handle, "Standwith")
    return Enrolment(_grouped(address), address, _picture(address))


def _grouped(address: str) -> str:
    secret = address.partition("secret=")[2].partition("&")[0]
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def _picture(address: str) -> str:
    code = segno.make(address, error="m")
    return str(code.svg_inline(scale=4, border=4, dark="#000", light="#fff", svgclass="qr"))


def _totp(row: Factor) -> TOTP:
    secret = keys().open(row.secret, f"factor|{row.pk}")
    # SHA-1 is what authenticator apps support; HMAC does not rest on collision resistance.
    return TOTP(secret, 6, SHA1(), STEP)  # noqa: S303 - RFC 6238


def confirm_totp(person: UUID, code: str) -> list[str]:
    """Confirm the app with its first code; return the recovery codes, shown this once.

    Raises:
        WrongCode: the code does not fit; TooManyAttempts: wait before the next one.
    """
    row = Factor.objects.filter(person_id=person, kind="totp", confirmed=False).first()
    if row is None:
        raise WrongCode("there is no app to confirm; begin again")
    throttle.check(DOOR, str(person))
    if not _accept(row, code):
        throttle.failed(DOOR, str(person))
        raise WrongCode("this code does not fit; check the clock of the device, take the next code")
    return enrolled(person, row)


def enrolled(person: UUID, factor: Factor) -> list[str]:
    """Count a factor from now on, and give new recovery codes."""
    reader = account.reader_from(Person.objects.select_related("institution").get(pk=person))
    with changing(reader, Purpose.ACCOUNT, "account.own") as change:
        factor.confirmed = True
        factor.save()
        row = Person.objects.select_for_update().get(pk=person)
        row.enrolled_at = row.enrolled_at or moment.now()
        row.save()
        change.note(row, "enrolled")
        return _new_codes(row)


def _new_codes(person: Person) -> list[str]:
    codes = ["-".join(_word() for _ in range(3)) for _ in range(CODES)]
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(person=person, code_hash=token_hash(code)) for code in codes
    )
    return codes


def _word() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(5))


def check_code(person: UUID, code: str) -> str:
    """Check a code of an app, or a recovery code; return which it was.

    Raises:
        WrongCode: it fits nothing, or was used before.
        TooManyAttempts: wait before the next one.
    """
    throttle.check(DOOR, str(person))
    clean = code.strip().casefold().replace(" ", "")
    apps = Factor.objects.filter(person_id=person, kind="totp", confirmed=True)
    how = "totp" if any(_accept(row, clean) for row in apps) else ""
    if not how and _spend(person, clean):
        how = "recovery"
    if not how:
        throttle.failed(DOOR, str(person))
        raise WrongCode("this code does not fit, or was used before; take the next one")
    throttle.passed(DOOR, str(person))
    return how


def _accept(row: Factor, code: str) -> bool:
    """Accept the codes of this step and its neighbours, each once (RFC 6238, 5.2)."""
    clean = code.strip().replace(" ", "").encode()
    step = int(moment.now().timestamp()) // STEP
    for candidate in (step - 1, step, step + 1):
        fits = secrets.compare_digest(_totp(row).generate(candidate * STEP), clean)
        if fits and candidate > row.last_step:
            later = Factor.objects.filter(pk=row.pk, last_step__lt=candidate)
            row.last_step = candidate
            return bool(later.update(last_step=candidate))
    return False


def _spend(person: UUID, code: str) -> bool:
    with transaction.atomic():
        rows = RecoveryCode.objects.filter(
            person_id=person, code_hash=token_hash(code), used_at=None
        )
        return bool(rows.update(used_at=moment.now()))


def kinds(person: UUID) -> frozenset[str]:
    """Return which kinds of second factor a person has set."""
    rows = Factor.objects.filter(person_id=person, confirmed=True)
    return frozenset(rows.values_list("kind", flat=True))


def codes_left(person: UUID) -> int:
    """Count the recovery codes that were not used."""
    return RecoveryCode.objects.filter(person_id=person, used_at=None).count()
