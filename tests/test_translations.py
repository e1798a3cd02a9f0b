"""Every word that a reader sees passes gettext. `test_templates` looks at the text between tags; here are the other places."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import ROOT, called, calls, modules, name, place, tree

TEMPLATES = ROOT / "templates"
PAGES = sorted(path for path in TEMPLATES.rglob("*") if path.suffix in {".html", ".txt"})
SPOKEN_ATTRIBUTES = (
    "alt|aria-description|aria-label|aria-roledescription|aria-valuetext|label|placeholder|summary|title"
)
# What components print of what they are given.
SPOKEN_ARGUMENTS = "caption|description|empty|heading|help|label|legend|message|sentence|summary|text|title"
WORD = re.compile(r"[A-Za-zÆØÅæøå]{3,}")

SPOKEN_KEYWORDS = {
    "description",
    "empty_label",
    "error_messages",
    "help_text",
    "label",
    "message",
    "short_description",
    "verbose_name",
    "verbose_name_plural",
    "violation_error_message",
}
# A command prints these to whoever runs the server, beside the names in the file at fault, which are English as well.
COMMAND_LINE = {"common/datafile/reading.py"}
SPOKEN_NAMES = {"verbose_name", "verbose_name_plural", "site_header", "site_title", "index_title", "short_description"}


def named(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def without_comments(path: Path) -> str:
    return re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_attributes_that_are_read_out_are_translated(path):
    found = re.findall(rf"\s(?:{SPOKEN_ATTRIBUTES})\s*=\s*\"((?:{{%.*?%}}|{{{{.*?}}}}|[^\"])*)\"", _tags(path))
    plain = [re.sub(r"{%.*?%}|{{.*?}}", "", value, flags=re.DOTALL) for value in found]
    assert [value for value in plain if WORD.search(value)] == []


def _tags(path: Path) -> str:
    """The HTML tags of a template, without what stands between them and without the template's own tags."""
    text = without_comments(path)
    text = re.sub(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%\s*(?:include|with)\b.*?%}", "", text, flags=re.DOTALL)
    return " ".join(re.findall(r"<[a-z](?:{%.*?%}|{{.*?}}|[^<>])*>", text, flags=re.DOTALL))


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_words_given_to_components_and_filters_are_translated(path):
    text = without_comments(path)
    given = []
    for tag in re.findall(r"{%\s*(?:include|with)\b.*?%}", text, flags=re.DOTALL):
        given += re.findall(rf"\b(?:{SPOKEN_ARGUMENTS})=\"([^\"]*)\"", tag)
    given += re.findall(r"\|(?:default|default_if_none|yesno|pluralize):\"([^\"]*)\"", text)
    given += re.findall(r"{%\s*firstof\b[^%]*\"([^\"]*)\"", text)
    assert [value for value in given if WORD.search(value)] == []


@pytest.mark.parametrize("path", [path for path in modules() if name(path) not in COMMAND_LINE], ids=name)
def test_words_in_python_are_translated(path):
    assert [f"{place(path, node)} {node.value!r}" for node in _untranslated(path) if WORD.search(node.value)] == []


def _untranslated(path: Path) -> Iterator[ast.Constant]:
    """String literals that reach a reader and are in no call of gettext."""
    for call in calls(path):
        what, owner = called(call), getattr(getattr(call.func, "value", None), "id", "")
        if owner == "messages":
            yield from _literals(*call.args[1:2])
        elif what in {"ValidationError", "JobFailed"} or what.endswith("Refused"):
            yield from _literals(*call.args[:1])
        elif what == "add_error":
            yield from _literals(*call.args[1:2])
        elif what in {"message_user", "HttpResponse"}:
            continue
        elif what.endswith("Field") and owner == "models":
            yield from _literals(*call.args[:1])
        elif what.endswith("Validator"):
            yield from _literals(*call.args[1:2])
        if what not in {"Route", "Argument", "add_argument", "option", "Feed", "Atom1Feed"}:
            spoken = (keyword.value for keyword in call.keywords if keyword.arg in SPOKEN_KEYWORDS)
            yield from _literals(*spoken)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in SPOKEN_NAMES:
            yield from _literals(node.value)
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            yield from _literals(*(value for key, value in pairs if getattr(key, "value", "") in {"label", "title"}))
        if isinstance(node, ast.ClassDef) and any(
            getattr(base, "attr", "").endswith("Choices") for base in node.bases
        ):
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                    yield from _literals(*line.value.elts[-1:])


def _literals(*nodes: ast.expr) -> Iterator[ast.Constant]:
    """The strings that these expressions print as they stand: not those inside a call, be it of gettext or another one."""
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node
        elif isinstance(node, ast.JoinedStr):
            yield from _literals(*node.values)
        elif isinstance(node, ast.BinOp):
            yield from _literals(node.left, *([node.right] if isinstance(node.op, ast.Add) else []))
        elif isinstance(node, ast.IfExp):
            yield from _literals(node.body, node.orelse)
        elif isinstance(node, ast.List | ast.Tuple | ast.Set):
            yield from _literals(*node.elts)
        elif isinstance(node, ast.Dict):
            yield from _literals(*node.values)
        elif isinstance(node, ast.Call) and called(node) in {"format", "join", "format_html"}:
            yield from _literals(*([node.func.value] if isinstance(node.func, ast.Attribute) else node.args[:1]))
