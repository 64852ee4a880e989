"""What an operator is told of a run as a whole: that tasks of it failed, that it is late, that nothing has come."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from casualties.alerts.message import Message, compose, section

# What the failure of a task means for the data, for an operator who knows none of the code.
_MEANS = {
    "plan": "Nothing was polled: the list of feeds or the warehouse could not be read.",
    "plan_replay": "Nothing was read again: the parameters or the warehouse could not be used.",
    "poll": "Some feeds were not polled; they are due again in the next run.",
    "targets": "No page was chosen, so none was fetched.",
    "pages.fetch": "Some pages were not fetched; their stories are read again when the feed is polled next.",
    "pages.read": "Some pages were not read; their stories are read again when the feed is polled next.",
    "read": "Some pages were not read again.",
    "validate": "Nothing was judged, so nothing may load but the state of the feeds.",
    "load": "Nothing of this run was loaded.",
    "publish": "The run was loaded, but analysts have not got it.",
}


def tasks_failed(failed: Sequence[str], *, dag: str, run_id: str, held_back: bool, links: Mapping[str, str]) -> Message:
    """The message on a run of which tasks failed; for bad data there are the messages on suites."""
    file = "stays as it was before this run" if held_back else "was not held back"
    details = [section(f"{task} failed", [_MEANS.get(task, "Its page in the Airflow UI says what it does.")])
               for task in failed]  # fmt: skip
    lead = section(
        f"Of the run of {dag}, {len(failed)} {'task' if len(failed) == 1 else 'tasks'} failed.",
        [
            f"The analysts' file {file}.",
            "The task's log names the cause. When it is mended, clear the task: nothing is counted twice.",
            f"Run: {run_id}",
        ],
    )
    state = "analysts' file held back" if held_back else "file not held back"
    return compose(f"Run failed, {dag} ({state}): {', '.join(failed)}", [lead, *details], links)


def late(*, dag: str, run_id: str, minutes: float, links: Mapping[str, str]) -> Message:
    """The message on a run that has not ended in time."""
    lines = [
        f"It was to end within {minutes:g} minutes. Look which of its tasks is running or waiting.",
        f"Run: {run_id}",
    ]
    return compose(
        f"Run late, {dag}: more than {minutes:g} minutes", [section("A run has not ended yet.", lines)], links
    )


def age(since: datetime | None, now: datetime) -> str:
    """How long ago, in words."""
    if since is None:
        return "never"
    hours = (now - since) / timedelta(hours=1)
    return f"{hours * 60:.0f} minutes ago" if hours < 1 else f"{hours:.1f} hours ago"


def stale_reasons(
    last_load: datetime | None, published: datetime | None, *, now: datetime, stale_hours: float
) -> list[str]:
    """A sentence for each of the last load and the published file that is older than it may be, or absent."""
    limit = timedelta(hours=stale_hours)
    times = (
        ("The last load was", "Nothing was loaded yet.", last_load),
        ("The analysts' file was published", "Nothing was published yet.", published),
    )
    return [
        f"{words} {age(since, now)}; more than {stale_hours:g} hours is stale." if since else never
        for words, never, since in times
        if since is None or now - since > limit
    ]


def stale(reasons: Sequence[str], *, links: Mapping[str, str]) -> Message:
    """The message on a warehouse or a published file that nothing has come into for too long."""
    advice = "Is ingest_news paused, is the scheduler running, are the feeds or the network down?"
    return compose("Stale: no fresh data for analysts", [section("Nothing fresh has come.", [*reasons, advice])], links)
