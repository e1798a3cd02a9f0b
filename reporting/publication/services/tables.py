"""The snapshot as a table: one row per cell, for spreadsheets."""

import csv
import io

# A cell that begins with one of these is taken for a formula by some spreadsheet, the full-width forms included.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
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
    """UTF-8, comma, CRLF (RFC 4180). Lists are separated by spaces; an empty cell says that nothing was published."""
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
    """The text of a cell; an apostrophe before what a spreadsheet would run."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = " ".join(str(item) for item in value) if isinstance(value, list) else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
