"""Maintainers' script: outlines of the world's countries from world-atlas (Natural Earth, public domain).

    uv run --with pycountry python tools/world.py countries-110m.json > src/standwith/data/places/world.json

Projection: Equal Earth (Savric, Patterson and Jenny 2018). Rings are cut at the antimeridian
(Sutherland and Hodgman 1974); countries too small to draw become dots.
"""

from __future__ import annotations

import json
import sys
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M, X_MAX, Y_MAX = sqrt(3) / 2, 2.70663, 1.31736
WIDTH = 960


def equal_earth(longitude, latitude):
    t = asin(M * sin(radians(latitude)))
    t2, t6 = t * t, t**6
    x = radians(longitude) * cos(t) / (M * (A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)))
    return x, t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))


def arcs_of(topology):
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * kx + dx, y * ky + dy))
        yield points


def ring(indices, arcs):
    points = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return points


def unwrap(points):
    shift, result = 0.0, points[:1]
    for (before, _), (longitude, latitude) in pairwise(points):
        shift += 360.0 * ((longitude - before < -180) - (longitude - before > 180))
        result.append((longitude + shift, latitude))
    return result


def clip(points, meridian, side):
    result = []
    for a, b in zip(points, points[1:] + points[:1]):
        in_a, in_b = ((p[0] - meridian) * side >= 0 for p in (a, b))
        if in_a:
            result.append(a)
        if in_a != in_b:
            share = (meridian - a[0]) / (b[0] - a[0])
            result.append((meridian, a[1] + share * (b[1] - a[1])))
    return result


def cut(points):
    points = unwrap(points)
    if abs(points[-1][0] - points[0][0]) > 180:
        pole = -90.0 if points[0][1] < 0 else 90.0
        points = [*points, (points[-1][0], pole), (points[0][0], pole)]
    for turn in (-360.0, 0.0, 360.0):
        piece = clip(clip([(x + turn, y) for x, y in points], -180.0, 1), 180.0, -1)
        if len(piece) > 3:
            yield piece


def path(rings):
    scale = WIDTH / (2 * X_MAX)
    parts, centre = [], ""
    for points in rings:
        flat = [equal_earth(*point) for point in points]
        grid = [(round((x + X_MAX) * scale), round((Y_MAX - y) * scale)) for x, y in flat]
        kept = [p for i, p in enumerate(grid) if i == 0 or p != grid[i - 1]]
        if len(kept) > 3:
            steps = " ".join(f"{b[0] - a[0]} {b[1] - a[1]}" for a, b in pairwise(kept))
            parts.append(f"M{kept[0][0]} {kept[0][1]}l{steps}z".replace(" -", "-"))
        centre = centre or f"M{grid[0][0]} {grid[0][1]}h0"
    return "".join(parts) or centre


def main():
    import pycountry

    topology = json.loads(Path(sys.argv[1]).read_text())
    arcs = list(arcs_of(topology))
    rows = []
    for shape in topology["objects"]["countries"]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        rings = [
            piece for polygon in polygons for part in polygon for piece in cut(ring(part, arcs))
        ]
        held = pycountry.countries.get(numeric=shape.get("id", ""))
        code = held.alpha_2 if held else ""
        rows.append({"code": code, "name": shape["properties"]["name"], "path": path(rings)})
    found = {"source": "Natural Earth by world-atlas 2.0.2, public domain", "countries": rows}
    json.dump(found, sys.stdout, ensure_ascii=False, separators=(",", ":"))


if __name__ == "__main__":
    main()
