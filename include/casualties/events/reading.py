"""One sentence read for casualties: its phrases, the arguments of its verbs, and the mentions found in it."""

from casualties.events.arguments import Arguments
from casualties.events.phrases import Phrase
from casualties.events.told import Group, Mention
from casualties.model import Basis


class Reading(Arguments):
    """What rules ask of a sentence, and where they tell what they found."""

    def tell(self, outcome: str, rule: str, trigger: int, group: Group, **more: object) -> Mention | None:
        """Add the mention that a rule found; None where the group gives no figure."""
        phrases = [p for p in group.phrases if p.low is not None or p.high is not None]
        if not phrases:
            phrases = [p for p in group.parts if p.low is not None or p.high is not None]
            more = {"of_whole": True} | more
            group.parts = []
        if not phrases:
            return None
        if len(phrases) > 1 and any(p.kind in ("count", "bare") for p in phrases):
            phrases = [p for p in phrases if p.kind != "some"]
        if len(phrases) > 1:  # "dozens of fatalities and 900 hurt"
            phrases = [p for p in phrases if self.low[p.head] not in ("casualties", "fatalities", "deaths")] or phrases
        if self._is_broken_down(phrases):
            group.parts += phrases[1:]
            phrases = phrases[:1]
        main = phrases[0]
        for phrase in group.phrases:
            phrase.claimed = True
        for phrase in group.parts:
            phrase.claimed = True
        low, best, high, basis = main.low, main.best, main.high, main.basis
        if len(phrases) > 1:
            vague = all(p.kind == "some" for p in phrases)  # "women and children": no more than "people"
            low = max(p.low or 0 for p in phrases) if vague else sum(p.low or 0 for p in phrases)
            high = sum(p.high for p in phrases) if all(p.high is not None for p in phrases) else None  # type: ignore[misc]
            best = sum(p.best for p in phrases) if all(p.best is not None for p in phrases) else None  # type: ignore[misc]
            basis = Basis.SUM  # of several phrases, also where their lowest is no sum
        groups = [
            (p.group, p.low, p.best, p.high)
            for p in [*phrases, *group.parts]
            if p.group and (p.low is not None or p.high is not None)
        ]
        kinds = {p.kind for p in phrases}
        kind = "count" if kinds & {"count", "bare"} else main.kind
        if "named" in kinds and kind != "count":
            kind = "one" if "one" in kinds else "named"
        mention = Mention(
            self.sentence,
            outcome,
            rule,
            low,
            best,
            high,
            basis,
            min(p.first for p in phrases),
            max(p.last for p in phrases),
            trigger,
            kind,
            groups,
            definite=all(p.definite for p in phrases),
            other=any(p.other for p in phrases),
            of_whole=all(p.of_whole for p in phrases),
            addends=tuple(p.low or 0 for p in phrases) if len(phrases) > 1 else (),
        )
        for name, value in more.items():
            setattr(mention, name, value)
        self.mentions.append(mention)
        return mention

    def _is_broken_down(self, phrases: list[Phrase]) -> bool:
        """ "Nine people, two cooks and seven guests, drowned": the first is the sum of those listed after it."""
        whole, *listed = phrases
        if len(listed) < 2 or whole.low != sum(p.low or 0 for p in listed):
            return False
        nations = all(self.words[p.head][0].isupper() for p in listed) and not self.sentence.headline
        sexes = self.lexicon.sets["sexes"] | {"men", "women"}
        by_sort = nations or all(self.low[p.head] in sexes for p in listed)  # "three cooks, two women and a man"
        return whole.kind == "bare" or self.low[whole.head] in self.lexicon.sets["wholes"] or by_sort
