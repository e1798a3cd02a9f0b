"""Rules of the house that the linters do not know. An exception is named here, with its reason."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import URLResolver, get_resolver

from tests.source import PACKAGES, ROOT, called, calls, imports, modules, name, place, tree

LONGEST_FILE = 400
STATE = "state"
# Beside the workflows' own file, these alone write a state.
STATE_WRITERS = {
    "common/transitions.py": "the workflows: the refusal keeps the state it met",
    "common/jobs.py": "a job's row is its worker's record; each step is a conditional UPDATE",
    "reporting/collection/services/entries.py": "an entry's state follows from its text",
    "reporting/synthesis/services/saving.py": "a synthesis' state follows from its text",
}
WRITING = {"update", "create", "get_or_create", "update_or_create", "aupdate", "acreate", "save_if_unchanged"}
STATEFUL = {"Round", "MinistryReport", "Entry", "Synthesis", "Job"}
IMPORTS_IN_FUNCTIONS = {
    "reporting/collection/apps.py": "ready() registers the handlers of jobs when the models are loaded",
    "reporting/publication/apps.py": "ready() registers the handlers of jobs when the models are loaded",
    "reporting/publication/rendering/figures.py": "the drawing engine takes long to load and is used by a build alone",
    "wps_portal/gunicorn.py": "Django is not set up when gunicorn reads its configuration",
}
ANSWERS_ANY_METHOD = {"accounts.views.own.no_signup": "it says 404 whatever the method"}
METHOD_DECORATORS = {"require_http_methods", "require_GET", "require_POST", "require_safe"}
CLOCKS = {
    ("date", "today"),
    ("datetime", "today"),
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("timezone", "localdate"),
}


def test_a_state_is_written_by_its_workflow():
    writers = {name(path) for path in modules() if any(_state_writes(path))}
    assert writers == set(STATE_WRITERS)


def _state_writes(path: Path):
    for node in ast.walk(tree(path)):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets:
            for part in target.elts if isinstance(target, ast.Tuple) else [target]:
                if isinstance(part, ast.Attribute) and part.attr == STATE:
                    yield place(path, node)
    for call in calls(path):
        what = called(call)
        if what in WRITING | STATEFUL and any(keyword.arg == STATE for keyword in call.keywords):
            yield place(path, call)
        if what == "setattr" and isinstance(call.args[1], ast.Constant) and call.args[1].value == STATE:
            yield place(path, call)
        # save(update_fields=["state"]), bulk_update(rows, ["state"])
        if what in {"save", "bulk_update"} and any(
            isinstance(node, ast.Constant) and node.value == STATE for node in ast.walk(call)
        ):
            yield place(path, call)


def test_every_view_declares_its_methods():
    undeclared = []
    for view in _views(get_resolver()):
        full = f"{view.__module__}.{view.__name__}"
        if full.startswith(PACKAGES) and full not in ANSWERS_ANY_METHOD and not _decorators(view) & METHOD_DECORATORS:
            undeclared.append(full)
    assert undeclared == []


def _views(resolver: URLResolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern)
        elif not str(resolver.pattern).startswith("admin"):
            yield pattern.callback


def _decorators(view) -> set[str]:
    module = Path(import_module(view.__module__).__file__)
    for node in tree(module).body:
        if isinstance(node, ast.FunctionDef) and node.name == view.__name__:
            found = (item.func if isinstance(item, ast.Call) else item for item in node.decorator_list)
            return {getattr(item, "id", getattr(item, "attr", "")) for item in found}
    raise AssertionError(f"{view.__module__} has no function {view.__name__}")


def test_a_day_is_asked_of_common_dates():
    """A deadline is a day in Europe/Oslo; the machine's own day is another one for an hour or two each night."""
    found = []
    for path in modules():
        if name(path) == "common/dates.py":
            continue
        for call in calls(path):
            function = call.func
            if not isinstance(function, ast.Attribute):
                continue
            owner = function.value
            clock = (getattr(owner, "id", getattr(owner, "attr", "")), function.attr)
            day_of_now = function.attr == "date" and isinstance(owner, ast.Call) and called(owner) == "now"
            # `localdate(moment, timezone=OSLO)` is the day of a moment that is kept, and asks no clock.
            if day_of_now or (clock in CLOCKS and not (clock[1] == "localdate" and call.args)):
                found.append(place(path, call))
    assert found == []


def test_choices_live_in_enums():
    found = [
        place(path, node)
        for path in modules()
        if path.name != "enums.py"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ClassDef)
        and any(getattr(base, "attr", getattr(base, "id", "")).endswith("Choices") for base in node.bases)
    ]
    assert found == []


def test_apps_do_not_import_the_project():
    found = [
        f"{name(path)}:{line}"
        for path in modules(migrations=True)
        for what, line in imports(path)
        if what.startswith("wps_portal")
    ]
    assert found == []


def test_models_look_neither_at_forms_nor_views_nor_tasks():
    found = [
        f"{name(path)}:{line} {what}"
        for path in modules()
        if path.name == "models.py" or "models" in path.parts
        for what, line in imports(path)
        if {"forms", "views", "tasks", "admin", "services"} & set(what.split(".")) and what.startswith(PACKAGES)
    ]
    assert found == []


def test_migrations_import_no_model_and_no_choices_that_live_on():
    found = [
        f"{name(path)}:{line} {what}"
        for path in modules(migrations=True)
        if "migrations" in path.parts
        for what, line in imports(path)
        if what.startswith(PACKAGES) and {"models", "enums"} & set(what.split("."))
    ]
    assert found == []


def test_imports_stand_at_the_top():
    found = {
        name(path)
        for path in modules(*PACKAGES, "wps_portal")
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function))
    }
    assert found == set(IMPORTS_IN_FUNCTIONS)


@pytest.mark.parametrize("folder", [*PACKAGES, "wps_portal", "tests", "benchmarks", "scripts", "templates", "static"])
def test_a_file_can_be_read_in_one_sitting(folder):
    written = {".py", ".html", ".txt", ".css", ".js"}
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in written and "migrations" not in path.parts]
    assert files
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}
