"""What every template keeps to: nothing inline, components that say what they take, forms with their token."""

import re
from pathlib import Path

import pytest
from django.template import Engine
from django.template.loader import get_template

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
ALL = sorted(TEMPLATES.rglob("*.html"))
# The report's templates are also drawn into the PDF; its document carries its style sheets with it.
PAGES = [path for path in ALL if "report" not in path.relative_to(TEMPLATES).parts[:1]]
COMPONENTS = sorted((TEMPLATES / "components").glob("*.html"))


def name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


def source(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_nothing_inline_that_the_content_security_policy_refuses(path):
    text = source(path)
    assert not re.search(r"<style\b", text), "a style element"
    assert not re.search(r"\sstyle\s*=", text), "a style attribute"
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text), "an event attribute"
    assert not re.search(r"(?:href|src|action)\s*=\s*[\"']\s*(?:javascript|data):", text), "a script or data address"
    for tag in re.findall(r"<script\b[^>]*>", text):
        assert "src=" in tag or 'type="application/json"' in tag, "a script in the page"


@pytest.mark.parametrize("path", COMPONENTS, ids=name)
def test_component_opens_with_a_comment_naming_its_arguments(path):
    first = source(path).splitlines()[0]
    assert first.startswith("{# ") and first.endswith(" #}")
    assert re.search(r"Arguments: |No arguments\.|Reads from the page's context: ", first)


@pytest.mark.parametrize("path", ALL, ids=name)
def test_form_that_posts_carries_its_token(path):
    for form in re.findall(r"<form\b.*?</form>", source(path), flags=re.DOTALL):
        if re.search(r"method\s*=\s*[\"']post", form, flags=re.IGNORECASE):
            assert "{% csrf_token %}" in form


@pytest.mark.parametrize("path", ALL, ids=name)
def test_template_compiles_and_what_it_includes_exists(path):
    get_template(name(path))
    for included in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", source(path)):
        get_template(included)


@pytest.mark.parametrize("path", ALL, ids=name)
def test_visible_text_is_translated(path):
    """What is left between tags once comments, template tags and translated blocks are taken out has no words."""
    text = re.sub(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}", "", source(path), flags=re.DOTALL)
    text = re.sub(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", "", text, flags=re.DOTALL)
    text = re.sub(r"{%\s*block\s+main_class\s*%}.*?{%\s*endblock", "{% endblock", text, flags=re.DOTALL)
    text = re.sub(r"{%.*?%}|{{.*?}}", "", text, flags=re.DOTALL)
    text = re.sub(r"<(script|style)\b.*?</\1>", "", text, flags=re.DOTALL)
    text = re.sub(r"<[^>]*>", " ", text)
    assert not re.findall(r"[A-Za-zÆØÅæøå]{3,}", text)


def test_every_page_stands_on_the_one_base():
    """Whole documents are written in base.html alone; the pages for when all fails stand alone on purpose."""
    alone = {name(path) for path in PAGES if re.search(r"<html\b", source(path))}
    assert alone == {"base.html", "400.html", "500.html"}


def test_engine_finds_these_templates_before_those_of_packages():
    assert Path(Engine.get_default().get_template("account/login.html").origin.name).is_relative_to(TEMPLATES)
