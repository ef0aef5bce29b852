"""The REST API: resources declared beside their lists, one door for programs (see docs/api.md)."""

from deskhand.kit.api.callers import READ, WRITE, Caller
from deskhand.kit.api.downloads import Download, Picture
from deskhand.kit.api.resources import Part, Resource, Verb, key_of, resources
from deskhand.kit.api.shapes import Answer, Body, Key, Line, Name, Page, Ref, Text, changes_of, ref, sent

__all__ = [
    "READ",
    "WRITE",
    "Answer",
    "Body",
    "Caller",
    "Download",
    "Key",
    "Line",
    "Name",
    "Page",
    "Part",
    "Picture",
    "Ref",
    "Resource",
    "Text",
    "Verb",
    "changes_of",
    "key_of",
    "ref",
    "resources",
    "sent",
]
