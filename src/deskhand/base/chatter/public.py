"""What other apps may use of the chatter."""

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
from deskhand.base.chatter.enums import MessageKind, Via
from deskhand.base.chatter.events import MessagePosted, NoteChanged
from deskhand.base.chatter.models import Follower, Message
from deskhand.base.chatter.pages.conversation import (
    Chat,
    Doors,
    Refused,
    base_of,
    chat_context,
    chat_of,
    colleague_draft,
    recipients_of,
    topic_of,
)
from deskhand.base.chatter.pages.forms import FollowerForm, MessageForm, NoteForm
from deskhand.base.chatter.places import (
    AUDIENCES,
    CHAT_BUTTONS,
    CHAT_SECTIONS,
    CONVERSATIONS,
    MESSAGE_MARKS,
    WORDINGS,
    Audience,
    Conversation,
    Wording,
    conversation_of,
)
from deskhand.base.chatter.policies import can_write
from deskhand.base.chatter.queries import Day, Entry, Feed, canned_visible_to, feed_of, public_feed_of, readers_among
from deskhand.base.chatter.services.canned import CannedText, save_canned
from deskhand.base.chatter.services.following import (
    Receives,
    add_followers,
    choose_what_follower_gets,
    followers_of,
    remove_follower,
)
from deskhand.base.chatter.services.unsent import forget_unsent
from deskhand.base.chatter.services.writing import (
    Draft,
    FieldChange,
    log_changes,
    log_note,
    post_message,
)

__all__ = [
    "AUDIENCES",
    "CHAT_BUTTONS",
    "CHAT_SECTIONS",
    "CONVERSATIONS",
    "MESSAGE_MARKS",
    "WORDINGS",
    "Audience",
    "CannedText",
    "Chat",
    "Conversation",
    "Day",
    "Doors",
    "Draft",
    "Entry",
    "Feed",
    "FieldChange",
    "Follower",
    "FollowerAnswer",
    "FollowerForm",
    "Message",
    "MessageAnswer",
    "MessageForm",
    "MessageKind",
    "MessagePosted",
    "NewMessageBody",
    "NewNoteBody",
    "NoteChanged",
    "NoteForm",
    "Receives",
    "Refused",
    "Via",
    "Wording",
    "add_followers",
    "base_of",
    "can_write",
    "canned_visible_to",
    "chat_context",
    "chat_of",
    "choose_what_follower_gets",
    "colleague_draft",
    "conversation_of",
    "draft_of",
    "feed_of",
    "follower_shown",
    "followers_of",
    "followers_shown_of",
    "forget_unsent",
    "log_changes",
    "log_note",
    "message_shown",
    "messages_of",
    "post_message",
    "public_feed_of",
    "readers_among",
    "recipients_of",
    "remove_follower",
    "save_canned",
    "topic_of",
]
