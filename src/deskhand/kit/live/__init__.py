"""Pages that change by themselves: a nudge says *what* changed, the page asks again, and rights are checked again.

``nudge("ticket.42")`` works in any process: pages, worker, mail listener. Without Redis the nudge travels over a local
datagram socket to the one web process; with Redis over a channel to all of them. Each web process hands it to its own
sockets. A lost nudge costs a reload, never data. See ``docs/decisions/0001-live-nudges.md``.
"""

from deskhand.kit.live.topics import Topic, register_topic
from deskhand.kit.live.transport import look_again, nudge, nudged_together

__all__ = ["Topic", "look_again", "nudge", "nudged_together", "register_topic"]
