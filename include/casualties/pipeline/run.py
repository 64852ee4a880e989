"""A run: its name, its clock, its staging folder."""

import re
from dataclasses import dataclass
from datetime import datetime

from casualties.errors import SettingsError
from casualties.settings import Settings
from casualties.staging import Staging


def folder_name(run_id: str) -> str:
    """The name of a run's folders: its id without what file systems and addresses have other uses for."""
    return re.sub(r"[^\w.-]+", "_", run_id)


@dataclass(frozen=True, slots=True)
class RunNote:
    """What a staging folder says of its run."""

    run_id: str
    started_at: datetime


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Marks the folder of a dry run, which must never be loaded."""

    run_id: str


@dataclass(frozen=True, slots=True)
class Run:
    """One run of the pipeline: its name, its clock, and its staging folder."""

    run_id: str
    started_at: datetime
    settings: Settings

    @classmethod
    def begin(cls, run_id: str, started_at: datetime, settings: Settings, *, dry_run: bool = False) -> "Run":
        """Make the staging folder; a run begun again keeps the clock of its first try."""
        run = cls(run_id, started_at, settings)
        if dry_run:
            run.staging.write(Rehearsal, "run", [Rehearsal(run_id)])
        if run.staging.path(RunNote, "run").exists():
            return cls.reopen(run_id, settings)
        run.staging.write(RunNote, "run", [RunNote(run_id, started_at)])
        return run

    @classmethod
    def reopen(cls, run_id: str, settings: Settings) -> "Run":
        """The run that :meth:`begin` made. Raises SettingsError where there is none."""
        staging = cls(run_id, datetime.min, settings).staging
        notes = staging.read(RunNote)
        if not notes:
            raise SettingsError(
                f"run {run_id} has no staging folder in {settings.staging_dir}: its plan did not finish"
            )
        return cls(notes[0].run_id, notes[0].started_at, settings)

    @property
    def staging(self) -> Staging:
        return Staging(self.settings.staging_dir / folder_name(self.run_id))
