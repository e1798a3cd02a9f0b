"""Restricted Markdown: the only formatting people may give to their texts.

Paragraphs, bold, italics, lists, quotations, tables and links to http, https and mail addresses. A heading becomes a bold
paragraph, because the outline of the report belongs to the report; an image becomes its alternative text; HTML is shown as typed.
"""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "blockquote", "code", "hr", "a"}
TABLE_TAGS = {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"a": {"href", "title"}, "th": {"scope"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto"}

_parser = MarkdownIt("commonmark", {"html": False}).enable("table")


def render(text: str) -> SafeString:
    """Render restricted Markdown to safe HTML; an empty text gives an empty string.

    Two gates: the parser never passes HTML on, and the cleaner drops every tag, attribute and address not listed above.
    """
    if not text.strip():
        return SafeString("")
    tokens = [restricted for token in _parser.parse(text) for restricted in _restricted(token)]
    html = _parser.renderer.render(tokens, _parser.options, {})
    cleaned = nh3.clean(
        html,
        tags=TAGS | TABLE_TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        url_relative="deny",
        link_rel="noopener noreferrer",
    )
    return mark_safe(cleaned)  # nosec B308 B703 # cleaned by nh3 in the line above


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
