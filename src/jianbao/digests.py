"""Hashes by which caches and records know what they were made of."""

from __future__ import annotations

from hashlib import blake2b


def digest_of(data: bytes) -> str:
    """The hash of a file's bytes, 32 hexadecimal digits."""
    return blake2b(data, digest_size=16).hexdigest()
