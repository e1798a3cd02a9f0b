"""Strict reading of a JSON file: whatever is wrong is refused with the place where it stands."""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class FileRefused(Exception):
    """The file cannot be used, and nothing of it was. The message names the place."""

    def __init__(self, path: str, message: str):
        self.path, self.message = path, message
        super().__init__(f"{path}: {message}" if path else message)


class Part:
    """One value of the file and its path, as in `themes[2].sections[0].title.en`."""

    def __init__(self, value: Any, path: str = ""):
        self.value, self.path = value, path

    def refuse(self, message: str) -> NoReturn:
        raise FileRefused(self.path, message)

    def keys(self, *required: str, optional: Iterable[str] = ()) -> dict[str, "Part"]:
        """The parts of an object. A missing or unknown key is refused; an absent optional key is absent from the result."""
        if not isinstance(self.value, dict):
            self.refuse(f"must be an object, not {_kind(self.value)}")
        missing = [key for key in required if key not in self.value]
        if missing:
            self.refuse(f"missing {_quoted(missing)}")
        unknown = [key for key in self.value if key not in {*required, *optional}]
        if unknown:
            self.refuse(f"unknown key {_quoted(unknown)}")
        return {key: Part(value, f"{self.path}.{key}" if self.path else key) for key, value in self.value.items()}

    def items(self) -> list["Part"]:
        """The parts of a list that holds at least one."""
        if not isinstance(self.value, list):
            self.refuse(f"must be a list, not {_kind(self.value)}")
        if not self.value:
            self.refuse("the list is empty")
        return [Part(value, f"{self.path}[{index}]") for index, value in enumerate(self.value)]

    def text(self) -> str:
        if not isinstance(self.value, str):
            self.refuse(f"must be text, not {_kind(self.value)}")
        if not self.value.strip():
            self.refuse("is empty")
        if self.value != self.value.strip():
            self.refuse("begins or ends with a space or an empty line")
        if any(ord(character) < 32 and character != "\n" for character in self.value):
            self.refuse("contains a control character")
        return self.value

    def whole_number(self, lowest: int, highest: int) -> int:
        # In Python true is the number 1.
        if not isinstance(self.value, int) or isinstance(self.value, bool):
            self.refuse(f"must be a whole number, not {_kind(self.value)}")
        if not lowest <= self.value <= highest:
            self.refuse(f"{self.value} is not between {lowest} and {highest}")
        return self.value

    def number(self) -> int | float:
        if not isinstance(self.value, int | float) or isinstance(self.value, bool):
            self.refuse(f"must be a number, not {_kind(self.value)}")
        return self.value

    def one_of(self, allowed: Iterable[str], what: str) -> str:
        text = self.text()
        choices = list(allowed)
        if text not in choices:
            self.refuse(f'unknown {what} "{text}"; known are {_quoted(choices)}')
        return text


def read_json(path: Path) -> Part:
    """The whole file. Raises FileRefused when it is missing, not UTF-8, begins with a byte order mark or is not JSON."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused("", f"{path}: {error.strerror}") from error
    if content.startswith(BYTE_ORDER_MARK):
        raise FileRefused("line 1", "the file begins with a byte order mark; save it as UTF-8 without one")
    try:
        value = json.loads(content.decode(), object_pairs_hook=_object, parse_constant=_constant)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileRefused(f"line {line}", "not UTF-8; save the file as UTF-8") from error
    except json.JSONDecodeError as error:
        raise FileRefused(f"line {error.lineno}, column {error.colno}", f"not JSON: {error.msg}") from error
    except RecursionError as error:
        raise FileRefused("", "not a data file: its lists and objects are nested too deeply") from error
    return Part(value)


def refuse_repeated(parts: Sequence[Part], values: Sequence[Any], what: str) -> None:
    """Refuse the second of two equal values, naming where the first stands."""
    first: dict[Any, Part] = {}
    for part, value in zip(parts, values, strict=True):
        if value in first:
            part.refuse(f'duplicate {what} "{value}", which {first[value].path} has already')
        first[value] = part


def refuse_overlap(parts: Sequence[Part], spans: Sequence[tuple[int, int | None]], what: str) -> None:
    """Refuse a span of years (first, last or None for open) that begins before another one has ended."""
    ordered = sorted(zip(parts, spans, strict=True), key=lambda pair: pair[1][0])
    for (before, (_, last)), (part, (first, _)) in pairwise(ordered):
        if last is None or first <= last:
            part.refuse(f"{what} overlaps in years with {before.path}")


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) < len(pairs):
        names = [name for name, _ in pairs]
        repeated = next(name for name in names if names.count(name) > 1)
        raise FileRefused("", f'the key "{repeated}" stands twice in one object')
    return result


def _constant(name: str) -> NoReturn:
    raise FileRefused("", f"{name} is not a number")


def _kind(value: Any) -> str:
    names = {dict: "an object", list: "a list", str: "text", bool: "true or false", int: "a number", float: "a number"}
    return "nothing" if value is None else names[type(value)]


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
