"""What people may paste into a text without harm to those who read it."""

import time
from html.parser import HTMLParser

import pytest

from common.markdown import ATTRIBUTES, SCHEMES, TABLE_TAGS, TAGS, render

PAYLOADS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>@import 'http://x.example/';</style>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "</textarea><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](<javascript:alert(1)>)",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    '[x](http://x.example "\\" onmouseover=alert(1) x=\\"")',
    "![x](http://x.example/pixel.png)",
    "![x\\](javascript:alert(1)",
    "<javascript:alert(1)>",
    '<http://x.example/\\"onclick=alert(1)>',
    "[x]: javascript:alert(1)\n\n[x]",
    "| <script>alert(1)</script> | b |\n|---|---|\n| <img src=x onerror=alert(1)> | 2 |",
    "`<script>alert(1)</script>`",
    "```<script>\n<img src=x onerror=alert(1)>\n```",
    "# <img src=x onerror=alert(1)>",
    "- <details open ontoggle=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ request.user.password }}{% load static %}",
    "\u202e<script>\u2066",
    "<scr\x00ipt>alert(1)</scr\x00ipt>",
]


class Reader(HTMLParser):
    """Reads as a browser would and refuses whatever is not on the list."""

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS | TABLE_TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, set()) | {"rel"}, f"{tag} {name}"
            if name == "href":
                assert value.split(":")[0] in SCHEMES, value

    def handle_decl(self, decl):
        raise AssertionError(decl)

    handle_comment = handle_pi = unknown_decl = handle_decl


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("frame", ["{}", "before {} after", "> {}", "- {}", "**{}**", "[{}](https://x.example)"])
def test_nothing_but_the_listed_tags_comes_out(payload, frame):
    reader = Reader()
    reader.feed(render(frame.format(payload)))
    reader.close()


LONGEST = 30_000
REPEATED = [
    "[",
    "*a ",
    "> ",
    "`",
    "![",
    "<",
    "|a",
    "- ",
    "a**b",
    "_*",
    "[a](",
    "1. ",
    "|a|b|\n|-|-|\n",
    "\\",
    "[a]: <b>\n",
]


@pytest.mark.parametrize("part", REPEATED)
def test_the_longest_text_renders_at_once(part):
    start = time.monotonic()
    render(part * (LONGEST // len(part)))
    assert time.monotonic() - start < 5
