"""What the API of other apps may use of the chatter."""

from deskhand.base.chatter.api.about import About, AboutAnswer, about_of, record_about
from deskhand.base.chatter.api.shapes import (
    FollowerAnswer,
    MessageAnswer,
    NewMessageBody,
    NewNoteBody,
    draft_of,
    follower_shown,
    followers_shown_of,
    message_shown,
    messages_of,
)

__all__ = [
    "About",
    "AboutAnswer",
    "FollowerAnswer",
    "MessageAnswer",
    "NewMessageBody",
    "NewNoteBody",
    "about_of",
    "draft_of",
    "follower_shown",
    "followers_shown_of",
    "message_shown",
    "messages_of",
    "record_about",
]
