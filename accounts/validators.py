"""Rules for passwords and names."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

# What a mail program makes a link of. A full stop after an initial or a title ("J.Berg", "Dr.Berg") is none.
LINK = re.compile(r"://|www\.|@|\w{2,}\.[a-z]{2,}")


def validate_name(name: str) -> None:
    """Refuses a person's name that is more than a name: it stands in mails that the portal sends to anybody's address."""
    if LINK.search(name) or any(unicodedata.category(letter) in {"Cc", "Zl", "Zp"} for letter in name):
        raise ValidationError(_("Write the name on one line, without addresses."), code="not_a_name")


class MaximumLengthValidator:
    """Refuses a password so long that hashing it would be a burden, instead of cutting it short."""

    def __init__(self, max_length: int = 128):
        self.max_length = max_length

    def validate(self, password, user=None):
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self):
        return ngettext(
            "Your password can have at most %(max_length)d character.",
            "Your password can have at most %(max_length)d characters.",
            self.max_length,
        ) % {"max_length": self.max_length}
