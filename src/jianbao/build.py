"""One run: recover what a killed one left, see whether anything changed, and only then load what makes the site."""

from __future__ import annotations

from jianbao.building.inputs import Inputs, code_version, forget
from jianbao.building.options import Options, Report
from jianbao.folder.layout import WORK
from jianbao.folder.lock import locked
from jianbao.folder.publish import Publisher, output_fault
from jianbao.folder.store import Root
from jianbao.folder.survey import Survey
from jianbao.problems import in_order
from jianbao.work.progress import Progress, Silent

__all__ = ["Options", "Report", "build"]


def build(root: Root, options: Options | None = None, progress: Progress | None = None) -> Report:
    """Import, check, render, index, publish; only what changed is done again.

    What is wrong with the content is in the report; then the published site is untouched (but for
    `keep_going`). OSError (a full disk, say) leaves it untouched too. BusyError: another build holds the lock.
    """
    options, progress = options or Options(), progress or Silent()
    work = root.path(WORK)
    out = options.out or root.folder / "public"

    def waiting(holder: str) -> None:
        progress.say(f"另一个构建正在进行（进程 {holder}），等它结束…  another build is running, waiting")

    report = Report()
    with locked(work, waiting):
        publisher = Publisher(out, work)
        publisher.recover()
        if fault := output_fault(root, out, named=options.out is not None):
            report.problems.append(fault)
            return report
        if options.full:
            forget(work)
        with Survey(publisher) as survey:
            version = code_version()
            inputs = Inputs(root, work, survey, (version, str(options.search)))
            warnings = inputs.unchanged()
            if warnings is None:
                from jianbao.building.context import Context
                from jianbao.building.making import Making
                from jianbao.folder.guard import Guard
                from jianbao.work.workers import choose

                workers, guard = choose(options.executor, options.jobs), Guard(publisher, survey)
                context = Context(root, options, progress, workers, inputs, publisher, guard, report)
                Making(context, version).run()
            else:
                report.problems, report.unchanged = warnings, True
    report.problems = in_order(report.problems)
    return report
