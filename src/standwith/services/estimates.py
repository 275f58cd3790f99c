"""How many persons no list holds, from a table of counts; nothing of it is kept."""

from __future__ import annotations

from typing import Any

from standwith.account.undercount.capture import UnusableTable
from standwith.engine import undercount
from standwith.publish.undercount import sentence
from standwith.services.invalid import Invalid

MOST_LISTS = 5
MOST_SIGNS = 20_000


def estimate_table(text: str, signed: str) -> dict[str, Any]:
    """Estimate from a table of counts by lists, and say it in a sentence.

    Raises:
        Invalid: the table cannot be used, or what estimates is not installed.
    """
    lacking = undercount.missing()
    if lacking:
        raise Invalid({"table": [f"{', '.join(lacking)}: pip install 'standwith[undercount]'"]})
    if len(text) > MOST_SIGNS:
        raise Invalid({"table": [f"{len(text):,} signs; {MOST_SIGNS:,} at most"]})
    try:
        found = undercount.answer(text.encode("utf-8"), most=MOST_LISTS)
    except (UnusableTable, UnicodeError) as error:
        raise Invalid({"table": [str(error)]}) from error
    found = undercount.sign(found, signed.strip())
    return found | {"sentence": sentence(found)}
