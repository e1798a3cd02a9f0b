"""The optimistic lock on everything that people edit."""

from django.db import models
from django.db.models import F


def save_if_unchanged(instance: models.Model, version: int, **values) -> bool:
    """Write `values` if the row still has this version; raise its version by one.

    Returns False, having written nothing, when somebody else saved first. On success `instance` carries the new values.
    """
    updated = (
        type(instance)
        ._default_manager.filter(pk=instance.pk, version=version)
        .update(version=F("version") + 1, **values)
    )
    if not updated:
        return False
    for field, value in values.items():
        setattr(instance, field, value)
    instance.version = version + 1  # type: ignore[attr-defined]  # every caller's model has the field
    return True
