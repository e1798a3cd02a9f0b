"""A whole year over HTTP: ministries report, the MFA returns, accepts and writes, a job compiles, the public reads."""

import html
import re
import time
from dataclasses import dataclass

import httpx

from reporting.publication.demonstration.texts import YearTexts
from tests.walk.people import Person

RETURNED = "defence"
REASON = "Please state the result behind the headline of 2.5 before the report can be accepted."
CANARY = "canary-that-stays-inside"


@dataclass
class Cast:
    """Everybody who takes part, logged in: focal points by ministry."""

    focal_points: dict[str, Person]
    editor: Person
    publisher: Person
    anonymous: Person

    def close(self) -> None:
        for person in (*self.focal_points.values(), self.editor, self.publisher, self.anonymous):
            person.close()


def cast(base_url: str, accounts: list[dict[str, str]]) -> Cast:
    """Log in the people of `seed_demo --json`."""

    def person(account):
        return Person(base_url, account["email"], account["password"])

    by_role = {account["role"]: account for account in accounts}
    return Cast(
        focal_points={
            account["organisation"]: person(account) for account in accounts if account["role"] == "focal_point"
        },
        editor=person(by_role["mfa_editor"]),
        publisher=person(by_role["mfa_publisher"]),
        anonymous=Person(base_url),
    )


def report(people: Cast, year: int, texts: YearTexts) -> None:
    """Every ministry fills its entries and submits; each entry carries a note that must never leave the house."""
    for (code, ministry), fields in texts.entries.items():
        path = f"/rounds/{year}/ministries/{ministry}/entries/{code}/"
        people.focal_points[ministry].post(path, {**_form(fields), "version": "1"})
    for ministry, focal_point in people.focal_points.items():
        focal_point.post(f"/rounds/{year}/ministries/{ministry}/submit/")


def review(people: Cast, year: int) -> None:
    """One report is returned and mended; then all are accepted."""
    report_path = f"/rounds/{year}/ministries/{RETURNED}/"
    people.editor.post(f"{report_path}return/", {"comment": REASON})
    focal_point = people.focal_points[RETURNED]
    assert REASON in focal_point.get(report_path).text
    entry_path = f"{report_path}entries/2.5/"
    version = focal_point.version_of(entry_path)
    mended = {**_form_of(focal_point, entry_path), "results": "Mended after the return: 18 of 42.", "version": version}
    focal_point.post(entry_path, mended)
    focal_point.post(f"{report_path}submit/")
    for ministry in people.focal_points:
        people.editor.post(f"/rounds/{year}/ministries/{ministry}/accept/")


def synthesise(people: Cast, year: int, texts: YearTexts) -> None:
    for code, text in texts.syntheses.items():
        people.editor.post(f"/rounds/{year}/synthesis/{code}/", {"text": text, "language": "en", "version": "0"})


def build(people: Cast, year: int, *, seconds: float = 180) -> str:
    """Ask for a build and wait for its end. Returns the address of the build."""
    response = people.editor.post(f"/rounds/{year}/builds/")
    path = response.url.path
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if people.editor.client.get(f"{path}report.pdf").status_code == 200:
            return path
        time.sleep(1)
    raise AssertionError(f"the build did not finish in {seconds} s: {people.editor.get(path).text[-3000:]}")


def publish(people: Cast, path: str) -> None:
    """The person who asked is refused; a publisher is not."""
    people.editor.post(f"{path}publish/", status=403)
    people.publisher.post(f"{path}publish/")


def published_pdf(people: Cast, year: int) -> httpx.Response:
    return people.anonymous.get(f"/reports/{year}/report.pdf")


def _form(fields: dict) -> dict:
    form = {name: value for name, value in fields.items() if name not in {"countries", "forums", "resolutions"}}
    form["internal_note"] = f"{CANARY} {form.get('internal_note', '')}"
    if not form.pop("do_no_harm", False):
        return form
    return {**form, "do_no_harm": "on"}


def _form_of(person: Person, path: str) -> dict[str, str]:
    """What the form at `path` holds, as a browser would send it back: texts and choices."""
    page = person.get(path).text
    form = {
        name: html.unescape(value).removeprefix("\n")
        for name, value in re.findall(r'<textarea[^>]*name="(\w+)"[^>]*>(.*?)</textarea>', page, re.S)
    }
    for name, options in re.findall(r'<select[^>]*name="(\w+)"[^>]*>(.*?)</select>', page, re.S):
        chosen = re.search(r'<option value="([^"]+)"[^>]* selected', options)
        form[name] = chosen[1] if chosen else ""
    for attributes in re.findall(r"<input([^>]*)>", page):
        found = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        if found.get("type") == "radio" and "checked" in attributes:
            form[found["name"]] = found["value"]
        elif found.get("type") == "text" and "name" in found:
            form[found["name"]] = html.unescape(found.get("value", ""))
    return form
