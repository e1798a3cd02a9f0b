"""Restricted Markdown: the only formatting people may give to their texts.

Paragraphs, bold, italics, lists, quotations, tables and links to http, https and mail addresses. A heading becomes a bold
paragraph, because the outline of the report belongs to the report; an image becomes its alternative text; HTML is shown as typed.

What a few kilobytes of marks could swell into is capped: a table with too many cells, or marks nested too deep, are shown as
typed, so that no text stalls a page or the report and none is lost. `validate` tells the writer before that.
"""

import nh3
from django.core.exceptions import ValidationError
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import table as read_table
from markdown_it.token import Token

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "hr", "a"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

# A table of the report is read on paper. Without a cap, 20 columns and a letter per line swell 20 kB to 65 000 cells.
MAX_COLUMNS = 12
MAX_CELLS = 400  # of all tables of a text together
MAX_DEPTH = 20  # marks inside each other; a list counts two, itself and its item


class TooManyCells(Exception):
    """The tables of the text have more columns or cells than are laid out."""


class TooDeep(Exception):
    """Lists, quotations or emphasis stand in each other deeper than is laid out."""


def validate(text: str) -> None:
    """Raise ValidationError, with a sentence for the writer, for a text whose tables or nesting are shown as typed."""
    try:
        _parse(_parser, text)
    except TooManyCells:
        raise ValidationError(
            _("A table can have %(columns)d columns, and the tables of a text %(cells)d cells. Make them smaller.")
            % {"columns": MAX_COLUMNS, "cells": MAX_CELLS},
            code="table",
        ) from None
    except TooDeep:
        raise ValidationError(
            _("Lists, quotations or emphasis stand too deep in each other. Write it with fewer levels."), code="depth"
        ) from None


def render(text: str) -> SafeString:
    """Render restricted Markdown to safe HTML; an empty text gives an empty string.

    Two gates: the parser never passes HTML on, and the cleaner drops every tag, attribute and address not listed above.
    """
    if not text.strip():
        return SafeString("")
    parser, parsed = _as_rich_as_can_be(text)
    tokens = [restricted for token in parsed for restricted in _restricted(token)]
    html = parser.renderer.render(tokens, parser.options, {})
    cleaned = nh3.clean(
        html,
        tags=TAGS | TABLE_TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer",
    )
    return mark_safe(cleaned)  # nosec B308 B703 # cleaned by nh3 in the line above


def _as_rich_as_can_be(text: str) -> tuple[MarkdownIt, list[Token]]:
    """The text as written; without its tables when they are too large; line by line as typed when it nests too deep."""
    for parser in (_parser, _without_tables):
        try:
            return parser, _parse(parser, text)
        except TooManyCells:
            continue
        except TooDeep:
            break
    return _as_typed, _as_typed.parse(text)


def _parse(parser: MarkdownIt, text: str) -> list[Token]:
    """The tokens of a text that keeps to the caps. Raises TooManyCells or TooDeep, before it has grown."""
    tokens = parser.parse(text, {"cells": 0})
    for token in tokens:
        depth = 0
        for child in token.children or []:
            depth += child.nesting
            if depth > MAX_DEPTH:
                raise TooDeep
    return tokens


def _shallow(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Asked before every block: the parser itself would drop, without a word, what stands deeper than its limit."""
    if state.level >= MAX_DEPTH:
        raise TooDeep
    return False


def _small_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The rule for tables, but for counting what the table will have at most before it is laid out."""
    if not read_table(state, start, end, True):
        return False
    if silent:
        return True
    delimiters = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]]
    columns = delimiters.strip(" \t|").count("|") + 1
    last = next((line for line in range(start + 2, end) if state.isEmpty(line)), end)
    state.env["cells"] += columns * (last - start - 1)
    if columns > MAX_COLUMNS or state.env["cells"] > MAX_CELLS:
        raise TooManyCells
    return read_table(state, start, end, False)


def _make_parser(**options: bool) -> MarkdownIt:
    # The parser's own limit lies so far above that no block, of which a list is two levels, passes `_shallow` by.
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": MAX_DEPTH + 2, **options})
    parser.block.ruler.before("table", "shallow", _shallow)
    parser.block.ruler.at("table", _small_table, {"alt": ["paragraph", "reference"]})
    return parser


_parser = _make_parser().enable("table")
_without_tables = _make_parser(breaks=True)
_as_typed = MarkdownIt("zero", {"breaks": True}).enable("newline")


def _restricted(token: Token) -> list[Token]:
    """The tokens that stand for one block token: headings and code become paragraphs, header cells get their scope."""
    if token.type == "heading_open":
        return [Token("paragraph_open", "p", 1, block=True), Token("strong_open", "strong", 1)]
    if token.type == "heading_close":
        return [Token("strong_close", "strong", -1), Token("paragraph_close", "p", -1, block=True)]
    if token.type in {"fence", "code_block"}:
        code = Token("code_inline", "code", 0, content=token.content.rstrip("\n"))
        return [
            Token("paragraph_open", "p", 1, block=True),
            Token("inline", "", 0, children=[code]),
            Token("paragraph_close", "p", -1, block=True),
        ]
    if token.type == "th_open":
        token.attrs = {"scope": "col"}
    elif token.type == "inline":
        token.children = [_without_image(child) for child in token.children or []]
    return [token]


def _without_image(token: Token) -> Token:
    return Token("text", "", 0, content=token.content) if token.type == "image" else token
