"""How large a picture is once it is unpacked, by its first bytes alone; nothing is decoded."""

import struct

# A3 at 600 dots an inch; more is no picture of a document but a way to fill a memory.
MOST_PIXELS = 100_000_000
_SIZES = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}


def pixels(data: bytes) -> int:
    """Width times height of a PNG, GIF, BMP or JPEG; 0 for anything else."""
    if data.startswith(b"\x89PNG") and len(data) >= 24:
        width, height = struct.unpack_from(">II", data, 16)
    elif data.startswith(b"GIF8") and len(data) >= 10:
        width, height = struct.unpack_from("<HH", data, 6)
    elif data.startswith(b"BM") and len(data) >= 26:
        width, height = struct.unpack_from("<ii", data, 18)
    elif data.startswith(b"\xff\xd8"):
        width, height = _jpeg(data)
    else:
        return 0
    return abs(int(width) * int(height))


def _jpeg(data: bytes) -> tuple[int, int]:
    """Walk from mark to mark until the one that names the size."""
    at = 2
    while at + 9 < len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], struct.unpack_from(">H", data, at + 2)[0]
        if mark in _SIZES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return width, height
        at += 2 + length
    return 0, 0
