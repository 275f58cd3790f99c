"""Charts as SVG: bars, lines, steps, waterfalls, a map; each with its title and its numbers.

Colour is never alone: series have their own dashes and words, bars and countries their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from standwith.kernel.pack import read_json
from standwith.publish.edition_words import Wording

WIDE = 640
_LEFT, _RIGHT, _ROW = 200, 90, 26
_COLOURS = ("#1d4f8c", "#a34a00", "#4d6b1f")
_DASHES = ("", "7 4", "2 3")
Points = Sequence[tuple[Any, float | None]]


def svg(chart: Mapping[str, Any], wording: Wording) -> str:
    """Draw a chart with its title; empty where it has no points."""
    series = [(name, [tuple(point) for point in points]) for name, points in chart["series"]]
    if not any(points for _, points in series):
        return ""
    drawn = _KINDS[chart["kind"]](series, wording)
    title = escape(wording.title("c", chart["id"]))
    height, body = drawn
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDE} {height:g}" role="img" '
        f'font-family="Libertinus Serif, Noto Naskh Arabic, serif" font-size="13">'
        f"<title>{title}</title>{body}</svg>"
    )


Series = list[tuple[str, list[Any]]]
Drawn = tuple[float, str]


def _text(x: float, y: float, said: str, anchor: str = "start", more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{escape(said)}</text>'


def _bars(series: Series, wording: Wording) -> Drawn:
    points = series[0][1]
    most = max((value or 0) for _, value in points) or 1
    parts = []
    for i, (cell, value) in enumerate(points):
        y, width = 8 + i * _ROW, (WIDE - _LEFT - _RIGHT) * (value or 0) / most
        said = "–" if value is None else wording.number(value)
        parts += _bar(wording, y, width, (_short(wording.cell(cell)), said))
    return 16 + len(points) * _ROW, "".join(parts)


def _bar(wording: Wording, y: float, width: float, said: tuple[str, str]) -> list[str]:
    """A bar with its name before and its number behind it, in the direction of writing."""
    shape = f'y="{y}" width="{width:.1f}" height="18" fill="{_COLOURS[0]}"/>'
    if wording.dir == "rtl":
        x = WIDE - _LEFT - width
        return [
            f'<rect x="{x:.1f}" {shape}',
            _text(WIDE - _LEFT + 8, y + 14, said[0]),
            _text(x - 6, y + 14, said[1], "end"),
        ]
    return [
        f'<rect x="{_LEFT:.1f}" {shape}',
        _text(_LEFT - 8, y + 14, said[0], "end"),
        _text(_LEFT + width + 6, y + 14, said[1]),
    ]


def _short(said: str, most: int = 30) -> str:
    return said if len(said) <= most else said[: most - 1] + "…"


def _waterfall(series: Series, wording: Wording) -> Drawn:
    """Each step hangs where the one before ended; the first and the last stand on the ground."""
    spans = _spans(series[0][1])
    scale = (WIDE - _LEFT - _RIGHT) / (max(high for *_, high in spans) or 1)
    parts = []
    for i, (cell, value, low, high) in enumerate(spans):
        y, width = 8 + i * _ROW, max(1.0, (high - low) * scale)
        begin = _LEFT + low * scale
        x = WIDE - begin - width if wording.dir == "rtl" else begin
        colour = _COLOURS[0] if value >= 0 else _COLOURS[1]
        parts.append(f'<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="18" fill="{colour}"/>')
        parts += _labels(wording, y, wording.cell(cell), _signed(wording, i, len(spans), value))
    return 16 + len(spans) * _ROW, "".join(parts)


def _spans(points: Points) -> list[tuple[Any, float, float, float]]:
    """From where to where each step reaches."""
    level, found = 0.0, []
    for i, (cell, value) in enumerate(points):
        step = float(value or 0)
        whole = i in {0, len(points) - 1}
        begin = 0.0 if whole else level
        level = step if whole else level + step
        found.append((cell, step, min(begin, level), max(begin, level)))
    return found


def _signed(wording: Wording, at: int, number: int, value: float) -> str:
    said = wording.number(value)
    return said if at in {0, number - 1} or value <= 0 else f"+{said}"


def _labels(wording: Wording, y: float, name: str, number: str) -> list[str]:
    if wording.dir == "rtl":
        right = WIDE - _LEFT + 8
        return [_text(right, y + 14, _short(name)), _text(80, y + 14, number, "end")]
    return [_text(_LEFT - 8, y + 14, _short(name), "end"), _text(WIDE - 80, y + 14, number)]


def _lines(series: Series, wording: Wording) -> Drawn:
    names = [wording.cell(cell) for cell, _ in series[0][1]]
    plain = [(name, [(float(i), v) for i, (_, v) in enumerate(points)]) for name, points in series]
    return _plotted(plain, wording, names, steps=False)


def _steps(series: Series, wording: Wording) -> Drawn:
    return _plotted(series, wording, None, steps=True)


_TOP, _FLOOR, _SIDE = 24.0, 210.0, 60.0


def _plotted(
    series: Series, wording: Wording, names: Sequence[str] | None, *, steps: bool
) -> Drawn:
    every = [point for _, points in series for point in points]
    across, high = (max(float(point[i] or 0) for point in every) or 1.0 for i in (0, 1))
    parts = [*_grid(high, wording), *_under(across, wording, names)]
    for i, (name, points) in enumerate(series):
        path = _path([(x / across, (y or 0) / high) for x, y in points], steps=steps)
        parts += _drawn(i, path, wording.word(name))
    return 250.0, "".join(parts)


def _drawn(number: int, path: str, name: str) -> list[str]:
    """A line with its sign in the legend; each has its own colour and dash."""
    dash = f' stroke-dasharray="{_DASHES[number % 3]}"' if number % 3 else ""
    stroke = f'fill="none" stroke="{_COLOURS[number % 3]}" stroke-width="2.5"{dash}'
    x = _SIDE + number * 180
    sign = f'<path d="M{x} 12h28" {stroke}/>'
    return [f'<path d="{path}" {stroke}/>', sign, _text(x + 34, 16, name)]


def _path(points: Sequence[tuple[float, float]], *, steps: bool) -> str:
    width, height = WIDE - _SIDE - 20, _FLOOR - _TOP
    said, last = list[str](), 0.0
    for i, (across, up) in enumerate(points):
        x, y = _SIDE + across * width, _FLOOR - up * height
        if i and steps:
            said.append(f"L{x:.1f} {last:.1f}")
        said.append(f"{'L' if i else 'M'}{x:.1f} {y:.1f}")
        last = y
    return "".join(said)


def _grid(high: float, wording: Wording) -> Iterator[str]:
    for share in (0, 0.5, 1):
        y = _FLOOR - share * (_FLOOR - _TOP)
        yield f'<path d="M{_SIDE} {y:.1f}H{WIDE - 20}" stroke="#999" stroke-width="1"/>'
        yield _text(_SIDE - 6, y + 4, wording.number(high * share, 0 if high >= 10 else 1), "end")


def _under(across: float, wording: Wording, names: Sequence[str] | None) -> Iterator[str]:
    """Name the points below, as many as there is room for."""
    width = WIDE - _SIDE - 20
    if names is None:
        for share in (0, 0.25, 0.5, 0.75, 1):
            x = _SIDE + share * width
            yield _text(x, _FLOOR + 18, wording.number(across * share), "middle")
        return
    every = max(1, -(-len(names) // 6))
    for i in range(0, len(names), every):
        x = _SIDE + width * i / max(1, len(names) - 1)
        yield _text(x, _FLOOR + 18, names[i], "middle")


def _map(series: Series, wording: Wording) -> Drawn:
    """Countries with persons held are filled, with a disc as large as their number."""
    held = {cell["c"]: value or 0 for cell, value in series[0][1] if "c" in cell}
    most = max(held.values(), default=1) or 1
    outlines = read_json("places/world.json")["countries"]
    parts = ['<g transform="scale(.64)">']
    for row in outlines:
        fill = _COLOURS[0] if row["code"] in held else "#d5d5d5"
        opacity = 0.35 + 0.65 * held[row["code"]] / most if row["code"] in held else 1
        parts.append(f'<path d="{row["path"]}" fill="{fill}" fill-opacity="{opacity:.2f}"/>')
    parts.append("</g>")
    for i, (code, value) in enumerate(sorted(held.items(), key=lambda one: -one[1])):
        name = f"{wording.country(code)}: {wording.number(value)}"
        parts.append(_text(8 + 210 * (i % 3), 330 + 20 * (i // 3), name))
    return 350 + 20 * ((len(held) - 1) // 3), "".join(parts)


_KINDS = {
    "bars": _bars,
    "waterfall": _waterfall,
    "lines": _lines,
    "steps": _steps,
    "map": _map,
}
