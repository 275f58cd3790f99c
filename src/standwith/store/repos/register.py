"""Rows of the registry and the observations of the core: there and back without loss."""

from __future__ import annotations

import hashlib
from typing import Any

from standwith.account.registry.staging import Anomaly, Observation, Quarantined
from standwith.account.registry.statuses import told
from standwith.kernel.period import parse_period
from standwith.store.models import register as rows

LONGEST = 200


def observation_row(one: Observation, number: int, intake: rows.Intake) -> rows.Observation:
    """Make the row of an observation."""
    codes = sorted({odd.code for odd in one.anomalies})
    body = {
        "where": one.where,
        "raw": dict(one.raw),
        "texts": dict(one.texts),
        "dates": {field: str(period) for field, period in one.dates.items()},
        "anomalies": [[odd.code, odd.field, odd.detail, odd.withheld] for odd in one.anomalies],
    }
    return rows.Observation(
        intake_id=intake.pk,
        line=intake.line,
        row=number,
        key=_key(one.key),
        body=body,
        odd=codes[0] if codes else "",
    )


def _key(text: str) -> str:
    """Keep a key that is too long apart from others that begin like it."""
    if len(text) <= LONGEST:
        return text
    return f"{text[:130]}…{hashlib.sha256(text.encode()).hexdigest()}"


def quarantined_row(one: Quarantined, number: int, intake: rows.Intake) -> rows.Observation:
    """Make the row of what is no observation."""
    return rows.Observation(
        intake=intake,
        line=intake.line,
        row=number,
        key=one.where[:200],
        body={"where": one.where, "raw": {"row": one.raw}},
        reason=one.reason[:300],
    )


def observation_of(row: rows.Observation) -> Observation:
    """Read the observation that a row holds."""
    body: dict[str, Any] = row.body
    dates = {field: parse_period(text) for field, text in body["dates"].items()}
    odd = tuple(Anomaly(*one) for one in body["anomalies"])
    says = told(body["texts"])
    return Observation(body["where"], body["raw"], body["texts"], dates, says, odd, row.key)
