"""What other apps may use of the chatter."""

from deskhand.base.chatter.enums import MessageKind, Via
from deskhand.base.chatter.events import MessagePosted
from deskhand.base.chatter.models import Follower, Message
from deskhand.base.chatter.pages.forms import MessageForm, NoteForm
from deskhand.base.chatter.places import MESSAGE_MARKS
from deskhand.base.chatter.queries import Day, Entry, Feed, feed_of, public_feed_of
from deskhand.base.chatter.services import (
    Draft,
    FieldChange,
    add_followers,
    followers_of,
    log_changes,
    log_note,
    post_message,
    remove_follower,
)

__all__ = [
    "MESSAGE_MARKS",
    "Day",
    "Draft",
    "Entry",
    "Feed",
    "FieldChange",
    "Follower",
    "Message",
    "MessageForm",
    "MessageKind",
    "MessagePosted",
    "NoteForm",
    "Via",
    "add_followers",
    "feed_of",
    "followers_of",
    "log_changes",
    "log_note",
    "post_message",
    "public_feed_of",
    "remove_follower",
]
