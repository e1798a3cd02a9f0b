"""What other programs put on the clipboard."""

from common.text import clean_text


def test_line_ends_are_one_and_control_characters_go():
    assert clean_text("One\r\ntwo\rthree\x00\x07\tfour \ud800 \n") == "One\ntwo\nthree\tfour"
    assert clean_text("\x0ba\x01b\x85c\ufffe\uffff") == "abc"


def test_one_unicode_form():
    assert clean_text("e\u0301") == "é"
