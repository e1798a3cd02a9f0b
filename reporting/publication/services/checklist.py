"""What a publisher should know before making a build public. None of it stops the publication."""

from collections.abc import Iterator
from dataclasses import dataclass

from reporting.publication.models import Build
from reporting.publication.services.snapshot import hash_of, snapshot_content
from reporting.synthesis.enums import Chapter
from reporting.synthesis.services.desk import Item, desk


@dataclass(frozen=True)
class Checklist:
    """`not_accepted`: names of ministries, of so many `ministries`; `missing`: what has no text in the build, of so many
    `texts`; `stale`: texts that no longer match their entries; `withheld`: cells kept back to protect somebody; `outdated`:
    the content has changed since the build.
    """

    ministries: int
    not_accepted: list[str]
    texts: int
    missing: list[str]
    stale: list[Item]
    withheld: int
    outdated: bool

    @property
    def accepted(self) -> int:
        return self.ministries - len(self.not_accepted)

    @property
    def written(self) -> int:
        return self.texts - len(self.missing)

    @property
    def is_clear(self) -> bool:
        return not (self.not_accepted or self.missing or self.stale or self.outdated)


def checklist(build: Build) -> Checklist:
    """Look at the build's snapshot, and at what has happened since it was taken. Reads, and writes nothing."""
    content = build.snapshot.content
    points = list(_points(content))
    chapters = [str(chapter.label) for chapter in Chapter if not content["chapters"].get(chapter.value)]
    return Checklist(
        ministries=len(content["ministries"]),
        texts=len(Chapter) + len(points),
        not_accepted=[ministry["name"] for ministry in content["ministries"] if ministry["accepted_on"] is None],
        missing=chapters + [point["code"] for point in points if not point["synthesis"]],
        stale=desk(build.round).stale,
        withheld=sum(bool(cell.get("withheld")) for point in points for cell in point["cells"]),
        outdated=hash_of(snapshot_content(build.round)) != build.snapshot.content_hash,
    )


def _points(content: dict) -> Iterator[dict]:
    for theme in content["themes"]:
        for section in theme["sections"]:
            yield from section["action_points"]
