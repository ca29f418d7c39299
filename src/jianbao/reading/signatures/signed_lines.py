"""Signatures over several neighbouring lines: roles whose names stand on the next line, names cut by a line's end."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from jianbao.model import Byline
from jianbao.reading.signatures.bylines import Signature, read_signature
from jianbao.reading.signatures.patterns import MARKERS, NAMELESS
from jianbao.text import is_han


def read_lines(texts: Sequence[str], known: Mapping[str, int] | None = None) -> Signature | None:
    """The signature that neighbouring lines give together: a role on one line may have its names on the next, and
    a name may be cut by the line's end. A role that stays without names (本报评论员) is its own name."""
    blocks: list[str] = []
    for text in texts:
        alone = read_signature(text, known)
        has_role = alone is not None and bool(alone.bylines[0].role)
        if blocks and text[0] not in MARKERS and (not has_role or _NAMELESS_END.search(blocks[-1])):
            orphan = len(re.split(r"[ 　、，]", text, maxsplit=1)[0]) == 1 and is_han(blocks[-1][-1])
            together = blocks[-1] + ("" if orphan else " ") + text
            if read_signature(together, known):
                blocks[-1] = together
                continue
        blocks.append(text)
    found = [signature for block in blocks if (signature := read_signature(block, known))]
    named = [signature for signature in found if not _is_nameless(signature)] or found[:1]
    if not named:
        return None
    return Signature(
        tuple(Byline("", b.name) if b.role == b.name else b for signature in named for b in signature.bylines),
        min(signature.margin for signature in named),
        tuple(name for signature in named for name in signature.odd),
    )


_NAMELESS_END: Final = re.compile(rf"(?:^|[ 　]|(?<=[■□●◆])){NAMELESS.pattern}\s*$")


def _is_nameless(signature: Signature) -> bool:
    """Whether it is only a role (本报记者), which its names may follow."""
    return len(signature.bylines) == 1 and signature.bylines[0].role == signature.bylines[0].name
