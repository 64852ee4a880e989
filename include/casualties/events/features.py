"""What tells an event from a toll and from noise, of one report: no words, only what the grammar made of them."""

import math
import re

from casualties.events.context import Context
from casualties.events.drafts import Report, compatible, value
from casualties.events.relations import (
    YOUNG,
    adds_up,
    capitals,
    date_relation,
    group_told,
    groups_differ,
    magnitude,
    outcome_value,
    place_relation,
)
from casualties.events.told import Mention
from casualties.events.tolls import WAR
from casualties.events.wording import likeness
from casualties.model import Basis

Features = dict[str, float]

EARLIER = re.compile(r"\b(?:earlier|previous|previously|initial|initially|first)\b")


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
    f["war"] = float(bool(WAR.search(text)))
    f["perfect"] = float(lead.perfect)
    f["definite"] = float(lead.definite)
    f["other"] = float(lead.other)
    f["of_whole"] = float(lead.of_whole)
    f["earlier"] = float(bool(EARLIER.search(text)))
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
    f |= article_features(reports, context)
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
    f["young"] = float(bool({g[0] for g in lead.groups[:1]} & YOUNG))
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
    f["adds_up"] = float(any(adds_up(r, report, reports) for r in reports[:12] if r is not report))
    f |= _against_lead(report, reports, context)
    f["injured_only"] = float(report.outcomes == {"injured"})
    f["injured_only_alone"] = float(report.outcomes == {"injured"} and not alike)
    f["perfect_none"] = float(lead.perfect and report.when is None)
    f["perfect_where_country"] = float(
        lead.perfect and (report.where is None or report.where.place.precision == "country")
    )
    f["single_no_cause"] = float(lead.kind in ("one", "named", "pronoun") and not report.cause)
    f["weak_not_alone"] = float(lead.kind in ("named", "pronoun") and bool(alike))
    return f | _standing(report, lead, reports, context)


def _standing(report: Report, lead: Mention, reports: list[Report], context: Context) -> Features:
    """How a report stands in its sentence and its article."""
    sentence = report.sentence
    inside = [r for r in reports if r.sentence is sentence]
    counted = any(
        r is not report
        and abs(r.sentence.index - sentence.index) <= 2
        and any(m.kind in ("count", "bare") and m.basis != Basis.VAGUE for m in r.mentions)
        for r in reports
    )
    f = {
        "means_known": float(report.means_known),
        "means_new": float(report.means_new),
        "means_none": float(not report.means_told),
        "position": sentence.end / max(context.length, 1) if sentence.field == "text" else 0.0,
        "position_last": float(sentence.field == "text" and context.length - sentence.end < 200),
        "capitals": capitals(report),
        "group_told": float(group_told(lead, reports, report)),
        "in_sentence": float(len(inside)),
        "sentence_order": float(inside.index(report)) if report in inside else 0.0,
        "sentence_long": min(len(sentence.low), 80) / 80,
        "counted_near": float(counted),
        "some_counted_near": float(counted and lead.kind == "some"),
        "sources": float(bool(report.sources)),
        "figure": float(min(value(lead), 6)),
        "titled": report.titled,
        "bare": float(report.is_bare),
        "bare_source": float(report.is_bare and bool(report.sources)),
        "trigger_before": float(lead.trigger < lead.first),
    }
    if report.when is not None and context.published is not None:
        span = report.when.span
        f["when_days"] = math.log1p(max(0, (context.published - span.end).days))
        f["when_span"] = math.log1p(max(0, (span.end - span.start).days))
    for group in lead.groups[:1]:
        f[f"group_{group[0]}"] = 1.0
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
    mine, theirs = outcome_value(report, lead)
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
    f["leadgroups_differ"] = float(groups_differ(report, lead))
    f["lead_distance"] = min(report.sentence.index - lead.sentence.index, 12) / 12
    rare, alike = likeness(report.words, lead.words)
    f["lead_words_rare"], f["lead_words_alike"] = math.log1p(rare), alike
    f["lead_victims_same"] = float(bool(report.victims & lead.victims))
    if mine and theirs:
        f["lead_ratio"] = min(mine, theirs) / max(mine, theirs)
    return f


def article_features(reports: list[Report], context: Context) -> Features:
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
