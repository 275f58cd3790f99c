"""The report of an undercount: one page, and one sentence that can be defended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any

from markupsafe import Markup

from standwith.publish.template import environment, template_text

METHODS = {
    "dga": "average over decomposable graphs",
    "loglinear": "log-linear models",
    "latent-class": "latent classes",
    "chao": "lower bound alone",
}
_LEFT, _WIDTH, _ROW, _TOP = 60.0, 640.0, 24.0, 34.0


def sentence(found: Mapping[str, Any]) -> str:
    """Say what may be said: the documented number first, then the estimate, or that none is."""
    said = f"{found['n']:,} persons are documented by name on at least one of the lists"
    numbers, wide = found["estimate"], found["calibrated"]
    if found["refused"] or numbers is None:
        return f"{said}; how many more there were they cannot tell{_least(found)}."
    return (
        f"{said}; with those whom no list holds there were about {numbers['median']:,} "
        f"({wide['q025']:,} to {wide['q975']:,} in an interval of 95 %), if all lists together "
        f"neither favour nor avoid the same persons."
    )


def _least(found: Mapping[str, Any]) -> str:
    if found["lower_bound"] <= found["n"]:
        return ""
    return (
        f" (at least {found['lower_bound']:,} in all, if no two lists avoid the same persons and "
        f"nobody was missed in linking them)"
    )


def report(found: Mapping[str, Any], title: str) -> str:
    """Write the page of an estimate as the command gives it as data."""
    curve = found["sensitivity"]
    chart, rows = _chart(curve, found["n"]) if curve else ({}, [])
    shown = {
        "f": found,
        "title": title,
        "css": Markup(template_text("base.css")),  # noqa: S704 - our own file
        "sentence": sentence(found),
        "method": METHODS[found["method"]],
        "failed": _failed(found["gates"]),
        "linkage": found.get("linkage"),
        "chart": chart,
        "rows": rows,
        "run": _run(found["manifest"]),
    }
    return environment().get_template("undercount.html.jinja").render(shown)


def _failed(gates: Sequence[Mapping[str, Any]]) -> str:
    blocked = [gate["id"] for gate in gates if gate["blocks"] and not gate["passed"]]
    warned = [gate["id"] for gate in gates if not gate["blocks"] and not gate["passed"]]
    if blocked:
        return f"Because of {', '.join(blocked)} no estimate is given."
    if warned:
        return f"All gates that stop an estimate are passed; {', '.join(warned)} warn."
    return "All gates are passed."


def _chart(
    curve: Sequence[Mapping[str, Any]], n: int
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Place the intervals of the curve on a scale of factors."""
    low = max(1, min(n, *(point["q025"] for point in curve)))
    high = max(low * 1.5, *(point["q975"] for point in curve))
    span = log10(high) - log10(low)

    def across(value: float) -> float:
        share = (log10(max(value, low)) - log10(low)) / span
        return round(_LEFT + share * (_WIDTH - _LEFT - 40), 1)

    rows = [
        {
            "name": f"xi {point['xi']:g}",
            "y": _TOP + i * _ROW,
            "low": across(point["q025"]),
            "middle": across(point["median"]),
            "high": across(point["q975"]),
        }
        for i, point in enumerate(curve)
    ]
    ticks = [{"x": across(value), "value": value} for value in _ticks(low, high)]
    height = _TOP + len(rows) * _ROW + 20
    return {"width": _WIDTH, "height": height, "n": across(n), "ticks": ticks}, rows


def _ticks(low: float, high: float) -> list[int]:
    """Choose round numbers within a range, six at most."""
    steps = [
        int(digit * 10**power)
        for power in range(floor(log10(low)), floor(log10(high)) + 1)
        for digit in (1, 2, 5)
    ]
    inside = [step for step in steps if low <= step <= high]
    return inside[:: 1 + (len(inside) - 1) // 6] if inside else []


def _run(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    held = [("Seed", str(manifest["seed"])), ("SHA-256 of the input", manifest["input_sha256"])]
    return held + [(name, version) for name, version in sorted(manifest["versions"].items())]
