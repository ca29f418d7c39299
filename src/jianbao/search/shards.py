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
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, repeat
from operator import and_, rshift, sub
from typing import Final, TypeAlias

MASK: Final = 0xFFFFFFFF
_THREE, _SEVEN = repeat(3), repeat(7)


# The documents that have a gram, in ascending order, each as number << 3 | weight.
Entries: TypeAlias = "array[int]"


def bucket(gram: str, shards: int) -> int:
    """The shard of a gram; `shards` is a power of two. Three-character grams stay with their first pair."""
    value = 2166136261
    for character in gram[:2]:
        value = ((value ^ ord(character)) * 16777619) & MASK
    value ^= value >> 15
    value = (value * 0x2C1B3C6D) & MASK
    return (value ^ (value >> 13)) & (shards - 1)


# zlib's window and memory: clearing the tables of the usual ones takes longer than packing what fits into a small one.
_LITTLE: Final = (-13, 7)
_MUCH: Final = (-15, 9)
_FITS: Final = (1 << 13) - 262  # bytes; what deflate looks ahead is no part of the window


def script(name: str, raw: bytes | Sequence[bytes]) -> bytes:
    """A classic script carrying bytes (or sections of bytes, each compressed with its own table)."""
    sections = [raw] if isinstance(raw, bytes) else [section for section in raw if section]
    packer = zlib.compressobj(6, zlib.DEFLATED, *(_LITTLE if sum(map(len, sections)) < _FITS else _MUCH))
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


def varint(number: int) -> bytes:
    """Seven bits a byte, the lowest first, the top bit where more follow (LEB128)."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    out.append(number)
    return bytes(out)


def _grouped(grams: Iterable[str]) -> list[tuple[int, list[str]]]:
    """Grams by their length in UTF-16 units, sorted."""
    groups: dict[int, list[str]] = {}
    for gram in sorted(grams):
        length = len(gram) if max(gram) < "\U00010000" else len(gram.encode("utf-16-be")) // 2
        groups.setdefault(length, []).append(gram)
    return sorted(groups.items())


def encode(postings: Mapping[str, Entries], generation: bytes) -> list[bytes]:
    """The sections of a shard."""
    head, planes = bytearray(generation), []
    counts, more, kinds = bytearray(), bytearray(), bytearray()
    low, middle, high, weights = bytearray(), bytearray(), bytearray(), bytearray()
    for length, group in _grouped(postings):
        head += varint(length) + varint(len(group))
        units = "".join(group).encode("utf-16-be")
        planes += [units[i :: 2 * length] for i in range(2 * length)]
        for gram in group:
            entries = postings[gram]
            size = len(entries)
            if size == 1:  # most grams: worth a short way
                number, weight = entries[0] >> 3, entries[0] & 7
                counts.append(1)
                low.append(number & 255)
                if number < 256:
                    kinds.append(5 if weight else 1)
                else:
                    middle.append(number >> 8 & 255)
                    if number < 65536:
                        kinds.append(6 if weight else 2)
                    else:
                        high.append(number >> 16)
                        kinds.append(7 if weight else 3)
                if weight:
                    weights.append(weight)
                continue
            counts.append(size if size < 255 else 255)
            if size >= 255:
                more += struct.pack("<I", size)
            numbers = array("I", map(rshift, entries, _THREE))
            gaps = array("I", map(sub, numbers[1:], numbers))
            gaps.insert(0, numbers[0])
            if sys.byteorder == "big":
                gaps.byteswap()
            data = gaps.tobytes()
            low += data[0::4]
            width = 1 if (top := max(gaps)) < 256 else 2 if top < 65536 else 3
            if width > 1:
                middle += data[1::4]
            if width > 2:
                high += data[2::4]
            marks = bytes(map(and_, entries, _SEVEN))
            heavy = any(marks)
            kinds.append(width + 4 * heavy)
            if heavy:
                weights += marks
    head.append(0)
    return [
        bytes(head) + b"".join(planes),
        bytes(counts + more + kinds),
        bytes(low),
        bytes(middle + high),
        bytes(weights),
    ]


def decode(raw: bytes) -> tuple[bytes, dict[str, Entries]]:
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
    postings: dict[str, Entries] = {}
    for gram, kind, data, count in zip(grams, kinds, gaps, counts, strict=True):
        numbers = array("I", bytes(data))
        if sys.byteorder == "big":
            numbers.byteswap()
        marks = take(count) if kind & 4 else bytes(count)
        postings[gram] = array(
            "I", (number << 3 | mark for number, mark in zip(accumulate(numbers), marks, strict=True))
        )
    return raw[:4], postings
