"""What the steps of one build share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jianbao.building.inputs import Inputs
from jianbao.building.options import Options, Report
from jianbao.folder.guard import Guard
from jianbao.folder.layout import WORK
from jianbao.folder.publish import Publisher
from jianbao.folder.store import Root
from jianbao.work.progress import Progress
from jianbao.work.workers import Workers


@dataclass(frozen=True)
class Context:
    """One build: what it was asked for, where it works and publishes, what it says. `report` takes what was done."""

    root: Root
    options: Options
    progress: Progress
    workers: Workers
    inputs: Inputs
    publisher: Publisher
    guard: Guard
    report: Report

    @property
    def work(self) -> Path:
        """The folder of what is remembered."""
        return self.root.path(WORK)
