"""The snapshot as a table: one row per cell, for spreadsheets."""

import csv
import io
import re

# What some spreadsheet takes for a formula where a cell begins, full-width forms included, whatever spaces, quotation marks or
# apostrophes come before. A cell begins inside ours as well for a program that splits at semicolons, as Excel does in Norwegian,
# or at tabs, or that takes every line for a row.
LIVE = re.compile(r"""^(?=[ \u00a0'"]*[=+\-@＝＋－＠\t\r\n])|(?<=[;\t\r\n])(?=[ \u00a0'"]*[=+\-@＝＋－＠])""")
COLUMNS = (
    "year",
    "theme",
    "section",
    "action_point",
    "ministry",
    "status",
    "withheld",
    "headline_result",
    "efforts",
    "results",
    "problems",
    "problems_follow_up",
    "next_steps",
    "change_kind",
    "result_kind",
    "partners",
    "countries",
    "forums",
    "resolutions",
)


def cells_csv(content: dict) -> bytes:
    """UTF-8, comma, CRLF (RFC 4180). Lists are separated by spaces; an empty cell says that nothing was published.

    An apostrophe is put in wherever LIVE matches. Who wants the text as it was written reads data.json, or takes out the
    first apostrophe at each place where LIVE matches once more: nothing else is changed, so that gives the very text.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for theme in content["themes"]:
        for section in theme["sections"]:
            for point in section["action_points"]:
                for cell in point["cells"]:
                    row = {
                        **cell,
                        "year": content["year"],
                        "theme": theme["title"],
                        "section": section["title"],
                        "action_point": point["code"],
                    }
                    writer.writerow([_safe(row.get(column)) for column in COLUMNS])
    return buffer.getvalue().encode()


def _safe(value: object) -> str:
    """The text of a cell; an apostrophe before whatever a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return LIVE.sub("'", text)
