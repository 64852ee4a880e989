"""How sure an event is: the chance that kind and all figures are as an annotator would have them."""

import math

from casualties.events.drafts import Draft, value
from casualties.events.features import Features
from casualties.events.judge import constants
from casualties.events.relations import magnitude
from casualties.model import Basis


def confidence_features(draft: Draft) -> Features:
    """What the confidence of an event rests on: how likely assembly holds it to be right, set right by kind."""
    told = [m for listed in draft.figures.values() for m in listed]
    values = [{value(m) for m in listed} for listed in draft.figures.values()]
    return {
        "bias": 1.0,
        "right": math.log((draft.right + 1e-3) / (1 - draft.right + 1e-3)),
        "toll": float(draft.toll),
        "part": float(draft.part_of is not None),
        "reports": math.log(len(draft.reports)),
        "title": float(draft.in_title),
        "conflict": float(any(len(v) > 1 for v in values)),
        "vague": float(all(m.basis == Basis.VAGUE for m in told)),
        "single": float(all(m.kind in ("one", "named", "pronoun") for m in told)),
        "magnitude": magnitude(max((value(m) for m in told), default=0)) / 4,
        "place": float(any(r.where is not None for r in draft.reports)),
        "type": float(any(r.type_own for r in draft.reports)),
    }


def confidence(draft: Draft) -> float:
    """Between 0 and 1; of the events at 0.8, eight in ten are right (strict match)."""
    weights = constants("confidence")
    score = sum(weights.get(name, 0.0) * number for name, number in confidence_features(draft).items())
    return round(1 / (1 + math.exp(-score)), 3)
