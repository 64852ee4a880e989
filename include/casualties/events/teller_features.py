"""What the decision "is this teller the source of this event" looks at: no words, only where and how it tells."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.features import Features
from casualties.events.source_words import tables
from casualties.events.tellers import Teller, Telling
from casualties.events.tokens import Sentence

_FAR = 12
_QUOTES = ('"', "“", "”")


@dataclass(frozen=True, slots=True)
class Scenes:
    """Where an article tells of casualties: the sentences of each event, of all, and the sentences themselves."""

    own: Sequence[set[int]]
    told: frozenset[int]
    sentences: Sequence[Sentence]


def teller_features(
    teller: Teller, tellers: Sequence[Teller], draft: Draft, index: int, scenes: Scenes, context: Context
) -> Features:
    """Features of a teller and an event, whose place among the article's is ``index``."""
    told = scenes.told
    own = {r.sentence.index for r in draft.reports}
    lead = draft.reports[0]
    first = next((r for r in draft.reports if r.sentence.field == "text"), lead)
    at = first.sentence.index
    spoken = [t.sentence for t in teller.tellings]
    f: Features = {"bias": 1.0}

    # the event
    f["toll"] = float(draft.toll)
    f["war"] = float(draft.toll and lead.toll in ("war", "since"))
    f["part"] = float(draft.part_of is not None)
    f["main"] = float(index == 0)
    f["events"] = min(index, 6) / 6
    f["in_title"] = float(draft.in_title)
    f["title_only"] = float(all(r.sentence.field == "title" for r in draft.reports))
    f["times"] = min(len(own), 5) / 5
    f["at"] = min(at, _FAR) / _FAR
    f["perfect"] = float(any(m.perfect for m in lead.mentions))
    when = next((r.when for r in draft.reports if r.when is not None), None)
    if when is not None and context.published is not None:
        age = (context.published - when.span.end).days
        f["fresh"] = float(age <= 2)
        f["past"] = float(age > 6)
    f["dated"] = float(when is not None)

    # the teller
    f["named"] = float(teller.named)
    f["relay"] = float(teller.relay)
    f["called"] = float(teller.called)
    body = set(tables().raw["called"]["body"]["names"])
    f["body"] = float(bool(teller.words & body))
    f["media"] = float(bool(teller.words & set(tables().raw["called"]["agency"]["names"])))
    f["people"] = float(teller.words <= tables().people | tables().qualifiers)
    f["place"] = float(any(_is_place(t, context) for t in teller.tellings))
    f["one_word"] = float(len(teller.words) == 1)
    every = sum(len(t.tellings) for t in tellers)
    f["share"] = len(spoken) / every
    f["top"] = float(all(len(spoken) >= len(t.tellings) for t in tellers))
    f["relays"] = sum(t.mention.relay for t in teller.tellings) / len(teller.tellings)
    counts = [sum(s in told for s in t.at) for t in tellers]
    mine = sum(s in told for s in spoken)
    f["counts"] = mine / len(spoken)
    f["counts_most"] = float(0 < mine == max(counts))
    f["alone_counts"] = float(0 < mine == sum(counts))
    f["none_counts"] = float(not any(counts))
    f["alone"] = float(len(tellers) == 1)
    f["tellers"] = min(len(tellers), 8) / 8
    f["opens"] = float(teller is tellers[0])
    f["told_in_title"] = float(0 in spoken)
    f["told_early"] = float(min(spoken) <= 3)
    f["only_pronoun"] = float(all(t.mention.pronoun for t in teller.tellings))

    # where it tells, beside where the event is told
    inside = [t for t in teller.tellings if t.sentence in own]
    f["own"] = float(bool(inside))
    f["own_first"] = float(at in spoken)
    f["own_share"] = len({t.sentence for t in inside}) / len(own)
    others = {t.sentence for other in tellers if other is not teller for t in other.tellings}
    strong = {t.sentence for other in tellers if other is not teller and not other.relay for t in other.tellings}
    f["other_own"] = float(bool(others & own))
    f["other_own_strong"] = float(bool(strong & own))
    f["other_first"] = float(at in others)
    f["untold"] = float(not own & (others | set(spoken)))
    for gap in (1, 2, 3):
        f[f"before_{gap}"] = float(any(s + gap in spoken for s in own))
        f[f"after_{gap}"] = float(any(s - gap in spoken for s in own))
    back = min((s - t for s in own for t in spoken if t <= s), default=_FAR)
    ahead = min((t - s for s in own for t in spoken if t >= s), default=_FAR)
    other_back = min((s - t for s in own for t in others if t <= s), default=_FAR)
    other_ahead = min((t - s for s in own for t in others if t >= s), default=_FAR)
    f["back"], f["ahead"] = min(back, _FAR) / _FAR, min(ahead, _FAR) / _FAR
    f["nearest_back"] = float(back < _FAR and back < other_back)
    f["nearest_ahead"] = float(ahead < _FAR and ahead < other_ahead)
    f["tied_back"] = float(back < _FAR and back == other_back)

    _beside(f, spoken, draft, index, scenes)
    if inside:
        _inside(f, inside, tellers, draft)
    _quotation(f, first)
    return f


def _beside(f: Features, spoken: Sequence[int], draft: Draft, index: int, scenes: Scenes) -> None:
    """Whether what it tells nearest to the event is about that: names its place, comes before another event's."""
    own = scenes.own[index]
    near = min(spoken, key=lambda t: min(abs(t - s) for s in own))
    mine = min(own, key=lambda s: abs(s - near))
    first, last = sorted((near, mine))
    f["others_between"] = float(
        any(first < s < last for k, at in enumerate(scenes.own) if k != index for s in at - own)
    )
    f["tells_another"] = float(near not in own and any(near in at for k, at in enumerate(scenes.own) if k != index))
    f["untold_between"] = min(sum(s not in scenes.told for s in range(first + 1, last)), 4) / 4
    names = {m.name.lower() for r in draft.reports for m in (r.where, r.around) if m is not None}
    text = scenes.sentences[near].text.lower()
    f["same_place"] = float(near not in own and any(name in text for name in names))
    f["position"] = mine / len(scenes.sentences)
    f["left"] = min(len(scenes.sentences) - 1 - mine, _FAR) / _FAR


def _is_place(telling: Telling, context: Context) -> bool:
    """Whether all that is called the teller is a place below a country, which is no one who tells."""
    mention = telling.mention
    field = "text" if telling.sentence else "title"
    return any(
        m.end == mention.end and m.id is not None and m.place.precision != "country"
        for m in context.places_in(field, mention.start, mention.end)
    )


def _inside(f: Features, inside: Sequence[Telling], tellers: Sequence[Teller], draft: Draft) -> None:
    """How it tells in the event's own sentences: before or after the figure, with which kind of words."""
    best: int | None = None
    for report in draft.reports:
        sentence = report.sentence
        trigger = report.mentions[0].trigger
        for telling in inside:
            if telling.sentence != sentence.index:
                continue
            mention = telling.mention
            k = bisect_left(sentence.starts, mention.start)
            told = [
                other.mention.start
                for teller in tellers
                for other in teller.tellings
                if other.sentence == sentence.index and other.mention is not mention
            ]
            distance = abs(k - trigger)
            figure = sentence.starts[report.first]
            nearer = sum(abs(start - figure) < abs(mention.start - figure) for start in told)
            if best is None or distance < best:
                best = distance
                f["distance"] = min(distance, 30) / 30
                f["said_before"] = float(mention.start < figure)
                f["said_after"] = float(mention.start > figure)
                f["nearer"] = min(nearer, 2) / 2
                f["others_here"] = min(len(told), 3) / 3
                f["between"] = float(
                    any(min(mention.start, figure) < start < max(mention.start, figure) for start in told)
                )
                f["last_word"] = float(mention.end > sentence.end - 25)
                f["first_word"] = float(mention.start < sentence.start + 12)
                f["in_stretch"] = float(report.begin <= k < report.end)
                f["cited"] = float(mention.verb in tables().raw["verbs"]["before"])
                f["told"] = float(mention.verb in ("told", "tells"))
                f["said"] = float(mention.verb in ("said", "says"))
                f["reported"] = float(mention.verb in ("reported", "reports", "documented", "recorded"))
                f["claims"] = float(mention.verb in ("claimed", "claims", "alleged"))
                f["weak"] = float(mention.verb in tables().weak)
                f["no_verb"] = float(not mention.verb)
                f["pronoun"] = float(mention.pronoun)
                f["relay_here"] = float(mention.relay)


def _quotation(f: Features, first: Report) -> None:
    text = first.sentence.text.strip()
    f["quoted"] = float(text.startswith(_QUOTES))
    low = text.lower()
    f["reportedly"] = float("reportedly" in low or "reports of" in low or "were reported" in low)
    f["added"] = float(" added" in low or " adding" in low or " also " in low)
