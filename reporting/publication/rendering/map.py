"""The map of the priority countries: coastlines and numbered markers, no borders.

No border is drawn: the sources' borders take sides that a foreign ministry does not take. The coastlines are Natural Earth's
(public domain), as the topology `land-110m.json` of the package world-atlas.
"""

import json
from dataclasses import dataclass
from functools import cache
from math import hypot, radians
from pathlib import Path

from django.conf import settings

LAND_FILE = Path("node_modules") / "world-atlas" / "land-110m.json"
SCALE = 150.0
MARKER = 8.5
LAND, SEA, INK, LINE = "#cdd9df", "#f3f6f8", "#16365c", "#10263f"

# The polynomial of the Natural Earth projection (T. Patterson, B. Jenny, B. Šavrič 2011), lengths and distances.
LENGTH = ((0, 0.8707), (2, -0.131979), (4, -0.013791), (10, 0.003971), (12, -0.001529))
DISTANCE = ((1, 1.007226), (3, 0.015085), (7, -0.044475), (9, 0.028874), (11, -0.005916))

Point = tuple[float, float]


@dataclass(frozen=True)
class Frame:
    """The part of the world that is drawn, in projected units."""

    left: float
    top: float
    width: float
    height: float

    def holds(self, point: Point) -> bool:
        """Whether a marker at the point lies wholly inside."""
        x, y = point[0] - self.left, point[1] - self.top
        return 2 * MARKER < x < self.width - 2 * MARKER and 2 * MARKER < y < self.height - 2 * MARKER


# From the Americas' west coast to Japan, without the polar regions; the world where a country lies outside of that.
USUAL_FRAME = Frame(-258.0, -163.0, 606.0, 276.0)
WORLD_FRAME = Frame(-425.0, -216.0, 850.0, 362.0)


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
                    paths.append(_path(points))
    return "".join(paths)


def _path(points: list[Point]) -> str:
    """A ring as SVG path data, begun anew where it jumps over the 180th meridian instead of crossing the whole map."""
    steps = []
    last = None
    for longitude, latitude in points:
        jump = last is None or abs(longitude - last) > 180
        x, y = project(longitude, latitude)
        steps.append(f"{'M' if jump else 'L'}{x:.1f},{y:.1f}")
        last = longitude
    return "".join(steps) + "Z"


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
    frame = USUAL_FRAME if all(USUAL_FRAME.holds(place) for place in [*places, *labels]) else WORLD_FRAME
    size = f'width="{frame.width:g}" height="{frame.height:g}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {frame.width:g} {frame.height:g}" {size}>',
        f'<clipPath id="frame"><rect x="0" y="0" {size}/></clipPath>',
        '<g clip-path="url(#frame)">',
        f'<rect x="0" y="0" {size} fill="{SEA}"/>',
        f'<g transform="translate({-frame.left:g},{-frame.top:g})">',
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
