"""Every address that the URLconf serves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib import admin
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Route:
    """One pattern: its name with namespaces ("" if it has none), the pattern itself, and the parameters it takes."""

    name: str
    pattern: str
    parameters: frozenset[str]

    @property
    def in_admin(self) -> bool:
        return self.pattern.startswith("admin/")

    @property
    def line(self) -> str:
        """What the table calls the route; in the administration, a "*" stands for the model."""
        if not self.in_admin:
            return self.name or self.pattern
        if not self.name:
            return "admin:*" if self.model else "admin:anything else"
        return f"admin:*_{self.name.rpartition('_')[2]}" if self.model else self.name

    @property
    def model(self) -> type[Model] | None:
        """What an address of the administration is about."""
        _admin, app, name, *_rest = [*self.pattern.split("/"), "", ""]
        return next((model for model in admin.site._registry if _key(model) == (app, name)), None)

    def address(self, values: dict) -> str:
        """The address with the parameters that this route takes, out of `values`."""
        taken = {name: values[name] for name in self.parameters}
        if self.name:
            return reverse(self.name, kwargs=taken)
        return "/" + re.sub(
            r"<\w+:(\w+)>|\(\?P<(\w+)>.*?\)\$?", lambda part: str(taken[part[1] or part[2]]), self.pattern
        )


def _key(model: type[Model]) -> tuple[str, str]:
    return model._meta.app_label, model._meta.model_name or ""


def routes(urlconf: str | None = None) -> list[Route]:
    """All patterns of the URLconf, those of included ones too."""
    return list(_walk(get_resolver(urlconf), "", "", frozenset()))


def _walk(resolver: URLResolver, namespace: str, prefix: str, parameters: frozenset[str]) -> Iterator[Route]:
    for pattern in resolver.url_patterns:
        whole = prefix + str(pattern.pattern)
        taken = parameters | _parameters(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern, inner, whole, taken)
        else:
            yield Route(f"{namespace}{pattern.name}" if pattern.name else "", whole, taken)


def _parameters(pattern: URLPattern | URLResolver) -> frozenset[str]:
    return frozenset(pattern.pattern.converters) | frozenset(pattern.pattern.regex.groupindex)
