"""The machine's doubts are said in the editor's language, and kept as what was doubted."""

from __future__ import annotations

import re

import pytest

from jianbao.doubts import Doubt, Why, doubt_of

SHOWN = ("甲", "乙")


def doubt(why: Why) -> Doubt:
    """A doubt of this kind with as many things shown as its sentence names."""
    for count in range(3):
        try:
            return doubt_of("title", why.value, 0.25, *SHOWN[:count])
        except ValueError:
            continue
    raise AssertionError(f"{why} names more than two things")


@pytest.mark.parametrize("why", list(Why))
def test_every_doubt_is_told_in_both_languages(why: Why) -> None:
    one = doubt(why)
    for name in one.shown:
        assert name in one.sentence.zh and name in one.sentence.en
    assert "{" not in one.sentence.zh + one.sentence.en
    if why is not Why.AS_TOLD:
        assert not re.search(r"[\u4e00-\u9fff]", one.sentence.en.translate({ord(name): None for name in SHOWN}))


def test_a_sentence_that_an_earlier_version_wrote_stays_as_it_is() -> None:
    one = doubt_of("title", "从前的理由。", 0.5)
    assert (one.why, one.sentence.zh, one.sentence.en) == (Why.AS_TOLD, "从前的理由。", "从前的理由。")
