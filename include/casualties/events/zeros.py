"""Rules for a stated none: "no casualties", "no one was hurt"."""

from casualties.events.reading import Reading
from casualties.events.told import Mention
from casualties.events.words import HAVE
from casualties.model import Basis

_HEARD = ("got", "received", "yet")
_UNTOLD = frozenset(("word", "information", "immediate"))  # with these nobody knows yet


def tell(reading: Reading, outcome: str, first: int, t: int) -> bool:
    """A stated none: "no one was hurt"."""
    if outcome not in ("killed", "injured"):
        return False
    first = max(0, first)
    reading.mentions.append(
        Mention(reading.sentence, outcome, "stated none", 0, 0, 0, Basis.EXACT, first, min(first + 1, t + 1), t, "zero")
    )
    return True


def read_zero(reading: Reading) -> None:
    """ "no casualties", "without injuries", "no reports of casualties"; not "no immediate reports of casualties"."""
    nouns = reading.lexicon.sets["idioms.no_casualty"]
    for t in range(1, reading.size):
        if reading.low[t] not in nouns:
            continue
        k = t - 1
        while (
            k > 0
            and t - k < 4
            and reading.low[k]
            in (
                "human",
                "civilian",
                "known",
                "other",
                "serious",
                "any",
                "reported",
                "causing",
                "inflicting",
                "loss",
                "or",
                "and",
                "deaths",
                "injuries",
                "fatalities",
                "casualties",
            )
        ):
            k -= 1
        if reading.low[max(0, k - 1) : k + 1] in (["reports", "of"], ["report", "of"]):
            k = max(0, k - 2)
            if k and (reading.bits[k - 1] & HAVE or reading.low[k - 1] in _HEARD):
                continue  # "said he had no reports of casualties": he does not know
        if reading.low[k] in ("no", "without", "zero") and _UNTOLD.isdisjoint(reading.low[max(0, k - 2) : t]):
            for outcome in (
                ("killed", "injured")
                if reading.low[t] in ("casualties", "casualty", "victims")
                else (("injured",) if reading.low[t] in ("injuries", "injury", "injured", "wounded") else ("killed",))
            ):
                reading.mentions.append(
                    Mention(reading.sentence, outcome, "stated none", 0, 0, 0, Basis.EXACT, k, t + 1, t, "zero")
                )
