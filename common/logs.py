"""What is kept out of the log, whoever writes the line: secrets that stand in an address, and tracebacks of mere refusals."""

import logging
import re

# Whoever reads the log could take up an invitation or choose somebody's password with these.
SECRET_IN_PATH = re.compile(r"(/accounts/(?:invitation|password/reset/key)/)[^/\s?#\"']+", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """The text with the tokens of invitation and password links blotted out."""
    return SECRET_IN_PATH.sub(r"\1…", text)


class LineFormatter(logging.Formatter):
    """One line per record. The whole of it is searched, tracebacks included: a token can come in by any argument."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))


class RefusalFilter(logging.Filter):
    """A refusal (403, 404, …) takes one line: its traceback tells nothing that the path and the status do not."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.ERROR and record.name.startswith("django."):
            record.exc_info = record.exc_text = None
        return True
