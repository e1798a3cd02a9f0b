"""Rounds, ministry reports, entries and what is said about them."""

from reporting.collection.models.entry import Comment, Entry, EntryAssignment, EntryRevision
from reporting.collection.models.report import MinistryReport
from reporting.collection.models.round import Round, RoundCountry, RoundForum, Step

__all__ = [
    "Comment",
    "Entry",
    "EntryAssignment",
    "EntryRevision",
    "MinistryReport",
    "Round",
    "RoundCountry",
    "RoundForum",
    "Step",
]
