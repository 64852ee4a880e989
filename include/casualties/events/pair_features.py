"""What tells whether two reports are of one event, of which one is a part, or of two events: no words of the text."""

import math
import re

from casualties.events.context import Context
from casualties.events.drafts import Report, compatible, value
from casualties.events.features import EARLIER, Features, article_features, lead_of
from casualties.events.gathering import PARTING
from casualties.events.relations import (
    adds_up,
    capitals,
    date_relation,
    group_told,
    groups_differ,
    magnitude,
    outcome_value,
    place_relation,
)
from casualties.events.wording import likeness
from casualties.events.words import INCLUDE
from casualties.model import Basis

_UPDATE = re.compile(
    r"\b(?:rose|risen|rises|climbed|climbs|rising|revised|updated|increased|jumped|at least another|now stands)\b"
)
_RULES = ("toll", "number", "count", "bodies", "died", "adjective")  # rules that often tell an event once more


def pair_features(later: Report, earlier: Report, reports: list[Report], context: Context) -> Features:
    """Features of two reports of an article for the decision same, part, whole or other."""
    f: Features = {"bias": 1.0} | article_features(reports, context)
    equal = equal_small = close = less = more = fresh = 0
    for mention in later.mentions:
        if mention.breakdown:
            continue
        known = earlier.of(mention.outcome)
        if known is None:
            fresh += 1
        elif (mention.low, mention.high) == (known.low, known.high) or (
            mention.best is not None and mention.best == known.best
        ):
            if value(mention) > 2:
                equal += 1
            else:
                equal_small += 1
        elif compatible(mention, known):
            close += 1
        elif value(mention) < value(known):
            less += 1
        else:
            more += 1
    f |= {"equal": equal, "equal_small": equal_small, "close": close, "less": less, "more": more, "fresh": fresh}
    f["no_shared"] = float(equal + equal_small + close + less + more == 0)
    f["conflict"] = float(less + more > 0)
    f["agree_conflict"] = float(less + more > 0 and equal + close > 0)
    place, precise = place_relation(later, earlier, context)
    f[f"place_{place}"] = 1.0
    f["place_precise"] = float(precise)
    f[f"place_{place}_conflict"] = f["conflict"]
    date = date_relation(later, earlier)
    f[f"date_{date}"] = 1.0
    f[f"date_{date}_conflict"] = f["conflict"]
    kind = "unknown" if not (later.type_own and earlier.type_own) else "same" if later.type == earlier.type else "apart"
    f[f"type_{kind}"] = 1.0
    distance = later.sentence.index - earlier.sentence.index
    f["distance"] = min(distance, 12) / 12
    f["same_sentence"] = float(distance == 0)
    f["next_sentence"] = float(distance == 1)
    f["title_lead"] = float(earlier.sentence.headline and later.sentence.index <= 3)
    f["title_later"] = float(earlier.sentence.headline and later.sentence.index > 3)
    for cue in later.cues:
        f[f"cue_{cue}"] = 1.0
    around, _ = place_relation(later, earlier, context, guess=True)
    f[f"around_{around}"] = 1.0
    f["doers_same"] = float(bool(later.doers & earlier.doers))
    f["doers_differ"] = float(bool(later.doers) and bool(earlier.doers) and not later.doers & earlier.doers)
    f["adds_up"] = float(adds_up(later, earlier, reports))
    f["adds_up_whole"] = float(adds_up(earlier, later, reports))
    f["other"] = float(any(m.other for m in later.mentions))
    f["definite"] = float(any(m.definite for m in later.mentions))
    f["of_whole"] = float(any(m.of_whole for m in later.mentions))
    f["later_one"] = float(all(m.kind in ("one", "named", "pronoun") for m in later.mentions))
    f["later_weak"] = float(all(m.kind in ("named", "pronoun") for m in later.mentions))
    f["earlier_one"] = float(all(m.kind in ("one", "named", "pronoun") for m in earlier.mentions))
    f["both_one"] = f["later_one"] * f["earlier_one"]
    f["later_toll"] = float(bool(later.toll))
    f["earlier_toll"] = float(bool(earlier.toll))
    f["toll_differs"] = float(bool(later.toll) != bool(earlier.toll))
    text = later.sentence.text.lower()
    f["superseded"] = float(later.superseded)
    f["superseded_conflict"] = float(later.superseded) * f["conflict"]
    f["update"] = float(bool(_UPDATE.search(text))) * f["conflict"]
    f["was_earlier"] = float(bool(EARLIER.search(text)))
    mine, theirs = outcome_value(later, earlier)
    if mine and theirs:
        ratio = min(mine, theirs) / max(mine, theirs)
        f["ratio"] = ratio
        f["ratio_near"] = float(0.7 <= ratio < 1)
        f["ratio_far"] = float(ratio < 0.34)
    sources = {s.lower() for s in later.sources} & {s.lower() for s in earlier.sources}
    f["source_same"] = float(bool(sources))
    f["source_differs"] = float(bool(later.sources) and bool(earlier.sources) and not sources)
    f["source_differs_conflict"] = f["source_differs"] * f["conflict"]
    f["groups_differ"] = float(groups_differ(later, earlier))
    loose = float(place == "unknown" or later.where is None)
    near = float(distance <= 1)
    injured = float(later.outcomes == {"injured"})
    f["fresh_near"] = f["no_shared"] * near
    f["fresh_near_loose"] = f["no_shared"] * near * loose
    f["fresh_loose"] = f["no_shared"] * loose
    f["fresh_injured"] = f["no_shared"] * injured
    f["fresh_injured_loose"] = f["no_shared"] * injured * loose
    f["fresh_other"] = f["no_shared"] * float(bool(later.outcomes & {"displaced", "missing", "abducted"}))
    for name, count in (("equal", equal), ("equal_small", equal_small), ("less", less), ("more", more)):
        f[f"{name}_{place}"] = float(count > 0)
        f[f"{name}_near"] = float(count > 0 and distance <= 2)
    f["less_of_whole"] = float(less > 0) * f["of_whole"]
    f["conflict_title_lead"] = f["conflict"] * f["title_lead"]
    f["conflict_same_sentence"] = f["conflict"] * f["same_sentence"]
    f["conflict_type_same"] = f["conflict"] * float(kind == "same")
    f["conflict_loose"] = f["conflict"] * loose
    bits = later.sentence.bits[max(0, later.first - 4) : later.first]
    f["include"] = float(any(b & INCLUDE for b in bits))
    f["include_less"] = f["include"] * float(less > 0)
    f["vague_later"] = float(any(m.basis == Basis.VAGUE for m in later.mentions))
    return f | _manner(later, earlier, f, reports)


def _manner(later: Report, earlier: Report, known: Features, reports: list[Report]) -> Features:
    """How the later report takes up what was told: by its means, its words, its figure, what stands between."""
    mine = next(m for m in later.mentions if not m.breakdown)
    theirs = next(m for m in earlier.mentions if not m.breakdown)
    equal = known["equal"] + known["equal_small"]
    begin, end = (earlier.sentence.index, earlier.first), (later.sentence.index, later.first)
    between = [r for r in reports if begin < (r.sentence.index, r.first) < end]
    a, b = outcome_value(later, earlier)
    f = {
        "means_known": float(later.means_known),
        "means_new": float(later.means_new),
        "means_none": float(not later.means_told),
        "means_known_type": float(later.means_known) * known.get("type_same", 0.0),
        "earlier_means_new": float(earlier.means_new),
        "group_told": float(group_told(mine, [earlier], later)),
        "group_told_back": float(group_told(theirs, [later], earlier)),
        "equal_other": equal * known["other"],
        "equal_apart": equal * float(bool(later.cues & {"another", "also", "apart"})),
        "log_ratio": magnitude(a) - magnitude(b) if a and b else 0.0,
        "figure_later": float(min(value(mine), 6)),
        "figure_earlier": float(min(value(theirs), 6)),
        "between": min(len(between), 6) / 6,
        "between_equal": float(any(0 != x == y for x, y in (outcome_value(r, later) for r in between))),
        "earlier_lead": float(lead_of(reports) is earlier),
        "later_some": float(mine.kind == "some"),
        "earlier_some": float(theirs.kind == "some"),
        "later_perfect": float(mine.perfect),
        "capitals": capitals(later),
        "groups_same": float(bool(mine.groups and theirs.groups) and mine.groups[0][0] == theirs.groups[0][0]),
        "sources_later": float(bool(later.sources)),
    }
    if mine.rule.split()[0] in _RULES:
        f[f"rule_{mine.rule.split()[0]}"] = 1.0
    if later.when is not None and earlier.when is not None:
        f["days_apart"] = math.log1p(abs((later.when.span.end - earlier.when.span.end).days))
    if later.is_bare:
        f["bare"] = 1.0
        f["bare_conflict"] = known["conflict"]
        f["bare_source"] = float(bool(later.sources))
        f["bare_source_conflict"] = f["bare_source"] * known["conflict"]
        f["bare_rival"] = f["bare_source_conflict"] * float(0.3 < known.get("ratio", 0.0) < 1)
        f["bare_near"] = float(later.sentence.index - earlier.sentence.index <= 2)
    rare, alike = likeness(later.words, earlier.words)
    f["words_rare"] = math.log1p(rare)
    f["words_alike"] = alike
    f["victims_same"] = float(bool(later.victims & earlier.victims))
    f["victims_apart"] = float(bool(later.victims and earlier.victims) and not later.victims & earlier.victims)
    f["titled_later"], f["titled_earlier"] = later.titled, earlier.titled
    f["trigger_same"] = float(later.sentence.low[mine.trigger] == earlier.sentence.low[theirs.trigger])
    f["paragraphs"] = float(min(later.sentence.paragraph - earlier.sentence.paragraph, 4))
    if later.sentence is earlier.sentence:
        words = later.sentence.low[earlier.last : later.first]
        f["parted"] = float(any(word in PARTING for word in words))
        f["gap"] = min(len(words), 20) / 20
    return f
