"""What an operator is told when a suite fails and when it passes again. Pure: results in, messages out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import groupby

from casualties.alerts.inert import anchor, inert, web_address
from casualties.alerts.silences import Silence, Silences
from casualties.model import CheckOutcome, Quarantined, Severity, ValidationResult

SAMPLES = 5

_RED = frozenset({CheckOutcome.FAILED, CheckOutcome.BROKEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message, the same in plain text and in HTML. The title is one line. A silenced one is not sent."""

    title: str
    text: str
    html: str
    good_news: bool = False
    silence: Silence | None = None


def needs_telling(result: ValidationResult) -> bool:
    """Whether a result is sent at once; a warning waits for the digest."""
    return result.outcome == CheckOutcome.BROKEN or (
        result.outcome == CheckOutcome.FAILED and result.severity != Severity.WARNING
    )


def _split_sample(sample: str) -> tuple[str, str | None]:
    """A sample's words, made inert, and the address that it ends with."""
    words, _, last = sample.rpartition(" | ")
    url = web_address(last)
    return (inert(words), url) if url else (inert(sample), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, sentences, and samples with their addresses; all of it inert, whoever wrote it."""

    heading: str
    lines: list[str]
    samples: list[tuple[str, str | None]]


def section(heading: str, lines: Iterable[str] = (), samples: Iterable[str] = ()) -> Section:
    """A section of text from anywhere; a sample may end with `` | `` and its address."""
    return Section(
        heading=inert(heading, 500),
        lines=[inert(line, 500) for line in lines],
        samples=[_split_sample(sample) for sample in samples],
    )


def _plain(sections: Iterable[Section], links: Mapping[str, str]) -> str:
    lines: list[str] = []
    for section in sections:
        lines += [section.heading, *(f"  {line}" for line in section.lines)]
        for words, url in section.samples:
            lines += [f"  - {words}", *([f"    {url}"] if url else [])]
        lines.append("")
    lines += [f"{name}: {url}" for name, url in links.items()]
    return "\n".join(lines).strip() + "\n"


def _html(sections: Iterable[Section], links: Mapping[str, str]) -> str:
    parts = []
    for section in sections:
        parts.append(f"<h3>{escape(section.heading)}</h3>")
        parts += [f"<p>{escape(line)}</p>" for line in section.lines]
        samples = [(escape(words), url) for words, url in section.samples]
        if samples:
            items = "".join(f"<li>{words}{f'<br>{anchor(url)}' if url else ''}</li>" for words, url in samples)
            parts.append(f"<ul>{items}</ul>")
    shown = [(escape(name), web_address(url)) for name, url in links.items()]
    parts += [f"<p>{name}: {anchor(url)}</p>" for name, url in shown if url]
    return "\n".join(parts)


def compose(title: str, sections: Sequence[Section], links: Mapping[str, str], good_news: bool = False) -> Message:
    """A message of these sections, with ``links`` (name to address) below them."""
    title = inert(title, 150)
    return Message(title=title, text=_plain(sections, links), html=_html(sections, links), good_news=good_news)


def _change(result: ValidationResult, before: ValidationResult | None) -> str:
    if before is None:
        return "Not judged before."
    if before.outcome == CheckOutcome.BROKEN:
        return "Last time the check could not run."
    if before.outcome == CheckOutcome.PASSED:
        return "Last time it passed."
    if before.failed == result.failed:
        return f"As many as last time ({before.failed} of {before.evaluated})."
    return f"Last time it was {before.failed} of {before.evaluated}."


def failure_message(
    results: Sequence[ValidationResult],
    quarantined: Sequence[Quarantined],
    *,
    run_id: str,
    held_back: bool,
    links: Mapping[str, str],
    previous: Sequence[ValidationResult] | None = None,
    loaded: bool | None = None,
    quiet: Iterable[Silence] = (),
) -> Message:
    """The message on one suite's results in one run, at least one of which :func:`needs_telling`.

    ``held_back``: whether the analysts' file stays as it was. ``links``: name to address, such as the log and the
    runbook. ``previous``: the last results of the same expectations, for the change since. ``loaded``: whether the
    fit rows loaded, where that is another matter than the file. ``quiet``: what is silenced and left out.
    """
    red = [r for r in results if needs_telling(r)]
    suite = red[0].suite.replace("_", " ")
    before = {r.expectation: r for r in previous or ()}
    rules = {r.expectation for r in red}
    rows = {(q.subject, q.subject_id) for q in quarantined if q.rule in rules}
    broken = sum(r.outcome == CheckOutcome.BROKEN for r in red)

    judged = sum(r.outcome != CheckOutcome.SKIPPED for r in results)
    counts = [f"{len(red) - broken} failed" if len(red) > broken else "", f"{broken} could not run" if broken else ""]
    said = " and ".join(filter(None, counts))
    file = "stays as it was before this run" if held_back else "was not held back"
    loaded = not held_back if loaded is None else loaded
    fate = "they are quarantined, the others load" if loaded else "nothing of this run loaded"
    lead = section(
        heading=f"Of {judged} checks on {suite}, {said}.",
        lines=[
            f"The analysts' file {file}.",
            *([f"Rows that broke a rule: {len(rows)}; {fate}."] if rows else []),
            *(f"Silenced until {s.until}, so not told here: {s.about}. Why: {s.link}" for s in quiet),
            f"Run: {run_id}",
        ],
    )
    details = [
        section(
            heading=r.message,
            lines=[f"Check: {r.expectation}, {r.severity}. {_change(r, before.get(r.expectation))}"],
            samples=r.samples[:SAMPLES],
        )
        for r in sorted(red, key=lambda r: (r.severity != Severity.CRITICAL, -r.failed))
    ]
    state = "analysts' file held back" if held_back else "the rest loads"
    what = red[0].message.rstrip(".") if said == "1 failed" else said
    return compose(f"Data quality, {suite} ({state}): {what}", [lead, *details], links)


def recovered_message(
    results: Sequence[ValidationResult], *, run_id: str, links: Mapping[str, str], previous: Sequence[ValidationResult]
) -> Message:
    """The message on a suite whose failed expectations pass again: ``results`` are these, ``previous`` as they were."""
    suite = results[0].suite.replace("_", " ")
    before = {r.expectation: r for r in previous}
    lead = section(heading=f"The checks on {suite} pass again.", lines=[f"Run: {run_id}"])
    details = [
        section(heading=f"{r.expectation} passes ({r.evaluated} judged)", lines=[before[r.expectation].message])
        for r in results
    ]
    return compose(f"Data quality, {suite}: recovered", [lead, *details], links, good_news=True)


def what_to_send(
    previous_outcomes: Sequence[ValidationResult],
    results: Sequence[ValidationResult],
    quarantined: Sequence[Quarantined] = (),
    *,
    held_back: bool,
    links: Mapping[str, str],
    loaded: bool | None = None,
    silences: Silences | None = None,
) -> list[Message]:
    """The messages on one run's results: one for each suite that fails, and one for each that passes again.

    ``previous_outcomes`` is the last result of each expectation before this run that was not ``skipped``: a check with
    nothing to judge neither fails nor recovers, so that an idle run after a failure says nothing. A message of which
    ``silences`` cover all has its ``silence`` set, the first to end; what they cover in part is left out.
    """
    silences = silences or Silences()
    messages = []
    for suite, group in groupby(sorted(results, key=lambda r: r.suite), key=lambda r: r.suite):
        now = list(group)
        before = [r for r in previous_outcomes if r.suite == suite]
        told = {r.expectation for r in before if needs_telling(r)}
        red = [r for r in now if needs_telling(r)]
        back = [r for r in now if r.expectation in told and r.outcome == CheckOutcome.PASSED]
        subject = red or back
        covering = [silence for r in subject if (silence := silences.of(r))]
        silenced = bool(subject) and len(covering) == len(subject)
        if red:
            shown = now if silenced else [r for r in now if not (needs_telling(r) and silences.of(r))]
            message = failure_message(
                shown,
                quarantined,
                run_id=now[0].run_id,
                held_back=held_back,
                links=links,
                previous=before,
                loaded=loaded,
                quiet=() if silenced else covering,
            )
        elif back:
            message = recovered_message(back, run_id=now[0].run_id, links=links, previous=before)
        else:
            continue
        messages.append(replace(message, silence=min(covering, key=lambda s: s.until) if silenced else None))
    return messages
