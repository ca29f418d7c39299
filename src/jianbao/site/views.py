"""Archive → one View for each output file of the site."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from jianbao.archive import Archive, folded
from jianbao.problems import Problem, warning
from jianbao.site.articles import Articles
from jianbao.site.calendars import Calendars
from jianbao.site.core import Extras, Given, Site, View
from jianbao.site.data import data_views
from jianbao.site.feeds import feed_views
from jianbao.site.home import Home
from jianbao.site.issues import Issues
from jianbao.site.people import People
from jianbao.site.redirects import redirect_views
from jianbao.site.scans import Scans
from jianbao.site.scope import EVERYTHING, Scope
from jianbao.site.topics import Topics

__all__ = ["Extras", "Given", "Site", "View", "problems", "views"]


def views(archive: Archive, extras: Extras) -> Iterator[View]:
    """Every page, feed and data file; keys are made at once, contexts when a file is rendered."""
    return views_of(Site(archive, extras), EVERYTHING)


def views_of(site: Site, scope: Scope) -> Iterator[View]:
    """The views in `scope`, and those that stand in no room."""
    archive = site.archive
    scans, calendars, people = Scans(site), Calendars(site), People(site)
    yield from Home(site, calendars, people).views(scope)
    yield from calendars.views()
    yield from Issues(site, scans).views(scope)
    yield from Articles(site, scans).views(scope)
    yield from people.views(scope)
    yield from Topics(site, "sections", archive.sections, site.section_folders).views(scope)
    yield from Topics(site, "tags", archive.tags, site.tag_folders).views(scope)
    yield from scans.views(scope)
    yield from redirect_views(site)
    yield from feed_views(site, scope)
    yield from data_views(site)


def problems(archive: Archive) -> list[Problem]:
    """What the site cannot show as asked: renames that lead nowhere or from a name still in use."""
    found: list[Problem] = []
    known: dict[str, Mapping[str, object]] = {
        "reporter": archive.people,
        "section": archive.sections,
        "tag": archive.tags,
        "article": archive.by_id,
    }
    for rename in archive.renames:
        names = known[rename.kind]
        if rename.new not in names:
            found.append(
                warning(
                    "redirects.yaml", 0, 0,
                    f"改名“{rename.old}”→“{rename.new}”：没有文章用“{rename.new}”，旧地址不转向",
                    f"rename “{rename.old}” → “{rename.new}”: nobody has the new name; the old address is dead",
                    do="核对新名称", do_en="check the new name", code="rename-nowhere",
                )
            )  # fmt: skip
        elif rename.old in names and folded(rename.old) != folded(rename.new):
            found.append(
                warning(
                    "redirects.yaml", 0, 0,
                    f"改名“{rename.old}”→“{rename.new}”：仍有文章用“{rename.old}”，两页并存",
                    f"rename “{rename.old}” → “{rename.new}”: “{rename.old}” is still used, so both pages stay",
                    do="把这些文章里的旧名称也改掉",
                    do_en="change the old name in those articles too", code="rename-used",
                )
            )  # fmt: skip
    return found
