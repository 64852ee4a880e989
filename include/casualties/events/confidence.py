"""How sure an event is: the chance that kind and all figures are as an annotator would have them."""

import math

from casualties.events.drafts import Draft, value
from casualties.events.features import Features, magnitude
from casualties.events.judge import constants
from casualties.model import Basis


def confidence_features(draft: Draft, drafts: list[Draft]) -> Features:
    """What the confidence of an event rests on."""
    sure = max(r.sure for r in draft.reports)
    odds = sum(r.odds for r in draft.reports) / len(draft.reports)
    told = [m for listed in draft.figures.values() for m in listed]
    values = {o: {value(m) for m in listed} for o, listed in draft.figures.items()}
    others = [d for d in drafts if d is not draft and d.toll == draft.toll]
    return {
        "bias": 1.0,
        "sure": math.log(sure / (1 - sure + 1e-6)) / 4,
        "kind": min(abs(odds), 6) / 6,
        "toll": float(draft.toll),
        "part": float(draft.part_of is not None),
        "reports": math.log(len(draft.reports)),
        "title": float(draft.in_title),
        "outcomes": float(len(draft.figures) > 1),
        "conflict": float(any(len(v) > 1 for v in values.values())),
        "joined": min(r.same for r in draft.reports),
        "rival": max((r.rival for r in draft.reports), default=0.0),
        "vague": float(all(m.basis == Basis.VAGUE for m in told)),
        "single": float(all(m.kind in ("one", "named", "pronoun") for m in told)),
        "others": min(len(others), 8) / 8,
        "magnitude": magnitude(max((value(m) for m in told), default=0)) / 4,
        "place": float(any(r.where is not None for r in draft.reports)),
        "type": float(any(r.type_own for r in draft.reports)),
    }


def confidence(draft: Draft, drafts: list[Draft]) -> float:
    """Between 0 and 1; of the events at 0.8, eight in ten are right (strict match)."""
    weights = constants("confidence")
    score = sum(weights.get(name, 0.0) * number for name, number in confidence_features(draft, drafts).items())
    return round(1 / (1 + math.exp(-score)), 3)
