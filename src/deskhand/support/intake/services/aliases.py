"""The mail addresses of teams (IN-2)."""

from __future__ import annotations

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from deskhand.kit.errors import DomainError
from deskhand.kit.transactions import in_transaction
from deskhand.support.intake.models import TeamAlias
from deskhand.support.teams.public import Team

#: Room for a number behind it, and for a reply token in most cases.
_LONGEST = 50
#: Belong to the mail server (RFC 2142), or to the desk itself.
RESERVED = frozenset(
    {"abuse", "hostmaster", "mailer-daemon", "noreply", "no-reply", "postmaster", "reply", "root", "webmaster"}
)
_FALLBACK = "helpdesk"
#: What Unicode does not take apart by itself, as people write it without the letter.
_LETTERS = str.maketrans(
    {
        "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe", "å": "aa", "œ": "oe", "ð": "d", "þ": "th",
        "đ": "d", "ł": "l", "ı": "i", "&": " and ", "@": " at ", "+": " plus ",
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
        "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
        "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu",
        "я": "ya", "і": "i", "ї": "yi", "є": "ye", "ґ": "g",
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
        "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
        "χ": "ch", "ψ": "ps", "ω": "o",
    }
)  # fmt: skip


class AliasTaken(DomainError):
    code = "alias_taken"
    message = _("Another team has this alias already. Choose a different one.")
    status = 422
    field = "local_part"


class AliasReserved(DomainError):
    code = "alias_reserved"
    message = _("This name belongs to the mail server. Choose a different one.")
    status = 422
    field = "local_part"


@in_transaction
def create_alias(team: Team) -> TeamAlias:
    """Give a new team an address of its own, from its name (IN-2). One query, one INSERT."""
    return TeamAlias.objects.create(team=team, local_part=_free(local_part_of(team.name)))


@in_transaction
def change_alias(team: Team, *, local_part: str, is_enabled: bool) -> TeamAlias:
    """Change the address of a team, or whether mail to it makes tickets.

    Answers to mails that went out before still arrive: their reply addresses are signed, whatever the alias is.

    :raises AliasTaken: another team has it.
    :raises AliasReserved: it belongs to the mail server.
    """
    check_alias(team, local_part)
    alias, _made = TeamAlias.objects.update_or_create(
        team=team, defaults={"local_part": local_part, "is_enabled": is_enabled}
    )
    return alias


def check_alias(team: Team, local_part: str) -> None:
    """Whether a team may have an address. One query.

    :raises AliasTaken: another team has it.
    :raises AliasReserved: it belongs to the mail server.
    """
    if local_part in RESERVED:
        raise AliasReserved
    if TeamAlias.objects.filter(local_part=local_part).exclude(team=team).exists():
        raise AliasTaken


def local_part_of(name: str) -> str:
    """A readable address of a name: *Kundendienst für Großgeräte* is ``kundendienst-fuer-grossgeraete``."""
    letters = unicodedata.normalize("NFC", name).lower().translate(_LETTERS)
    bare = "".join(char for char in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(char))
    plain = bare.translate(_LETTERS).encode("ascii", "ignore").decode()
    dashed = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return dashed[:_LONGEST].rstrip("-") or _FALLBACK


def _free(wanted: str) -> str:
    taken = set(TeamAlias.objects.filter(local_part__startswith=wanted).values_list("local_part", flat=True)) | RESERVED
    if wanted not in taken:
        return wanted
    return next(name for number in range(2, len(taken) + 3) if (name := f"{wanted}-{number}") not in taken)
