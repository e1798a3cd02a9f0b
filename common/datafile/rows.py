"""Rows that a file describes: what differs from the database, and making it so. Nothing is ever deleted."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from common.datafile.reading import FileRefused

# Added to a position while rows change places, so that no two hold the same one on the way.
PARKED = 10_000


@dataclass(eq=False)
class Row:
    """One row as the file wants it. A value that is itself a Row is a foreign key; that Row comes earlier."""

    path: str
    model: type[models.Model]
    key: dict[str, Any]
    values: dict[str, Any]
    label: str
    # A number that is unique among siblings and may be exchanged between them.
    place: str | None = None

    def __str__(self):
        return f"{self.model._meta.verbose_name} {self.label}"


@dataclass(frozen=True)
class FieldChange:
    field: str
    before: str
    after: str


@dataclass
class Change:
    """A row to add (`instance` is None) or to alter in the fields named."""

    row: Row
    instance: models.Model | None
    fields: list[FieldChange] = field(default_factory=list)


@dataclass
class Comparison:
    """What the file would change, and what only the database has."""

    rows: list[Row]
    existing: dict[Row, models.Model]
    changes: list[Change]
    only_in_database: list[models.Model]

    @property
    def additions(self) -> list[Change]:
        return [change for change in self.changes if change.instance is None]

    @property
    def alterations(self) -> list[Change]:
        return [change for change in self.changes if change.instance is not None]


def compare(rows: list[Row], scopes: Iterable[models.QuerySet] = ()) -> Comparison:
    """Hold the rows against the database, one query per model. `scopes` name the rows that the file ought to list all."""
    found = {model: _by_key(model, rows) for model in dict.fromkeys(row.model for row in rows)}
    existing: dict[Row, models.Model] = {}
    changes = []
    for row in rows:
        instance = found[row.model].get(_key(row, existing))
        if instance is None:
            changes.append(Change(row, None))
            continue
        existing[row] = instance
        altered = _altered(row, instance, existing)
        if altered:
            changes.append(Change(row, instance, altered))
    listed = set(existing.values())
    extra = [instance for scope in scopes for instance in scope if instance not in listed]
    return Comparison(rows, existing, changes, extra)


def apply(comparison: Comparison) -> None:
    """Write every change. Call it in a transaction: raises FileRefused, naming the place, if a row breaks a rule."""
    written = dict(comparison.existing)
    _park(comparison)
    for change in comparison.changes:
        row = change.row
        instance = change.instance or row.model(**_resolved(row.key, written))
        for name, value in _resolved(row.values, written).items():
            setattr(instance, name, value)
        try:
            instance.full_clean()
        except ValidationError as error:
            raise FileRefused(row.path, f"{row}: {'; '.join(error.messages)}") from error
        instance.save()
        written[row] = instance


def _park(comparison: Comparison) -> None:
    for change in comparison.alterations:
        place = change.row.place
        if place and change.instance is not None:
            type(change.instance)._default_manager.filter(pk=change.instance.pk).update(**{place: F(place) + PARKED})


def _by_key(model: type[models.Model], rows: list[Row]) -> dict[tuple, models.Model]:
    names = next(list(row.key) for row in rows if row.model is model)
    attributes = [model._meta.get_field(name).attname for name in names]  # type: ignore[union-attr]  # keys are columns
    relations = [item.name for item in model._meta.get_fields() if item.many_to_one and item.concrete]
    instances = model._default_manager.select_related(*relations) if relations else model._default_manager.all()
    return {tuple(getattr(instance, name) for name in attributes): instance for instance in instances}


def _key(row: Row, existing: dict[Row, models.Model]) -> tuple:
    key = []
    for value in row.key.values():
        if isinstance(value, Row):
            # What belongs to a row that is not there yet is not there either: no stored key holds None.
            value = existing[value].pk if value in existing else None
        key.append(value)
    return tuple(key)


def _altered(row: Row, instance: models.Model, existing: dict[Row, models.Model]) -> list[FieldChange]:
    altered = []
    for name, wanted in row.values.items():
        has = getattr(instance, name)
        same = existing.get(wanted) == has if isinstance(wanted, Row) else wanted == has
        if not same:
            altered.append(FieldChange(name, _shown(has), _shown(wanted.label if isinstance(wanted, Row) else wanted)))
    return altered


def _resolved(values: dict[str, Any], written: dict[Row, models.Model]) -> dict[str, Any]:
    return {name: written[value] if isinstance(value, Row) else value for name, value in values.items()}


def _shown(value: Any) -> str:
    return "nothing" if value is None or value == "" else f'"{value}"'
