"""The charts of the report as SVG.

The size is fixed, nothing is placed by measuring text, and there is no legend or axis title inside a chart: so the bytes do
not depend on the fonts of the machine. The legend stands in the HTML, the numbers in the table under each chart.
"""

import textwrap

import altair as alt

from reporting.publication.rendering.labels import STATUSES
from reporting.publication.rendering.statistics import Row, Share

FONT = "Inter,Arial,sans-serif"
INK = "#10263f"
GRID = "#d5dbe3"
BAR = "#1f7a80"
WIDTH = 640
LABEL_WIDTH = 190
ROW_HEIGHT = 36
# Below this share of the widest bar a number does not fit into its segment; the table has it.
SMALLEST_LABELLED = 0.02


def stacked_bars(rows: tuple[Row, ...]) -> bytes:
    """A horizontal bar per row, one segment per status in the order of `STATUSES`, with its count written in it."""
    widest = max((row.total for row in rows), default=0) or 1
    segments = []
    for index, row in enumerate(rows):
        start = 0
        for label, count in zip(STATUSES, row.counts, strict=True):
            if count:
                segments.append(
                    {
                        "row": index,
                        "start": start,
                        "end": start + count,
                        "middle": start + count / 2,
                        "colour": label.colour,
                        "ink": label.ink,
                        "count": str(count) if count / widest >= SMALLEST_LABELLED else "",
                    }
                )
            start += count
    height = ROW_HEIGHT * len(rows)
    data = alt.Data(values=segments)
    y = alt.Y("row:O", scale=alt.Scale(domain=list(range(len(rows)))), axis=None)
    x = alt.Scale(domain=[0, widest], nice=False)
    axis = alt.Axis(tickMinStep=1, tickCount=6, format="d", domain=False, gridColor=GRID, title=None, labelPadding=6)
    bars = (
        alt.Chart(data)
        .mark_bar(height=22, stroke="#ffffff", strokeWidth=1)
        .encode(
            x=alt.X("start:Q", scale=x, axis=axis),
            x2="end:Q",
            y=y,
            color=alt.Color("colour:N", scale=None),
        )
    )
    numbers = (
        alt.Chart(data)
        .mark_text(fontSize=11, fontWeight=600)
        .encode(x=alt.X("middle:Q", scale=x), y=y, text="count:N", color=alt.Color("ink:N", scale=None))
    )
    return _svg([bars, numbers, *_row_labels([row.label for row in rows], y)], height)


def share_bars(shares: tuple[Share, ...]) -> bytes:
    """A horizontal bar per share, over the whole, with "count of total" at its end."""
    values = [
        {"row": index, "count": share.count, "total": share.total or 1, "text": f"{share.count}/{share.total}"}
        for index, share in enumerate(shares)
    ]
    data = alt.Data(values=values)
    y = alt.Y("row:O", scale=alt.Scale(domain=list(range(len(shares)))), axis=None)
    # A seventh of the width is left for the number after the longest possible bar.
    whole = (shares[0].total or 1) if shares else 1
    x = alt.Scale(domain=[0, whole * 7 / 6], nice=False)
    base = alt.Chart(data)
    layers = [
        base.mark_bar(height=14, color="#eef1f4").encode(x=alt.X("total:Q", scale=x, axis=None), y=y),
        base.mark_bar(height=14, color=BAR).encode(x=alt.X("count:Q", scale=x, axis=None), y=y),
        base.mark_text(align="left", dx=8, fontSize=12, fontWeight=600, color=INK).encode(
            x=alt.X("total:Q", scale=x), y=y, text="text:N"
        ),
        *_row_labels([share.label for share in shares], y),
    ]
    return _svg(layers, 28 * len(shares), bottom=4)


def _row_labels(texts: list[str], y: alt.Y) -> list[alt.Chart]:
    """The names of the rows in at most two lines each, left of the plot; Vega's own labels are cut by measured width."""
    charts = []
    for index, text in enumerate(texts):
        lines = textwrap.wrap(text, 30)
        for number, line in enumerate(lines):
            chart = alt.Chart(alt.Data(values=[{"row": index, "text": line}]))
            offset = 13 * (number - (len(lines) - 1) / 2)
            mark = chart.mark_text(
                align="left", baseline="middle", dx=-LABEL_WIDTH, dy=offset, fontSize=11.5, color=INK
            )
            charts.append(mark.encode(x=alt.value(0), y=y, text="text:N"))
    return charts


def _svg(layers: list[alt.Chart], height: int, bottom: int = 24) -> bytes:
    chart = (
        alt.layer(*layers)
        .properties(
            width=WIDTH - LABEL_WIDTH - 14,
            height=height,
            autosize=alt.AutoSizeParams(type="none"),
            padding={"left": LABEL_WIDTH + 2, "right": 12, "top": 4, "bottom": bottom},
        )
        .configure(font=FONT, background="#ffffff")
        .configure_view(stroke=None)
        .configure_axis(labelFontSize=11, labelColor=INK, tickColor=GRID, labelBound=False, labelOverlap=False)
    )
    import vl_convert

    return vl_convert.vegalite_to_svg(chart.to_dict(), vl_version=None).encode()
