"""Bytes to text, whatever the sender says or does not say about the charset.

Mails lie about charsets in a few well-known ways; each rule below stands for one of them. Nothing here raises.
"""

from __future__ import annotations

import codecs
import re
from encodings import normalize_encoding
from encodings.aliases import aliases
from functools import lru_cache

_SAMPLE = 8192
#: Fewer letters than this prove no script.
_FEW = 4

#: Names senders use that Python does not know, or for which a superset is always right.
_ALIASES = {
    "ansi": "cp1252", "ansi_x3_110_1983": "cp1252", "windows": "cp1252", "dos": "cp850",
    "latin_1": "cp1252", "iso8859_1": "cp1252", "iso8859_9": "cp1254", "iso8859_11": "cp874", "tis_620": "cp874",
    "iso_8859_8_i": "iso8859_8", "iso_8859_8_e": "iso8859_8", "iso_8859_6_i": "iso8859_6", "iso_8859_6_e": "iso8859_6",
    "gb2312": "gb18030", "gbk": "gb18030", "x_gbk": "gb18030", "hz_gb_2312": "hz", "chinesebig5": "big5hkscs",
    "big5": "big5hkscs", "x_x_big5": "big5hkscs",
    "euc_kr": "cp949", "ks_c_5601": "cp949", "x_windows_949": "cp949", "johab": "johab",
    "shift_jis": "cp932", "x_sjis": "cp932", "sjis_win": "cp932", "windows_31j": "cp932", "x_euc_jp": "euc_jp",
    "iso2022_jp": "iso2022_jp_ext", "cp50220": "iso2022_jp_ext", "cp50221": "iso2022_jp_ext",
    "x_mac_roman": "mac_roman", "x_macroman": "mac_roman", "macintosh": "mac_roman", "x_mac_ce": "mac_latin2",
    "x_mac_cyrillic": "mac_cyrillic", "x_mac_greek": "mac_greek", "x_mac_turkish": "mac_turkish",
    "koi8": "koi8_r", "koi": "koi8_r", "koi8_ru": "koi8_u", "koi8_r": "koi8_r", "koi8_u": "koi8_u", "koi8_t": "koi8_t",
    "utf8mb4": "utf_8", "utf_8n": "utf_8", "utf_8_sig": "utf_8", "x_utf_8": "utf_8", "unicode": "utf_16",
    "ucs_2": "utf_16", "unicode_1_1_utf_7": "utf_7", "unicode_1_1_utf_8": "utf_8", "unicode_2_0_utf_7": "utf_7",
    "cp65001": "utf_8", "cp856": "cp856", "cp874": "cp874", "cp720": "cp720", "cp737": "cp737",
}  # fmt: skip
#: Not charsets of a text, though Python calls them codecs.
_NO_CHARSETS = {
    "base64_codec", "bz2_codec", "hex_codec", "idna", "mbcs", "oem", "punycode", "quopri_codec", "raw_unicode_escape",
    "rot_13", "undefined", "unicode_escape", "uu_codec", "zlib_codec",
}  # fmt: skip
_KNOWN = set(aliases.values()) - _NO_CHARSETS
#: Charsets in which a byte is a letter: a text that happens to be valid UTF-8 was never written in one of them.
_MULTI_BYTE = re.compile(r"utf|gb|big5|cp9[345]|euc|jis|johab|2022|hz")

_CP1252 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}

_CYRILLIC = "оеаинтсрвлк"
_JAPANESE = "のにはをたがでとしてなかられまるいうりすこさもきだく。、ンスルー"
_WESTERN = "¿¡äöüßéèêëàáâãåçñíìîïóòôõøúùûæœ ÄÖÜÉÈÀÁÅÇÑÓØÆ’‘“”„–—…€«»°§£·•"
#: Letters that a text of the charset is full of, if the charset is the right one. Latin scripts stand apart: there
#: letters outside ASCII are rare and lonely, in all others they are the text.
_COMMON_LATIN = {
    "cp1252": _WESTERN,
    "cp1250": "ąćęłńóśźżáčďéěíňřšťúůýžőűäöüßâăîşţŁŚŻČŘŠŽ„”–…",
    "cp1254": "çğıöşüÇĞİÖŞÜâî’“”…",
    "mac_roman": "äöüßéèêëàáâãåçñíìîïóòôõøúùûæÄÖÜÉ’“”„–",
}
_COMMON_OTHER = {
    "cp1251": _CYRILLIC + "іїє", "koi8_u": _CYRILLIC + "іїє", "iso8859_5": _CYRILLIC, "cp866": _CYRILLIC,
    "cp1253": "αοιετσνηρπκμλςάέίό", "cp1255": "יוהלאמרתבשנםד", "cp1256": "اليمنوترب", "cp874": "านรอกเงมยลวส่ด้ั",
    "gb18030": "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下您好请，。",
    "big5hkscs": "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下您好請，。",
    "cp932": _JAPANESE, "euc_jp": _JAPANESE,
    "cp949": "이다는을의에가하고기지리사로도한를대어나자시니요",
}  # fmt: skip


def decode(data: bytes, declared: str = "") -> str:
    """The text of ``data``. ``declared``, what the mail says its charset is, is believed as far as it is credible."""
    codec = codec_named(declared)
    if data.isascii() and b"\x1b" not in data and (codec is None or _extends_ascii(codec)):
        return data.decode("ascii")
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and codec != "utf_32":
        codec = "utf_8" if data.startswith(codecs.BOM_UTF8) else "utf_16"
    if codec is None or codec == "ascii":
        codec = guess(data)
    elif not _MULTI_BYTE.search(codec) and _is_utf8(data):
        codec = "utf_8"
    return _decoded(data, codec).removeprefix("\ufeff")


@lru_cache(maxsize=256)
def codec_named(declared: str) -> str | None:
    """Python's codec for a charset label as found in mails; None for one that nobody knows."""
    name = normalize_encoding(declared.strip().strip("'\"").lower()[:40])
    for label in (name, name.removeprefix("x_"), re.sub(r"^(?:cp|windows|win|ibm|dos|x_cp)_?(\d+)$", r"cp\1", name)):
        codec = _ALIASES.get(label) or aliases.get(label) or (label if label in _KNOWN else None)
        if codec is not None and codec not in _NO_CHARSETS:
            return _ALIASES.get(codec, codec)
    return None


def guess(data: bytes) -> str:
    """The codec of text that comes without a label, from what it looks like."""
    if b"\x1b$" in data or b"\x1b(J" in data:
        return "iso2022_kr" if b"\x1b$)C" in data else "iso2022_jp_ext"
    if _is_utf8(data):
        return "utf_8"
    sample = data[:_SAMPLE]
    if sample.count(0) * 3 > len(sample):
        return "utf_16_be" if sample[:1] == b"\0" else "utf_16_le"
    foreign = len(re.findall(rb"[\x80-\xff]", sample))
    scores = {codec: _share(sample, codec, common) for codec, common in _COMMON_LATIN.items()}
    if foreign >= _FEW and foreign > len(re.findall(rb"[A-Za-z]", sample)):
        scores = {codec: _share(sample, codec, common) for codec, common in _COMMON_OTHER.items()} | {"cp1252": 0.25}
    best = max(scores, key=lambda codec: scores[codec])
    return best if scores[best] > scores["cp1252"] + 0.1 else "cp1252"


def _decoded(data: bytes, codec: str) -> str:
    if codec == "cp1252":
        return data.decode("latin-1").translate(_CP1252)
    try:
        return data.decode(codec)
    except (UnicodeError, LookupError, ValueError):
        pass
    if codec == "utf_8":
        return _damaged_utf8(data)
    if _is_utf8(data):
        return data.decode("utf-8")
    if codec == "iso2022_jp_ext" and b"\x1b" not in data:
        return _decoded(data, guess(data))
    return data.decode(codec, "replace")


def _damaged_utf8(data: bytes) -> str:
    """Declared UTF-8, but not all of it is: either a few bytes are broken, or it is something else altogether."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    sound = sum(char > "\x7f" for char in text[:_SAMPLE]) - text[:_SAMPLE].count("\ufffd")
    return text if sound >= broken else _decoded(data, guess(data))


def _share(sample: bytes, codec: str, common: str) -> float:
    """How much of what is not ASCII are letters frequent in the languages of this charset: 0 to 1."""
    try:
        text = codecs.getincrementaldecoder(codec)().decode(sample, final=False)
    except UnicodeError:
        return 0.0
    foreign = [char for char in text if char > "\x7f"]
    letters = frozenset(common)
    return sum(char in letters for char in foreign) / len(foreign) if foreign else 0.0


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


@lru_cache(maxsize=256)
def _extends_ascii(codec: str) -> bool:
    ascii_bytes = bytes(range(0x20, 0x7F))
    return ascii_bytes.decode(codec, "replace") == ascii_bytes.decode("ascii")
