"""One article explained for a person: its text with the evidence marked, and for each event every slot's origin."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console
from rich.table import Table
from rich.text import Text

from casualties.events import Explanation, explain
from casualties.model import OUTCOMES, Event, Figure

COLOURS = ("yellow", "cyan", "magenta", "green", "blue", "red")


def print_explanation(title: str, text: str, published: date | None, console: Console) -> None:
    """Print the article and its events; a reader sees which sentence and which rule gave each value."""
    found = explain(title, text, published)
    events = [explanation.event for explanation in found]
    for name, words in (("title", title), ("text", text)):
        if words:
            console.print(_marked(words, name, events), end="\n\n")
    if not found:
        console.print("No casualty event.")
    for number, explanation in enumerate(found):
        console.print(_slots(number, explanation))


def _colour(number: int) -> str:
    return COLOURS[number % len(COLOURS)]


def _marked(words: str, name: str, events: Sequence[Event]) -> Text:
    marked = Text(words)
    for number, event in enumerate(events):
        for evidence in event.evidence:
            if evidence.field == name:
                marked.stylize(f"bold {_colour(number)}", evidence.start, evidence.end)
    return marked


def _slots(number: int, explanation: Explanation) -> Table:
    event = explanation.event
    part = f", part of {event.part_of + 1}" if event.part_of is not None else ""
    heading = f"{number + 1}. {event.kind}{part}, confidence {event.confidence:.2f}"
    table = Table(title=Text(heading, style=_colour(number)), title_justify="left", show_edge=False, expand=False)
    for column in ("slot", "value", "from the words", "by the rule"):
        table.add_column(column)
    clues = {clue.slot: clue for clue in explanation.clues}
    for slot, value in _values(event):
        clue = clues.get(slot)
        table.add_row(slot, Text(value), Text(clue.words if clue else ""), Text(clue.rule if clue else ""))
    return table


def _values(event: Event) -> Iterator[tuple[str, str]]:
    yield "type", event.type
    for outcome in OUTCOMES:
        figure = getattr(event, outcome)
        if figure is not None:
            yield outcome, _figure(figure)
    for victim in event.victims:
        yield "victims", f"{victim.outcome} {victim.group}: {_bounds(victim.low, victim.high)}"
    if event.place is not None:
        place = event.place
        where = ", ".join(filter(None, (place.gazetteer_name, place.admin1, place.country)))
        yield "place", f"{place.name} ({where or 'not in the gazetteer'}; {place.precision})"
    if event.date is not None:
        yield "date", f"{event.date.start} to {event.date.end} ({event.date.precision})"
    for actor in event.actors:
        yield "actors", f"{actor.name} ({actor.role}, {actor.status})"
    for denial in event.denials:
        yield "denials", f"{denial.by} denies"
    for source in event.sources:
        yield "sources", source


def _figure(figure: Figure) -> str:
    return f"{_bounds(figure.low, figure.high)} ({figure.basis})"


def _bounds(low: int | None, high: int | None) -> str:
    if low == high:
        return f"{low:,}" if low is not None else "unsaid"
    return f"{'' if low is None else f'{low:,}'}..{'' if high is None else f'{high:,}'}"
