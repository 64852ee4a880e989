"""Rules for a stated none: "no casualties", "no one was hurt"."""

from casualties.events.reading import Reading
from casualties.events.told import Mention
from casualties.model import Basis


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
    """ "no casualties", "without injuries"; not "no reports of casualties"."""
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
        if reading.low[k] in ("no", "without", "zero") and not any(
            w in ("report", "reports", "word", "information", "immediate") for w in reading.low[max(0, k - 2) : t]
        ):
            for outcome in (
                ("killed", "injured")
                if reading.low[t] in ("casualties", "casualty", "victims")
                else (("injured",) if reading.low[t] in ("injuries", "injury", "injured", "wounded") else ("killed",))
            ):
                reading.mentions.append(
                    Mention(reading.sentence, outcome, "stated none", 0, 0, 0, Basis.EXACT, k, t + 1, t, "zero")
                )
