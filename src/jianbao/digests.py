"""Hashes by which caches and records know what they were made of."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b


def digest_of(data: bytes) -> str:
    """The hash of a file's bytes, 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()


def digest_of_marks(marks: Iterable[tuple[str, str]]) -> str:
    """One hash of files with their marks."""
    return digest_of("".join([f"{path}\0{mark}\n" for path, mark in marks]).encode("utf-8", "surrogateescape"))
