"""As much of protocol buffers as Anki's files need: which field numbers a message holds, with what values.

Encoding: https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

_VARINT, _FIXED_64, _BYTES, _FIXED_32 = 0, 1, 2, 5
_LENGTHS: Final = {_FIXED_64: 8, _FIXED_32: 4}


def numbers(message: bytes) -> dict[int, int] | None:
    """The whole numbers of a message by field; None if it is damaged."""
    try:
        return {field: value for field, value in _fields(message) if isinstance(value, int)}
    except ValueError:
        return None


def texts(message: bytes) -> dict[int, str] | None:
    """The texts (and whatever else is UTF-8 by chance) of a message by field; None if it is damaged."""
    try:
        found = {field: value for field, value in _fields(message) if isinstance(value, bytes)}
    except ValueError:
        return None
    return {field: value.decode(errors="replace") for field, value in found.items()}


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        field, kind = key >> 3, key & 7
        if kind == _VARINT:
            value, at = _varint(message, at)
            yield field, value
            continue
        if kind == _BYTES:
            length, at = _varint(message, at)
        else:
            length = _LENGTHS.get(kind, len(message) + 1)
        if at + length > len(message):
            raise ValueError("cut off")
        yield field, message[at : at + length]
        at += length


def _varint(message: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(10):
        if at + place >= len(message):
            break
        byte = message[at + place]
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    raise ValueError("cut off")
