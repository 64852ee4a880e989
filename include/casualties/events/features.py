"""What the learned decisions look at: no words of the text, only what the grammar made of them."""

import math
import re

from casualties.events.context import Context
from casualties.events.drafts import Report, compatible, value
from casualties.events.words import INCLUDE
from casualties.model import Basis

Features = dict[str, float]

_WAR = re.compile(r"\b(?:war|conflict|uprising|revolt|rebellion|insurgency|revolution|crisis)\b")
_EARLIER = re.compile(r"\b(?:earlier|previous|previously|initial|initially|first)\b")
_UPDATE = re.compile(
    r"\b(?:rose|risen|rises|climbed|climbs|rising|revised|updated|increased|jumped|at least another|now stands)\b"
)


def magnitude(number: int) -> float:
    return math.log10(number + 1)


def report_features(report: Report, reports: list[Report], context: Context) -> Features:
    """Features of one report for the decision event, toll or noise."""
    sentence = report.sentence
    lead = next(m for m in report.mentions if not m.breakdown)
    text = sentence.text.lower()
    top = max(value(m) for m in report.mentions if not m.breakdown)
    f: Features = {"bias": 1.0, "magnitude": magnitude(top), "thousands": float(top >= 1000)}
    f[f"toll_{report.toll or 'none'}"] = 1.0
    f[f"kind_{lead.kind}"] = 1.0
    f[f"rule_{lead.rule.split()[0]}"] = 1.0
    f[f"basis_{lead.basis}"] = 1.0
    for outcome in report.outcomes:
        f[f"outcome_{outcome}"] = 1.0
    f["outcomes_two"] = float(len(report.outcomes) > 1)
    if report.when is not None:
        f[f"when_{report.when.kind}"] = 1.0
        f[f"when_{report.when.span.precision}"] = 1.0
        if context.published is not None:
            f["when_old"] = float((context.published - report.when.span.end).days > 20)
    f[f"where_{report.where.place.precision if report.where else 'none'}"] = 1.0
    f["type_own"] = float(report.type_own)
    f["title"] = float(sentence.headline)
    f["late"] = min(sentence.index, 12) / 12
    f["war"] = float(bool(_WAR.search(text)))
    f["perfect"] = float(lead.perfect)
    f["definite"] = float(lead.definite)
    f["other"] = float(lead.other)
    f["of_whole"] = float(lead.of_whole)
    f["earlier"] = float(bool(_EARLIER.search(text)))
    f["cause"] = float(report.cause)
    f["natural"] = float(report.natural)
    single = lead.kind in ("one", "named", "pronoun")
    died = (
        lead.rule in ("died", "adjective", "bodies of", "bodies")
        or "found" in sentence.low[max(0, lead.trigger - 2) : lead.trigger]
    )
    f["died"] = float(died)
    f["died_single"] = float(died and single)
    f["died_single_no_type"] = float(died and single and not report.type_own)
    f["died_natural"] = float(died and report.natural)
    f["single_type"] = float(single and report.type_own)
    f["headline_article"] = float(context.length < 600)
    f["question"] = float("?" in sentence.text)
    f |= _article_features(reports, context)
    alike = [m for r in reports if r is not report for m in r.mentions if m.outcome == lead.outcome and not m.breakdown]
    f["repeated"] = float(any(value(m) == value(lead) for m in alike))
    f["bigger_before"] = float(
        any(
            value(m) > value(lead)
            for r in reports
            if r.sentence.index < sentence.index
            for m in r.mentions
            if m.outcome == lead.outcome
        )
    )
    f["alone"] = float(not alike)
    bigger = any(value(m) > value(lead) for m in alike)
    f["bigger"] = float(bigger)
    vague = lead.basis in (Basis.APPROXIMATE, Basis.AT_LEAST, Basis.VAGUE)
    f["rounded"] = float(vague and any(compatible(m, lead) for m in alike))
    f["young"] = float(bool({g[0] for g in lead.groups[:1]} & {"children", "women"}))
    f["young_bigger"] = f["young"] * f["bigger"]
    f["one_bigger"] = float(lead.kind == "one" and bigger)
    f["headline_glued"] = float(not sentence.headline and _title_case(report))
    f["where_none_bigger"] = float(report.where is None and bigger)
    f["superseded"] = float(report.superseded)
    f["superseded_bigger"] = float(report.superseded and bigger)
    for cue in report.cues:
        f[f"cue_{cue}"] = 1.0
    f["series_month"] = float(
        "series" in report.cues and report.when is not None and report.when.span.precision != "day"
    )
    f["adds_up"] = float(any(_adds_up(r, report, reports) for r in reports[:12] if r is not report))
    f |= _against_lead(report, reports, context)
    f["injured_only"] = float(report.outcomes == {"injured"})
    f["injured_only_alone"] = float(report.outcomes == {"injured"} and not alike)
    f["perfect_none"] = float(lead.perfect and report.when is None)
    f["perfect_where_country"] = float(
        lead.perfect and (report.where is None or report.where.place.precision == "country")
    )
    f["single_no_cause"] = float(lead.kind in ("one", "named", "pronoun") and not report.cause)
    f["weak_not_alone"] = float(lead.kind in ("named", "pronoun") and bool(alike))
    return f


def lead_of(reports: list[Report]) -> Report:
    """The report that a story hangs on: of the title's, else of the first, the one with most people."""
    first = [r for r in reports if r.outcomes and r.sentence.index <= reports[0].sentence.index + 1] or reports
    return max(first, key=lambda r: max((value(m) for m in r.mentions if m.kind in ("count", "bare")), default=0))


def _against_lead(report: Report, reports: list[Report], context: Context) -> Features:
    lead = lead_of(reports)
    if lead is report:
        return {"lead": 1.0}
    place, precise = place_relation(report, lead, context, guess=True)
    date = date_relation(report, lead)
    mine, theirs = _outcome_value(report, lead)
    size = "none" if not (mine and theirs) else "equal" if mine == theirs else "less" if mine < theirs else "more"
    f: Features = {f"lead_place_{place}": 1.0, f"lead_date_{date}": 1.0, f"lead_{size}": 1.0}
    f[f"lead_{size}_{place}"] = 1.0
    f[f"lead_{size}_{date}_date"] = 1.0
    f["lead_precise"] = float(precise)
    if report.type_own and lead.type_own:
        f["lead_type"] = 1.0 if report.type == lead.type else -1.0
    f["lead_doers"] = float(bool(report.doers & lead.doers)) - float(
        bool(report.doers) and bool(lead.doers) and not report.doers & lead.doers
    )
    f["lead_groups_differ"] = float(_groups_differ(report, lead))
    f["lead_distance"] = min(report.sentence.index - lead.sentence.index, 12) / 12
    if mine and theirs:
        f["lead_ratio"] = min(mine, theirs) / max(mine, theirs)
    return f


def _article_features(reports: list[Report], context: Context) -> Features:
    """What kind of story it is: a war report, a crime, a disaster."""
    if not context.story:
        top = max(value(m) for r in reports for m in r.mentions)
        armed = any(a.kind == "armed_group" for listed in context.actors.values() for a in listed)
        context.story = {
            "article_usa": float(context.places.country == "USA"),
            "article_reports": min(len(reports), 20) / 20,
            "article_top": magnitude(top),
            "article_short": float(context.length < 600),
            "article_armed": float(armed),
        }
    return context.story


def _title_case(report: Report) -> bool:
    """Whether the words around the figure are capitalised like a headline (a teaser glued to the text)."""
    around = report.sentence.words[max(0, report.first - 6) : report.last + 6]
    words = [w for w in around if w[0].isalpha() and len(w) > 3]
    return len(words) > 3 and sum(w[0].isupper() for w in words) >= 0.8 * len(words)


def pair_features(later: Report, earlier: Report, reports: list[Report], context: Context) -> Features:
    """Features of two reports of an article for the decision same, part, whole or other."""
    f: Features = {"bias": 1.0} | _article_features(reports, context)
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
    f["adds_up"] = float(_adds_up(later, earlier, reports))
    f["adds_up_whole"] = float(_adds_up(earlier, later, reports))
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
    f["was_earlier"] = float(bool(_EARLIER.search(text)))
    mine, theirs = _outcome_value(later, earlier)
    if mine and theirs:
        ratio = min(mine, theirs) / max(mine, theirs)
        f["ratio"] = ratio
        f["ratio_near"] = float(0.7 <= ratio < 1)
        f["ratio_far"] = float(ratio < 0.34)
    sources = {s.lower() for s in later.sources} & {s.lower() for s in earlier.sources}
    f["source_same"] = float(bool(sources))
    f["source_differs"] = float(bool(later.sources) and bool(earlier.sources) and not sources)
    f["source_differs_conflict"] = f["source_differs"] * f["conflict"]
    f["groups_differ"] = float(_groups_differ(later, earlier))
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
    return f


def _outcome_value(later: Report, earlier: Report) -> tuple[int, int]:
    for mention in later.mentions:
        known = earlier.of(mention.outcome)
        if known is not None and not mention.breakdown:
            return value(mention), value(known)
    return 0, 0


def _groups_differ(later: Report, earlier: Report) -> bool:
    for mention in later.mentions:
        known = earlier.of(mention.outcome)
        if known is not None and mention.groups and known.groups:
            return not {g[0] for g in mention.groups} & {g[0] for g in known.groups}
    return False


def _adds_up(part: Report, whole: Report, reports: list[Report]) -> bool:
    """Whether a run of reports, this one among them, sums to the figure of the other."""
    for mention in whole.mentions:
        total = value(mention)
        if total < 4 or mention.breakdown:
            continue
        told = [(r, value(m)) for r in reports if r is not whole and (m := r.of(mention.outcome)) and value(m) < total]
        at = next((k for k, (r, _) in enumerate(told) if r is part), None)
        if at is None:
            continue
        for first in range(max(0, at - 4), at + 1):
            running = 0
            for k in range(first, min(first + 5, len(told))):
                running += told[k][1]
                if running == total and k >= at and k > first:
                    return True
                if running >= total:
                    break
    return False


def place_relation(later: Report, earlier: Report, context: Context, guess: bool = False) -> tuple[str, bool]:
    """same, inside (the later in the earlier), around, apart or unknown; and whether both are precise.

    ``guess``: a report without a place of its own has the one told last before it.
    """
    here, there = later.where, earlier.where
    if guess:
        here, there = here or later.around, there or earlier.around
    if here is None or there is None:
        return "unknown", False
    precise = here.place.precision in ("exact", "near") and there.place.precision in ("exact", "near")
    if context.same_place(here, there):
        return "same", precise
    if context.contains(there, here):
        return "inside", precise
    if context.contains(here, there):
        return "around", precise
    return "apart", precise


def date_relation(later: Report, earlier: Report) -> str:
    if later.when is None or earlier.when is None:
        return "unknown"
    a, b = later.when.span, earlier.when.span
    return "same" if a.start <= b.end and b.start <= a.end else "apart"
