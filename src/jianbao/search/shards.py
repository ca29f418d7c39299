"""Shards: the gram table with its postings, cut by hash, each a classic script that `static/search.js` reads.

A shard's bytes, before raw deflate, are sections of like numbers (each its own Huffman table):

    head      generation (4 bytes), then for each length of gram: length in UTF-16 units, how many (varints), 0
    grams     for each length the UTF-16BE bytes, byte planes one after the other; grams sorted
    counts    how many documents each gram has, one byte; 255 = the number follows as 4 bytes after all
    kinds     for each gram: 1–3 bytes for a gap between document numbers; +4 where weights follow
    gaps      lowest bytes of all gaps, then second bytes where there are, then third ones
    weights   one byte each, for the grams that have any

Little-endian. The script is `jianbao.take("NAME","BASE64")`, base64 of Adler-32 (4 bytes) and the deflated bytes.
"""

from __future__ import annotations

import base64
import json
import struct
import sys
import zlib
from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate
from operator import sub
from typing import Final, NamedTuple

MASK: Final = 0xFFFFFFFF


class Posting(NamedTuple):
    """Documents in ascending order, and the weight of each (empty: all nothing)."""

    numbers: Sequence[int]
    weights: bytes


def bucket(gram: str, shards: int) -> int:
    """The shard of a gram; `shards` is a power of two. Three-character grams stay with their first pair."""
    value = 2166136261
    for character in gram[:2]:
        value = ((value ^ ord(character)) * 16777619) & MASK
    value ^= value >> 15
    value = (value * 0x2C1B3C6D) & MASK
    return (value ^ (value >> 13)) & (shards - 1)


def script(name: str, raw: bytes | Sequence[bytes]) -> bytes:
    """A classic script carrying bytes (or sections of bytes, each compressed with its own table)."""
    sections = [raw] if isinstance(raw, bytes) else [section for section in raw if section]
    packer = zlib.compressobj(6, zlib.DEFLATED, -15, 9)
    packed, check = [], 1
    for i, section in enumerate(sections):
        check = zlib.adler32(section, check)
        packed.append(packer.compress(section))
        if len(section) > 256 and i + 1 < len(sections):
            packed.append(packer.flush(zlib.Z_SYNC_FLUSH))
    packed.append(packer.flush())
    data = base64.b64encode(struct.pack("<I", check) + b"".join(packed)).decode()
    return f'jianbao.take({json.dumps(name, ensure_ascii=False)},"{data}");\n'.encode()


def unscript(data: bytes) -> bytes:
    """The bytes a script carries; ValueError where they are damaged."""
    packed = base64.b64decode(data.rsplit(b'"', 2)[1], validate=True)
    try:
        raw = zlib.decompress(packed[4:], -15)
    except zlib.error as error:
        raise ValueError("damaged shard") from error
    if struct.unpack("<I", packed[:4])[0] != zlib.adler32(raw):
        raise ValueError("damaged shard")
    return raw


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _gaps(numbers: Sequence[int]) -> array[int]:
    gaps = array("I", numbers)
    gaps[1:] = array("I", map(sub, numbers[1:], numbers))
    if sys.byteorder == "big":
        gaps.byteswap()
    return gaps


def encode(postings: Mapping[str, Posting], generation: bytes) -> list[bytes]:
    """The sections of a shard."""
    by_length: dict[int, list[tuple[bytes, str]]] = {}
    for gram in postings:
        units = gram.encode("utf-16-be")
        by_length.setdefault(len(units) // 2, []).append((units, gram))
    head, planes, grams = [generation], [], []
    for length, group in sorted(by_length.items()):
        group.sort()
        head += [_varint(length), _varint(len(group))]
        joined = b"".join(units for units, _ in group)
        planes += [joined[i :: 2 * length] for i in range(2 * length)]
        grams += [gram for _, gram in group]
    head.append(b"\0")
    counts, more, kinds = bytearray(), bytearray(), bytearray()
    low, middle, high, weights = bytearray(), bytearray(), bytearray(), bytearray()
    for gram in grams:
        numbers, marks = postings[gram]
        size = len(numbers)
        if size == 1:  # most grams: worth a short way
            number = numbers[0]
            width = 1 if number < 256 else 2 if number < 65536 else 3
            counts.append(1)
            low.append(number & 255)
            if width > 1:
                middle.append(number >> 8 & 255)
            if width > 2:
                high.append(number >> 16)
        else:
            counts.append(size if size < 255 else 255)
            if size >= 255:
                more += struct.pack("<I", size)
            gaps = _gaps(numbers)
            width = 1 if (top := max(gaps)) < 256 else 2 if top < 65536 else 3
            data = gaps.tobytes()
            low += data[0::4]
            if width > 1:
                middle += data[1::4]
            if width > 2:
                high += data[2::4]
        if any(marks):
            kinds.append(width + 4)
            weights += marks
        else:
            kinds.append(width)
    return [
        b"".join(head) + b"".join(planes),
        bytes(counts + more + kinds),
        bytes(low),
        bytes(middle + high),
        bytes(weights),
    ]


def decode(raw: bytes) -> tuple[bytes, dict[str, Posting]]:
    """Generation and postings of a shard's bytes; the inverse of `encode`."""
    place = 4
    groups: list[tuple[int, int]] = []

    def varint() -> int:
        nonlocal place
        value = shift = 0
        while True:
            byte = raw[place]
            place += 1
            value |= (byte & 127) << shift
            if byte < 128:
                return value
            shift += 7

    while length := varint():
        groups.append((length, varint()))

    def take(size: int) -> bytes:
        nonlocal place
        place += size
        return raw[place - size : place]

    grams: list[str] = []
    for length, size in groups:
        joined = bytearray(2 * length * size)
        for i in range(2 * length):
            joined[i :: 2 * length] = take(size)
        grams += [joined[i : i + 2 * length].decode("utf-16-be") for i in range(0, len(joined), 2 * length)]
    counts = list(take(len(grams)))
    for i, count in enumerate(counts):
        if count == 255:
            counts[i] = struct.unpack("<I", take(4))[0]
    kinds = take(len(grams))
    gaps = [bytearray(4 * count) for count in counts]
    for plane in range(3):
        for i, count in enumerate(counts):
            if kinds[i] & 3 > plane:
                gaps[i][plane::4] = take(count)
    postings: dict[str, Posting] = {}
    for gram, kind, data, count in zip(grams, kinds, gaps, counts, strict=True):
        numbers = array("I", bytes(data))
        if sys.byteorder == "big":
            numbers.byteswap()
        postings[gram] = Posting(array("I", accumulate(numbers)), take(count) if kind & 4 else b"")
    return raw[:4], postings
