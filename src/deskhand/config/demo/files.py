"""Small files that customers and the desk send: pictures and documents, drawn here."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass
from random import Random

_WIDTH, _HEIGHT = 360, 240
_PICTURES = frozenset({"photo", "video frame"})
#: Walls, floors and fronts of appliances.
_COLOURS = ((236, 233, 226), (214, 219, 224), (120, 128, 138), (74, 84, 96), (196, 176, 150), (58, 92, 128))


@dataclass(frozen=True)
class SentFile:
    """A file on its way: its name, type and bytes."""

    name: str
    mime_type: str
    data: bytes

    @property
    def is_picture(self) -> bool:
        return self.mime_type.startswith("image/")


def make_file(kind: str, random: Random) -> SentFile:
    """A picture for a ``photo``, a one-page document for everything else."""
    number = random.randint(1000, 9999)
    if kind in _PICTURES:
        return SentFile(f"IMG_{number}.png", "image/png", _picture(random))
    title = kind[0].upper() + kind[1:]
    return SentFile(f"{title.replace(' ', '-')}-{number}.pdf", "application/pdf", _document(f"{title} {number}"))


def _picture(random: Random) -> bytes:
    """Something like a snapshot of an appliance in a corner: a wall, a floor, a front with a plate on it."""
    wall, floor, front, plate = (bytes(colour) for colour in random.sample(_COLOURS, 4))
    left, top = random.randint(30, 120), random.randint(20, 70)
    rows = []
    for y in range(_HEIGHT):
        ground = floor if y > _HEIGHT * 3 // 4 else wall
        label = plate if top + 90 < y < top + 130 else front
        appliance = front * 40 + label * 90 + front * 60 if y > top else ground * 190
        rows.append(b"\0" + ground * left + appliance + ground * (_WIDTH - left - 190))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows), 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _document(title: str) -> bytes:
    """A page of A4 with a heading and a line, in PDF 1.4."""
    text = f"BT /F1 22 Tf 72 760 Td ({title}) Tj ET BT /F1 11 Tf 72 730 Td (Nordlys Home AS) Tj ET"
    fonts = "<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources {fonts} >>",
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
    ]
    document, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(document))
        document += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    start = len(document)
    document += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return document + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
