"""What people type, and what other programs put on their clipboard."""

import unicodedata

# No XML may hold these two signs (XML 1.0, 2.2), so neither the feed nor the metadata of a PDF; their category is not Cc.
NOT_IN_XML = "\ufffe\uffff"


def clean_text(text: str) -> str:
    """Line ends as \\n, one Unicode form, and none of the control characters that come along from other programs."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(sign for sign in text if sign in "\n\t" or _is_kept(sign)).strip()


def _is_kept(sign: str) -> bool:
    return unicodedata.category(sign) not in {"Cc", "Cs"} and sign not in NOT_IN_XML
