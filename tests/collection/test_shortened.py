"""The beginning of a text in a list."""

from reporting.collection.templatetags.shortened import shortened


def test_the_dots_stay_with_the_last_word():
    assert shortened("One two three four", 2) == "One two\N{NO-BREAK SPACE}…"


def test_a_short_text_is_whole():
    assert shortened("One two", 2) == "One two"
