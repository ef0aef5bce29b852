"""Looking for words: text indexes that the database keeps, and what apps offer to the search of the whole desk."""

from deskhand.kit.search.indexes import TextIndex
from deskhand.kit.search.places import ACTIONS, MOST, SEARCHES, Action, Found, Hit, Search
from deskhand.kit.search.words import excerpt_of, plain, words_of

__all__ = [
    "ACTIONS",
    "MOST",
    "SEARCHES",
    "Action",
    "Found",
    "Hit",
    "Search",
    "TextIndex",
    "excerpt_of",
    "plain",
    "words_of",
]
