"""The weights of `scores.py`, apart, so that they can be fitted (`fit_lines.py`) and read in one piece."""

from __future__ import annotations

from typing import Final


class _Weights:
    """Log-odds of the looks of a line (b_ as body text, t_ as a title) and of its place after another.

    Set by hand, then fitted by `benchmarks/fit_lines.py` on pages laid out from a corpus.
    """

    b_ended = 0.85  # a sentence ends with the line, within its column
    b_full = 0.33  # as wide as its column
    b_beside = -0.19  # as wide as a neighbour
    b_first = 0.24  # two characters short, or a word that is not divided follows
    b_odd = -1.91  # none of these: a width that body text has not
    b_jump = -0.44  # full, open, and the next line is much wider or narrower
    b_bracket = 3.00  # opens with a bracket
    t_stop = -5.00  # ends with 。
    t_cry = -0.52  # ends with another mark that ends a sentence
    t_comma_end = -4.00
    t_inner_stop = -3.00
    t_inner_semicolon = -2.00
    t_inner_comma = -2.19
    t_list = -1.00
    t_wide = -0.05
    t_opens = -4.00
    t_bracket = -6.00
    t_mark = -4.00  # begins with a mark that no line begins with
    t_dash = 3.00
    t_box = 5.00  # 相关链接, 核心阅读 …
    t_numbered = 5.00  # 一、二、 without a mark at the end: a subhead
    t_signed = -2.50  # reads as a signature with its role
    t_credited = -4.00  # looks like a caption; set by hand
    t_alone = 0.67  # blank lines above and below
    t_over = 2.00  # below a blank line, ends nothing, far shorter than the full line right below; set by hand
    t_apart = 2.50  # besides, where blank lines part articles; set by hand
    t_flush = 5.00  # the same right below a sentence's end
    signs_head = 1.50  # with a role, below a short line without an end; set by hand
    t_asks = 2.50  # ends with ？ or ！ below a short line
    t_short = 1.79
    t_indent = -1.00
    opens = 3.48
    go_on = 0.6188
    new = 0.8582
    title_after_end = 0.1316
    title_parted = -2.18
    byline_parted = -1.20
    caption_parted = -1.47
    goes_on_caption = -0.20  # worse for each line than text, so that no caption takes a whole article
    title_body = -1.62
    title_title = -0.38
    title_title_gap = -2.09
    title_byline = 0.07
    byline_body = -0.79
    byline_title = -2.70
    byline_byline = -1.20
    byline_byline_gap = -3.00
    credits = 5.00  # who took a picture, below a caption or text rather than below a title; set by hand
    signed_marked = 5.26
    signed = 2.30
    marked = 2.00
    bare_name = -1.25
    padded_name = 6.0  # set by hand
    signs_off = 7.0  # also: a bare name right below a text, above a blank line
    bare_names = 2.5
    odd_name = -3.30


W: Final = _Weights()
