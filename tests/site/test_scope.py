"""What lies outside the scope of a correction is as it was; inside it the same views are named as for everything."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import sample
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from jianbao.archive import Archive, assemble
from jianbao.model import Article, Byline, PaperDate
from jianbao.site.core import Given, Site
from jianbao.site.scope import EVERYTHING, Edit, Scope, scope_of
from jianbao.site.views import views, views_of

Related = Mapping[str, tuple[str, ...]]
ALL = {one.path: one for one in sample.articles()}
PATHS = st.sampled_from(sorted(ALL))
NEW = sample.article("2021-12-06-01-07", "新添的一篇", by=[("记者", "新来的人")], section="新版", tags=("轮渡",))
OTHER_DAY = sample.article("2021-12-09-01-01", "又出一期", by=[("记者", "竹静")])
EDITS = st.one_of(
    st.tuples(PATHS, st.just("digest"), st.sampled_from(["x", "y"])),
    st.tuples(PATHS, st.just("title"), st.sampled_from(["", "改过的标题", "另一个标题"])),
    st.tuples(PATHS, st.just("length"), st.integers(0, 400)),
    st.tuples(PATHS, st.just("section"), st.sampled_from(["", "要闻", "文化", "新版"])),
    st.tuples(PATHS, st.just("page"), st.sampled_from(["1", "2", "A03", ""])),
    st.tuples(PATHS, st.just("tags"), st.sampled_from([(), ("轮渡",), ("新标签", "老街")])),
    st.tuples(PATHS, st.just("review"), st.sampled_from([(), ("title",)])),
    st.tuples(PATHS, st.just("bylines"), st.sampled_from([(), (Byline("记者", "竹静"), Byline("", "新来的人"))])),
    st.tuples(PATHS, st.just("source"), st.sampled_from([(), ("scans/2021-12-07/02.txt#L1-L9",)])),
    st.tuples(
        PATHS,
        st.just("date"),
        st.sampled_from([None, PaperDate(2021, 12, 6), PaperDate(2019, 12, 7), PaperDate(2020, 5, 1, True)]),
    ),
    st.tuples(PATHS, st.just("gone"), st.none()),
    st.tuples(st.just(NEW.path), st.just("new"), st.just(NEW)),
    st.tuples(st.just(OTHER_DAY.path), st.just("new"), st.just(OTHER_DAY)),
)
LINKS = st.dictionaries(
    st.sampled_from([one.id for one in ALL.values()]),
    st.lists(st.sampled_from([NEW.id, *[one.id for one in ALL.values()]]), max_size=3, unique=True).map(tuple),
    max_size=4,
)
SCANS = st.dictionaries(st.sampled_from(sorted(sample.SCANS)), st.sampled_from(["1", "2"]))


def edited(edits: Collection[tuple[str, str, object]]) -> dict[str, Article]:
    found = dict(ALL)
    for path, name, value in edits:
        if name == "gone":
            found.pop(path, None)
        elif isinstance(value, Article):
            found[path] = value
        elif path in found:
            found[path] = replace(found[path], **{name: value, "digest": found[path].digest + "+"})
    return found


def site(archive: Archive, related: Related, scans: Mapping[str, str]) -> Site:
    return Site(archive, Given(sample.body_html, lambda one: related.get(one.id, ()), sample.scan_text, scans))


def named(one: Site, scope: Scope) -> dict[str, tuple[str, str]]:
    return {view.path: (view.key, view.room) for view in views_of(one, scope)}


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(EDITS, min_size=1, max_size=4), LINKS, LINKS, SCANS, SCANS)
def test_nothing_outside_the_scope_changes(
    edits: list[tuple[str, str, object]],
    links: Related,
    other_links: Related,
    scans: Mapping[str, str],
    other_scans: Mapping[str, str],
) -> None:
    files = edited(edits)
    assume(files)
    before, _ = assemble(sample.CONFIG, ALL.values())
    now, _ = assemble(sample.CONFIG, files.values())
    old, new = site(before, links, scans), site(now, other_links, other_scans)
    assume(old.shell == new.shell)
    scope = scope_of(
        [Edit(ALL.get(p), files.get(p)) for p in {*ALL, *files} if ALL.get(p) != files.get(p)],
        now,
        {path for path in {*scans, *other_scans} if scans.get(path) != other_scans.get(path)},
        [one for one in {*links, *other_links} if links.get(one, ()) != other_links.get(one, ())],
        lambda ids: [one for one, others in other_links.items() if {*others} & {*ids}],
    )
    whole_before, whole, some = named(old, EVERYTHING), named(new, EVERYTHING), named(new, scope)
    assert all(whole[path] == view for path, view in some.items())
    rooms = {"", *scope.names(now)}
    for path in {*whole_before, *whole}:
        if whole_before.get(path) != whole.get(path):
            assert all(view[1] in rooms for view in (whole_before.get(path), whole.get(path)) if view)
            assert path in some or path not in whole
    # And every view of its rooms is named: whatever of them is missing may be removed.
    assert {path for path, (_, room) in whole.items() if room in rooms} == some.keys()


def test_a_correction_has_a_small_scope() -> None:
    path = one_path("2021-12-07-02-01")
    elsewhere = ("2020/03/15/", "1998/07/01/", "reporters/秦川/", "tags/轮")
    own, lists = "2021/12/07/02/01/index.html", {"reporters/李桥/index.html", "2021/12/07/index.html"}
    for name, value, shown in (("digest", "x", set()), ("title", "改过的标题", lists)):
        files = edited([(path, name, value)])
        now, _ = assemble(sample.CONFIG, files.values())
        scope = scope_of([Edit(ALL[path], files[path])], now, (), (), lambda _: [])
        some = named(site(now, {}, {}), scope)
        assert own in some and lists & some.keys() == shown
        assert not [one for one in some if one.startswith(elsewhere)]


def one_path(number: str) -> str:
    return next(one.path for one in ALL.values() if one.id == number)


def test_who_signed_with_somebody_long_ago_counts() -> None:
    """The first page of a person's list counts co-authors over all pages of it."""
    many = [
        sample.article(f"2019-01-{day:02d}-01-{number:02d}", f"第{day}日第{number}篇", by=[("记者", "常写的人")])
        for day in range(1, 26)
        for number in range(1, 11)
    ]
    signed = replace(many[0], bylines=(Byline("记者", "常写的人"), Byline("通讯员", "偶尔的人")))
    first = {view.path: view.key for view in views(sample.archive(many), sample.extras())}
    then = {view.path: view.key for view in views(sample.archive([signed, *many[1:]]), sample.extras())}
    path = "reporters/常写的人/index.html"
    assert first[path] != then[path]
