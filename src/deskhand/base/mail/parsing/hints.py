"""What an element of HTML says about the text in it, by the attributes that mail programs put there."""

from __future__ import annotations

import re
from enum import Enum, auto

from deskhand.base.mail.parsing.lines import Mark

#: The attributes to keep for this.
HINTS = frozenset({"class", "id", "style", "type", "name", "data-marker", "data-smartmail"})

_INTERESTING = re.compile(
    r"gmail_|cite|quote|moz-|divRply|appendonsend|OLK_SRC|zwchr|__[A-Z]|yahoo|signature|border-top|reply|reference|zmail|"
    r"stopSpelling",
    re.IGNORECASE,
)
_BELOW = re.compile(r"\A(?:divRplyFwdMsg|appendonsend|zwchr|stopSpelling)\Z|\A__DIVIDER__\Z")
_OUTLOOK_RULE = re.compile(r"border-top:\s*solid #(?:B5C4DF|E1E1E1|E5E5E5)", re.IGNORECASE)
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')


class Effect(Enum):
    """What being inside an element means for a line."""

    NONE = auto()
    QUOTE = auto()
    INDENT = auto()
    CONTAINER = auto()  #: Holds an introduction, quotes, and what was written between them.
    ATTRIBUTION = auto()
    SIGNATURE = auto()


#: By which names of class, id and marker which effect is known. The first that fits counts.
_NAMES = {
    Effect.ATTRIBUTION: re.compile(r"\b(?:gmail_attr|moz-cite-prefix|reply-intro|zmail_extra_hdr)\b"),
    Effect.SIGNATURE: re.compile(
        r"\b(?:gmail_signature|gmail_signature_prefix|moz-signature|ms-outlook-mobile-signature|AppleMailSignature|"
        r"Signature|protonmail_signature_block|__SIG_PRE__|__SIG_POST__|[a-z0-9]{0,40}-?yahoo-signature)\b"
    ),
    Effect.CONTAINER: re.compile(r"\b(?:gmail_quote|gmail_quote_container|protonmail_quote)\b"),
    Effect.QUOTE: re.compile(
        r"\b(?:tutanota_quote|yahoo_quoted|zmail_extra|ms-outlook-mobile-reference-message|isReplyContent|"
        r"OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|__QUOTED_TEXT__|__HEADERS__)\b"
    ),
}


def hint_of(name: str, attributes: str) -> Effect | Mark:
    """What an element says about its lines by the attributes of the program that wrote it."""
    if attributes and _INTERESTING.search(attributes):
        values = attributes_of(attributes)
        known = " ".join(values.get(key, "") for key in ("class", "id", "data-marker"))
        outlook_rule = name == "div" and _OUTLOOK_RULE.search(values.get("style", ""))
        if outlook_rule or any(_BELOW.match(values.get(key, "")) for key in ("id", "data-marker")):
            return Mark.BELOW
        if "moz-forward-container" in known:
            return Mark.FORWARD
        effect = next((effect for effect, names in _NAMES.items() if names.search(known)), Effect.NONE)
        is_cited = name == "blockquote" and "cite" in {values.get("type", "").lower(), values.get("class", "").lower()}
        if is_cited or values.get("name") == "quote" or (effect is Effect.CONTAINER and name == "blockquote"):
            return Effect.QUOTE
        if effect is not Effect.NONE:
            return effect
    return Effect.INDENT if name == "blockquote" else Effect.NONE


def attributes_of(attributes: str) -> dict[str, str]:
    """Name and value, as they stand in well-formed HTML."""
    return dict(_ATTRIBUTE.findall(attributes))
