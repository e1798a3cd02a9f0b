"""What a submission rule says when it is not met."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Missing:
    """`field` is the form's field to go to; `sentence` tells the writer what to do there."""

    field: str
    sentence: str
