"""The type of an event: the means told nearest to its figure."""

from casualties.events.context import Context
from casualties.events.drafts import Draft, Report
from casualties.events.fighters import FIGHTERS
from casualties.events.tokens import Sentence, tokenise
from casualties.events.words import is_other_sense, match_phrase, tables

Means = tuple[int, int, str, int]  # first token, last, type, strength (2 strong, 1 weak)


def find_types(sentence: Sentence) -> list[Means]:
    """Words of means in a tokenised sentence: first token, last, type, strength (2 strong, 1 weak)."""
    lexicon = tables()
    found, k = [], 0
    while k < len(sentence.low):
        match = match_phrase(lexicon.types, sentence.low, k) if sentence.low[k] in lexicon.type_words else None
        if match:
            size, (kind, strength) = match
            if kind != "figurative":
                found.append((k, k + size, kind, strength))
            k += size
        else:
            k += 1
    return found


def type_near(sentence: Sentence, found: list[Means], begin: int, end: int, anchor: int) -> tuple[str, str, int] | None:
    """The strongest type within the tokens begin..end, then the nearest to the anchor; its words, its strength.

    Of means told together ("shelling and air strikes") the first is taken, as the codebook has it.
    """
    inside = [
        (-strength, abs(first - anchor), kind, first, last)
        for first, last, kind, strength in found
        if first < end and last > begin
    ]
    if not inside:
        return None
    strength, _, kind, first, last = min(inside)
    for other_first, other_last, other_kind, other_strength in reversed(found):
        between = sentence.low[other_last:first]
        if other_last <= first and other_strength == 2 and len(between) <= 3 and {"and", ","} & set(between):
            kind, first, last = other_kind, other_first, other_last
    return kind, sentence.phrase(first, last), -strength


def taken_up(sentence: Sentence, found: list[Means], begin: int, end: int) -> tuple[bool, bool, bool]:
    """Whether means are told within the tokens begin..end: at all, as known ("the blast"), as new ("another blast")."""
    sets = tables().sets
    told, known, new = False, False, False
    for first, last, _, _ in found:
        if last <= begin or first >= end:
            continue
        told = True
        before = reversed(sentence.low[max(0, first - 3) : first])
        word = next((w for w in before if w in sets["means_known"] or w in sets["means_new"]), "")
        known, new = known or word in sets["means_known"], new or word in sets["means_new"]
    return told, known, new


def type_of(draft: Draft, drafts: list[Draft], sentences: list[Sentence], context: Context) -> tuple[str, str, str]:
    """The type of an event, its words, and the rule: its own sentences, then those around, then its whole's."""
    told = [r for r in draft.reports if r.type_own]
    strong = [r for r in told if r.type_strength == 2]
    if strong or told:
        report = (strong or told)[0]
        return _aerial(report, context), report.type_words, "means nearest to the figure"
    if draft.part_of is not None:
        return *type_of(draft.part_of, drafts, sentences, context)[:2], "means of the whole"
    first = draft.reports[0].sentence.index
    if not draft.toll:
        for index in (first + 1, first - 1):
            if 0 <= index < len(sentences):
                near = tokenise(sentences[index])
                found = [m for m in find_types(near) if m[3] == 2]
                if found:
                    return found[0][2], near.phrase(found[0][0], found[0][1]), "means told next to it"
        before = [
            (r.sentence.index, r)
            for d in drafts
            if d is not draft
            for r in d.reports
            if r.type_own and 0 <= first - r.sentence.index <= 3
        ]
        if before:
            report = max(before, key=lambda pair: pair[0])[1]
            return report.type, report.type_words, "means of the event told before"
    if _fighters_fall(draft):
        return "armed_clash", "", "forces kill fighters"
    return "unknown", "", "no means told"


def _aerial(report: Report, context: Context) -> str:
    """Bombs of a state's forces fall from the air."""
    if report.type == "bombing" and report.type_words.lower() in ("bombing", "bombings", "bombs", "bombed", "bomb"):
        sentence = report.sentence
        if any(a.kind == "state" and a.deed for a in context.actors_in(sentence.field, sentence.start, sentence.end)):
            return "air_strike"
    return report.type


def _fighters_fall(draft: Draft) -> bool:
    groups = {g[0] for r in draft.reports for m in r.mentions if m.outcome == "killed" for g in m.groups}
    return bool(groups) and groups <= FIGHTERS and any(r.doers for r in draft.reports)


def tells_illness(sentence: Sentence, first: int = 0, last: int | None = None) -> bool:
    """Whether illness, age, suicide or the like is told, among the tokens from ``first`` to before ``last``."""
    illness, houses = tables().sets["fatal.illness"], tables().sets["fatal.houses"]
    if illness.isdisjoint(sentence.low[first:last]):
        return False
    following = [*sentence.low[1:], ""]
    pairs = list(zip(sentence.low, following, strict=True))[first:last]
    return any(word in illness and after not in houses and not is_other_sense(word, after) for word, after in pairs)
