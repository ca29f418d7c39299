"""One article from the lines that are its own: title, bylines, paragraphs, what kind it is, what is doubtful."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from jianbao.doubts import Doubt, Why
from jianbao.model import Byline, Kind, Paragraph, ParagraphKind, ReadArticle
from jianbao.reading.lines import old_style
from jianbao.reading.lines.edges import Begin
from jianbao.reading.lines.looks import Seen
from jianbao.reading.lines.verses import is_verse, poem_names
from jianbao.reading.phrases.boxes import is_box_heading, kind_of
from jianbao.reading.phrases.continued import take_marks
from jianbao.reading.phrases.standing_heads import is_standing_head
from jianbao.reading.signatures import in_text
from jianbao.reading.signatures.bylines import Signature
from jianbao.reading.signatures.signed_lines import read_lines
from jianbao.reading.stories.coherence import least_alike
from jianbao.reading.stories.divide import Story
from jianbao.reading.stories.layout import Run
from jianbao.reading.stories.paragraphs import split, subheads
from jianbao.reading.titles.headlines import Rarity, Titles, arrange, is_genre
from jianbao.roles import field_of_role
from jianbao.text import has_private, join_all, straighten, unmatched

# Margins below which a decision is put under review, in the units of `divide` and `lines` (log-odds); measured with
# `benchmarks/reading.py --review`.
THIN_CUT = 1.2
THIN_JOIN = 2.0
THIN_LABEL = 0.6
THIN_TITLES = 0.32
THIN_NAMES = 0.28
# Of 600 articles of the corpus none lies below, of 600 pairs run together one in three.
UNLIKE = 0.03
STRANGE_TITLE = 0.02  # share of a title's telling pieces that its text contains


def text_of(lines: Sequence[Seen]) -> str:
    """Wrapped lines as one clean line. The spaces in a table's row are its columns."""
    if len(lines) == 1 and lines[0].begins is Begin.ROW:
        return lines[0].text.replace("\u3000", " ")
    return straighten(join_all(seen.text for seen in lines))


def build(
    story: Story, known: Mapping[str, int] | None, sure: Mapping[int, float], rarity: Rarity | None = None
) -> ReadArticle:
    """The article. `sure` are the margins of the lines' labels; `rarity` of the page's words."""
    above = story.titles[0] if len(story.titles) > 1 and is_genre(story.titles[0].text) else None
    boxes = [s for s in story.titles if is_box_heading(s.text) and s is not above]  # 短评 above a title heads no box
    lines = [s for s in story.titles if s not in boxes] or story.titles  # 核心阅读 between title and text is no title
    paragraphs = [Paragraph(straighten(s.text), ParagraphKind.BOX) for s in boxes if s not in lines]
    paragraphs += _paragraphs(story)
    texts, on, off = take_marks([p.text for p in paragraphs])
    if len(texts) == len(paragraphs):
        paragraphs = [Paragraph(text, p.kind) for text, p in zip(texts, paragraphs, strict=True)]
    else:
        kinds = {p.text: p.kind for p in paragraphs}
        paragraphs = [Paragraph(text, kinds.get(text, ParagraphKind.TEXT)) for text in texts]
    paragraphs, bylines, names, twice = _sign(story, paragraphs, known)
    titles = _titles(lines)
    kind = kind_of(titles.headline or "", [p.text for p in paragraphs], bool(bylines))
    doubts = [
        *_title_doubts(story, titles, sure, bool(off), kind),
        *_byline_doubts(bylines, names, twice),
        *_body_doubts(story, paragraphs, sure, rarity),
    ]
    return ReadArticle(
        titles.headline,
        tuple(paragraphs),
        tuple(sorted({s.line.number for s in story.all_lines()})),
        titles.kicker,
        titles.subhead,
        tuple(bylines),
        column=titles.column,
        kind=kind,
        continues_on=on,
        continued_from=off,
        doubts=tuple(doubts),
    )


def _titles(lines: Sequence[Seen]) -> Titles:
    """The title's parts; in the old manner its section and the ▲ lines below it are told apart first."""
    texts = [straighten(s.text, brackets="(" not in s.text or ")" not in s.text) for s in lines]
    if not any(s.lean for s in lines):
        return arrange(texts)
    section, rest, below = old_style.part(texts)
    titles = arrange(rest)
    subhead = " ".join([*([titles.subhead] if titles.subhead else []), *below]) or None
    return titles._replace(subhead=subhead, column=section or titles.column)


def _paragraphs(story: Story) -> list[Paragraph]:
    """The body in order: paragraphs of the runs, subheads and box headings between them."""
    found: list[Paragraph] = []
    parted = any(not isinstance(part, Run) for part in story.body)
    for part in story.body:
        if isinstance(part, Run):
            for lines, kind in _parts(part.lines, follows=bool(found) or parted):
                text = text_of(lines)
                kind = ParagraphKind.BOX if is_box_heading(text) else kind
                found += [Paragraph(text, kind)] if text else []
        else:
            for seen in part.lines:
                text = straighten(seen.text)
                found.append(Paragraph(text, ParagraphKind.BOX if is_box_heading(text) else ParagraphKind.SUBHEAD))
    return found


def _parts(lines: Sequence[Seen], *, follows: bool) -> Iterator[tuple[Sequence[Seen], ParagraphKind]]:
    """The paragraphs of a run: lines of verse and of tables each by itself, subheads that only their place tells.
    `follows`: other text stands above, or other subheads below."""
    heads = subheads(lines, follows) | poem_names(lines)
    whole = is_verse(lines)

    def sort(i: int) -> int:
        return i if whole or i in heads or lines[i].begins in (Begin.VERSE, Begin.ROW) else -1

    for place, group in itertools.groupby(range(len(lines)), key=sort):
        some = [lines[i] for i in group]
        if place < 0:
            yield from ((part, ParagraphKind.TEXT) for part in split(some))
        else:
            yield some, ParagraphKind.SUBHEAD if place in heads else ParagraphKind.TEXT


class _Signed(NamedTuple):
    """Paragraphs without the signatures in brackets at the text's head and end; the bylines; how sure the names are;
    whether different people sign in different places, as in two articles taken for one."""

    paragraphs: list[Paragraph]
    bylines: list[Byline]
    margin: float
    twice: bool


def _sign(story: Story, paragraphs: Sequence[Paragraph], known: Mapping[str, int] | None) -> _Signed:
    """Who signs: on lines of their own, before the text, after it."""
    found: list[Signature] = []
    for lines in _neighbours([s for s in story.bylines if s.signature]):
        together = read_lines([s.text for s in lines], known)
        found += [together] if together else [s.signature for s in lines if s.signature]
    paragraphs = list(paragraphs)
    first = next((i for i, p in enumerate(paragraphs) if p.kind is ParagraphKind.TEXT), None)
    if first is not None and (opening := in_text.read_opening(paragraphs[first].text, known)):
        paragraphs[first] = Paragraph(opening.text)
        found.append(opening.signature)
        if first + 1 < len(paragraphs) and in_text.is_dateline(opening.text):  # it stood on a line of its own
            paragraphs[first : first + 2] = [Paragraph(f"{opening.text.strip()} {paragraphs[first + 1].text}")]
    helpers = None
    for i in range(len(paragraphs) - 1, -1, -1):
        closing = in_text.read_closing(paragraphs[i].text, known)
        followed = i + 1 < len(paragraphs)
        if closing and (not followed or any(p.kind is ParagraphKind.BOX for p in paragraphs[i + 1 :])):
            helpers = closing.signature if closing.text == paragraphs[i].text else None  # 参与采写
            paragraphs[i] = Paragraph(closing.text)
            found.append(closing.signature)
            break
        if not followed and not any(p.kind is ParagraphKind.BOX for p in paragraphs):
            break
    if not found and first is not None and (bare := in_text.read_bare_opening(paragraphs[first].text, known)):
        found.append(bare.signature)
    writers = ("reporter", "correspondent")
    names = [
        {b.name for b in signature.bylines}
        for signature in found
        if signature is not helpers and any(field_of_role(b.role) in writers for b in signature.bylines)
    ]
    return _Signed(
        [p for p in paragraphs if p.text],
        list(dict.fromkeys(b for signature in found for b in signature.bylines)),
        min((signature.margin for signature in found), default=1.0),
        len(names) > 1 and not set.intersection(*names),
    )


def _neighbours(lines: Sequence[Seen]) -> list[list[Seen]]:
    """The lines in groups that stand together."""
    groups: list[list[Seen]] = []
    for s in lines:
        if groups and s.line.number - groups[-1][-1].line.number <= 3:
            groups[-1].append(s)
        else:
            groups.append([s])
    return groups


def _title_doubts(story: Story, titles: Titles, sure: Mapping[int, float], continued: bool, kind: Kind) -> list[Doubt]:
    """What is doubtful about headline, kicker and subhead."""
    if titles.headline is None:
        if continued:
            return []
        return [Doubt("title", Why.NO_HEADLINE, 0.0)]
    doubts: list[Doubt] = []
    cut = min(story.above, story.below)
    label = min((sure.get(s.line.number, math.inf) for s in story.titles), default=math.inf)
    if cut < THIN_CUT:
        doubts.append(Doubt("title", Why.NEIGHBOURS_HEADLINE, max(0.0, cut / THIN_CUT)))
    elif label < THIN_LABEL:
        doubts.append(Doubt("title", Why.HEADLINE_OR_TEXT, max(0.0, label / THIN_LABEL)))
    elif story.overlap < STRANGE_TITLE and kind is Kind.NEWS and not is_standing_head(titles.headline):
        doubts.append(Doubt("title", Why.STRANGE_HEADLINE, story.overlap / STRANGE_TITLE))
    if not doubts and any(s.lean == old_style.MAY_BE for s in story.titles):
        doubts.append(Doubt("title", Why.HEADLINE_BY_PLACE, 0.5))
    if titles.margin < THIN_TITLES:
        doubts.append(Doubt("kicker", Why.WHICH_DECK, titles.margin / THIN_TITLES))
        if not any(d.field == "title" for d in doubts):
            doubts.append(Doubt("title", Why.WHICH_DECK, titles.margin / THIN_TITLES))
    return doubts


def _byline_doubts(bylines: Sequence[Byline], margin: float, twice: bool) -> list[Doubt]:
    """One doubt for each kind of signature, where the names are not sure."""
    fields = dict.fromkeys(field_of_role(byline.role) for byline in bylines)
    if twice:
        return [Doubt(field, Why.TWO_SIGNATURES, 0.5) for field in fields]
    if margin >= THIN_NAMES:
        return []
    return [Doubt(field, Why.NAMES, margin / THIN_NAMES) for field in fields]


def _body_doubts(
    story: Story, paragraphs: Sequence[Paragraph], sure: Mapping[int, float], rarity: Rarity | None
) -> list[Doubt]:
    """Whether the text may be another article's in part, or holds what cannot be read."""
    doubts: list[Doubt] = []
    before_boxes = [p.text for p in itertools.takewhile(lambda p: p.kind is not ParagraphKind.BOX, paragraphs)]
    if story.inside < THIN_JOIN:
        doubts.append(Doubt("body", Why.PERHAPS_TWO, max(0.0, story.inside / THIN_JOIN)))
    elif rarity and (alike := least_alike(before_boxes, rarity)) < UNLIKE:
        doubts.append(Doubt("body", Why.UNLIKE_HALVES, alike / UNLIKE))
    weakest = min((sure.get(s.line.number, math.inf) for part in story.body for s in part.lines), default=math.inf)
    if weakest < THIN_LABEL and not doubts:
        doubts.append(Doubt("body", Why.TEXT_OR_HEADLINE, max(0.0, weakest / THIN_LABEL)))
    text = "".join(p.text for p in paragraphs)
    if has_private(text):
        doubts.append(Doubt("body", Why.GLYPHS, 0.0))
    lost = [p.text for p in paragraphs if unmatched(p.text)]
    if lost:
        doubts.append(Doubt("body", Why.BRACKET, 0.8, (lost[0][:12],)))
    return doubts
