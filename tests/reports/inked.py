"""A picture as the dots that it is made of: enough of PNG to see whether something is drawn somewhere."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

CHANNELS = {2: 3, 6: 4}
PALE = 200


@dataclass(frozen=True)
class Picture:
    """Rows of dots, each as its colours (and, in some, how solid it is)."""

    width: int
    height: int
    channels: int
    rows: tuple[bytes, ...]

    def ink(self, left: float, top: float, right: float, bottom: float) -> int:
        """How many dots are dark in a part of the picture; the edges are shares of its width and height."""
        columns = range(int(left * self.width), int(right * self.width))
        return sum(
            max(row[self.channels * x : self.channels * x + 3]) < PALE
            for row in self.rows[int(top * self.height) : int(bottom * self.height)]
            for x in columns
        )


def read(png: bytes) -> Picture:
    """The dots of an 8-bit PNG without interlacing."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks = dict(_chunks(png))
    width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", chunks[b"IHDR"])
    assert (depth, interlaced) == (8, 0)
    channels = CHANNELS[colours]
    return Picture(width, height, channels, tuple(_rows(zlib.decompress(chunks[b"IDAT"]), width, height, channels)))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at, dots = 8, b""
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        kind, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        dots += data if kind == b"IDAT" else b""
        yield kind, dots if kind == b"IDAT" else data
        at += 12 + size


def _rows(packed: bytes, width: int, height: int, channels: int) -> Iterator[bytes]:
    """Each row is told as its difference from what stands left of it and above it, in one of five ways."""
    size = width * channels
    above = bytearray(size)
    for number in range(height):
        way, *told = packed[number * (size + 1) : (number + 1) * (size + 1)]
        row = bytearray(size)
        for x, value in enumerate(told):
            left = row[x - channels] if x >= channels else 0
            corner = above[x - channels] if x >= channels else 0
            row[x] = (value + _expected(way, left, above[x], corner)) % 256
        yield bytes(row)
        above = row


def _expected(way: int, left: int, up: int, corner: int) -> int:
    """What the PNG filters 0 to 4 expect: nothing, left, up, their mean, or Paeth's choice."""
    guess = left + up - corner
    paeth = min((left, up, corner), key=lambda value: abs(guess - value))
    return (0, left, up, (left + up) // 2, paeth)[way]
