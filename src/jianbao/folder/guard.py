"""Nothing is published over files of somebody else."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from jianbao.folder.publish import Publisher, foreign_fault
from jianbao.folder.survey import Survey
from jianbao.problems import ProblemError


class Guard:
    """Asked only when something is to be written: the survey goes on meanwhile."""

    def __init__(self, publisher: Publisher, survey: Survey) -> None:
        self._publisher, self._survey = publisher, survey

    def allow(self) -> None:
        """ProblemError where files of others came into the output folder since the last build published."""
        self._refuse(self._survey.lately)

    @cached_property
    def present(self) -> dict[str, str]:
        """Every file in the output folder with its mark; ProblemError where files of others are among them."""
        self._refuse(self._survey.unlisted)
        listed = {path: mark for path, mark in self._survey.listed.items() if mark}
        return self._survey.unlisted | listed

    def _refuse(self, found: Collection[str]) -> None:
        if fault := foreign_fault(self._publisher.out, self._publisher.foreign(found)):
            raise ProblemError(fault)
