"""The map of the priority countries: coastlines and numbered markers, no borders.

No border is drawn: the sources' borders take sides that a foreign ministry does not take. The coastlines are Natural Earth's
(public domain), as the topology `land-110m.json` of the package world-atlas.
"""

import json
from functools import cache
from math import hypot, radians
from pathlib import Path

from django.conf import settings

LAND_FILE = Path("node_modules") / "world-atlas" / "land-110m.json"
SCALE = 150.0
# What is shown of the world, in projected units; Antarctica and the empty edges of the oceans are outside.
LEFT, TOP, WIDTH, HEIGHT = -330.0, -205.0, 780.0, 345.0
MARKER = 8.5
LAND, SEA, INK, LINE = "#cdd9df", "#f3f6f8", "#16365c", "#10263f"

# The polynomial of the Natural Earth projection (T. Patterson, B. Jenny, B. Šavrič 2011), lengths and distances.
LENGTH = ((0, 0.8707), (2, -0.131979), (4, -0.013791), (10, 0.003971), (12, -0.001529))
DISTANCE = ((1, 1.007226), (3, 0.015085), (7, -0.044475), (9, 0.028874), (11, -0.005916))

Point = tuple[float, float]


def project(longitude: float, latitude: float) -> Point:
    """Degrees to the units of the drawing, y downwards."""
    phi = radians(latitude)
    x = radians(longitude) * sum(factor * phi**power for power, factor in LENGTH)
    y = sum(factor * phi**power for power, factor in DISTANCE)
    return x * SCALE, -y * SCALE


@cache
def _land() -> str:
    """The coastlines as an SVG path, decoded from the quantised arcs of the topology."""
    topology = json.loads((settings.BASE_DIR / LAND_FILE).read_text(encoding="utf-8"))
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs: list[list[Point]] = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    paths = []
    for geometry in topology["objects"]["land"]["geometries"]:
        polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for polygon in polygons:
            for ring in polygon:
                # A negative index means the arc is walked backwards (TopoJSON specification, 2.1.4).
                points = [point for index in ring for point in (arcs[index] if index >= 0 else arcs[~index][::-1])]
                if max(latitude for _, latitude in points) > -60:
                    projected = (project(*point) for point in points)
                    paths.append("M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in projected) + "Z")
    return "".join(paths)


def spread(points: list[Point], distance: float) -> list[Point]:
    """Move points apart until no two are nearer than `distance`, each as little as the others leave it."""
    moved = list(points)
    for _ in range(200):
        calm = True
        for first in range(len(moved)):
            for second in range(first + 1, len(moved)):
                (ax, ay), (bx, by) = moved[first], moved[second]
                gap = hypot(bx - ax, by - ay)
                if gap >= distance - 0.01:
                    continue
                calm = False
                # Two markers on one spot have no direction between them: part them sideways.
                ux, uy = ((bx - ax) / gap, (by - ay) / gap) if gap > 0.01 else (1.0, 0.0)
                push = (distance - gap) / 2
                moved[first] = (ax - ux * push, ay - uy * push)
                moved[second] = (bx + ux * push, by + uy * push)
        if calm:
            break
    return moved


def country_map(countries: list[dict]) -> bytes:
    """The map as SVG, each country marked with its place in the list, counted from 1."""
    places = [project(country["longitude"], country["latitude"]) for country in countries]
    labels = spread(places, 2 * MARKER + 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}">',
        f'<clipPath id="frame"><rect x="0" y="0" width="{WIDTH:g}" height="{HEIGHT:g}"/></clipPath>',
        '<g clip-path="url(#frame)">',
        f'<rect x="0" y="0" width="{WIDTH:g}" height="{HEIGHT:g}" fill="{SEA}"/>',
        f'<g transform="translate({-LEFT:g},{-TOP:g})">',
        f'<path d="{_land()}" fill="{LAND}" fill-rule="evenodd"/>',
    ]
    for (x, y), (label_x, label_y) in zip(places, labels, strict=True):
        if hypot(label_x - x, label_y - y) > MARKER / 2:
            parts.append(
                f'<path d="M{x:.1f},{y:.1f}L{label_x:.1f},{label_y:.1f}" stroke="{LINE}" stroke-width="0.8" fill="none"/>'
            )
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8" fill="{LINE}"/>')
    for number, (x, y) in enumerate(labels, start=1):
        parts.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{MARKER:g}" fill="{INK}" stroke="#ffffff" stroke-width="1"/>'
        )
        parts.append(
            f'<text x="{x:.1f}" y="{y + 3.4:.1f}" text-anchor="middle" font-family="Inter,Arial,sans-serif" '
            f'font-size="9.5" font-weight="600" fill="#ffffff">{number}</text>'
        )
    parts.append("</g></g></svg>")
    return "".join(parts).encode()
