"""One sentence read for casualties: its person phrases, and how they hang together around a verb."""

from casualties.events.finding import find_phrases
from casualties.events.phrases import Phrase
from casualties.events.tokens import Sentence
from casualties.events.told import Group, Mention
from casualties.events.words import (
    ADVERB,
    AND,
    ARTICLE,
    BE,
    CONJUNCTION,
    DETERMINER,
    FUNCTION,
    HAVE,
    INCLUDE,
    MODAL,
    NUMBER,
    PERSON,
    POSSESSIVE,
    PREPOSITION,
    RELATIVE,
    REPORT,
    TRIGGER,
    Words,
    tables,
)
from casualties.model import Basis

_CLOSING = {")": "(", "-": "-", "–": "–", "—": "—"}
_BESIDE = (("along", "with"), ("together", "with"), ("as", "well", "as"), ("in", "addition", "to"))
LEFT, RIGHT = 30, 18  # tokens that an argument may be away from its verb


class Reading:
    """A tokenised sentence with its phrases indexed by where they start and end."""

    def __init__(self, sentence: Sentence) -> None:
        self.sentence = sentence
        self.low, self.bits, self.words = sentence.low, sentence.bits, sentence.words
        self.size = len(sentence.words)
        self.lexicon: Words = tables()
        self.phrases = find_phrases(sentence)
        self.at: list[Phrase | None] = [None] * self.size
        for phrase in self.phrases:
            for k in range(phrase.first, phrase.last):
                self.at[k] = phrase
        self.mentions: list[Mention] = []
        self.used: set[int] = set()  # tokens of verbs already read

    def is_in(self, k: int, name: str) -> bool:
        return 0 <= k < self.size and self.low[k] in self.lexicon.sets[name]

    def skip_right(self, k: int) -> int:
        """The first token from k on that is not an adverb or a quote, unless a phrase starts there."""
        steps = 0
        while (
            k < self.size
            and steps < 4
            and not self._starts(k)
            and ((self.bits[k] & ADVERB and not self.bits[k] & NUMBER) or self.low[k] in ('"', "“", "‘", "'"))
        ):
            k, steps = k + 1, steps + 1
        return k

    def _starts(self, k: int) -> bool:
        phrase = self.at[k]
        return phrase is not None and phrase.first == k

    def verb_group(self, t: int) -> tuple[int, bool, bool, bool, bool]:
        """Of a participle at t: where its auxiliaries begin, and whether they are be, have, negated, hypothetical."""
        k, be, have, negated, modal = t, False, False, False, False
        steps = 0
        while k > 0 and steps < 7:
            b = self.bits[k - 1]
            phrase = self.at[k - 1]
            if phrase is not None and not (b & (BE | HAVE)):
                if self.low[k - 1] in ("all", "both", "themselves", "himself", "herself") and phrase.kind == "pronoun":
                    k, steps = k - 1, steps + 1
                    continue
                break
            if b & BE:
                be = be or not have
            elif b & HAVE:
                have = True
            elif b & MODAL:
                modal = True
            elif self.low[k - 1] in ("not", "n't", "never"):
                negated = True
            elif not b & ADVERB and self.low[k - 1] not in ("found", "to"):
                break
            if "n't" in self.low[k - 1] or (self.low[k - 1] in self.lexicon.sets["almost"] and not self._starts(k)):
                negated = True  # "nearly killed" is not killed
            k, steps = k - 1, steps + 1
        while k < t and not self.bits[k] & (BE | HAVE | MODAL) and self.low[k] not in ("to", "not", "never"):
            k += 1
        if "to" in self.low[k:t] and be and not have:
            to = self.low.index("to", k, t)
            modal = modal or any(self.bits[j] & BE for j in range(to, t))
        return k, be, have, negated, modal

    # ------------------------------------------------------------ arguments

    def subject(self, t: int) -> Group | None:
        """The coordinated phrases to the left that are the subject of the verb group at t."""
        nearest = self._nearest_left(t)
        if nearest is None:
            return None
        group = Group([nearest])
        current = nearest
        while True:
            outer = self._left_neighbour(current)
            if outer is None:
                return group
            phrase, link = outer
            if link == "whole":
                group.parts.append(phrase)
                return group
            if link == "of":
                group.parts.extend(p for p in (current,) if p.of_whole)
                group.phrases = [phrase]
            elif link == "part":
                group.parts.extend(group.phrases)
                group.phrases = [phrase]
            else:
                group.phrases.insert(0, phrase)
            current = phrase

    def _nearest_left(self, t: int) -> Phrase | None:
        k, steps, finite = t - 1, 0, False
        while k > 0 and self.bits[k] & ADVERB and self.at[k] is None:
            k -= 1  # "reported killed": no verb of its own
        while k >= 0 and steps < LEFT:
            if self.low[k] in _CLOSING and (opened := self._aside(k)):
                k = opened - 1
                continue
            phrase = self.at[k]
            b, word = self.bits[k], self.low[k]
            if phrase is not None and not (b & (BE | HAVE)):
                if phrase.claimed:
                    if phrase.first and self.low[phrase.first - 1] == "of":
                        k, steps = phrase.first - 1, steps + 1
                        continue
                    return None
                relative = any(self.bits[j] & RELATIVE for j in range(phrase.last, min(t, phrase.last + 3)))
                if finite and not relative:
                    return None
                return self._outer_subject(phrase) or phrase
            if b & (BE | HAVE | MODAL | REPORT):
                finite = True
            if word in (";", ":") or (word in ("but", "while", "after", "when", "because", "as") and steps > 0):
                return None
            if word in ("which", "where") and steps < 2:
                return None
            k, steps = k - 1, steps + 1
        return None

    def _aside(self, k: int) -> int:
        """Where a remark opens that ends at k, in brackets or between dashes; 0 for none."""
        opening = _CLOSING[self.low[k]]
        for j in range(k - 1, max(0, k - 16), -1):
            if self.low[j] == opening and self.at[j] is None:
                return j
            if self.bits[j] & (BE | HAVE | MODAL) and opening != "(":
                return 0
        return 0

    def _outer_subject(self, inner: Phrase) -> Phrase | None:
        """ "A man who served in the army was killed": the person before, where this phrase ends what is told of him."""
        k = inner.first - 1
        if (
            inner.kind not in ("some", "those")
            or k < 1
            or not self.bits[k] & PREPOSITION
            or self.low[k] in ("of", "to")
        ):
            return None
        told = False
        for k in range(inner.first - 2, max(-1, inner.first - 9), -1):
            phrase = self.at[k]
            if phrase is not None:
                single = phrase.kind == "one" and not phrase.claimed and phrase.last == k + 1
                return phrase if single and told else None
            told = bool(self.bits[k] & RELATIVE) or self.low[k].endswith("ing")
        return None

    def _left_neighbour(self, phrase: Phrase) -> tuple[Phrase, str] | None:
        """The phrase that continues this one to the left, and how: and, part, of."""
        gap: list[int] = []
        k = phrase.first - 1
        while k >= 0 and len(gap) < 9:
            other = self.at[k]
            if other is not None:
                if other.claimed:
                    return None
                link = self._link(other, gap[::-1], phrase)
                return (other, link) if link else None
            b = self.bits[k]
            if b & (BE | HAVE | MODAL | REPORT) or self.low[k] in (";", ":", "."):
                return None
            gap.append(k)
            k -= 1
        return None

    def _link(self, left: Phrase, gap: list[int], right: Phrase) -> str | None:
        words = [self.low[k] for k in gap]
        if not gap:
            if right.of_whole:
                return "part"
            if left.kind == right.kind == "one":
                return "and" if self._listed_on(right) else None
            lost = left.kind == right.kind == "count" and not left.other and not self._has_own_verb(left)
            led = self.sentence.headline and left.kind == "one" and right.kind == "count" and left.first == 0
            return "and" if lost or led else None  # a comma that a feed lost
        if words == ["of"] and left.kind != "bare":
            relative = right.last < self.size and self.bits[right.last] & RELATIVE and left.kind in ("some", "those")
            return None if relative or self.low[left.head] in self.lexicon.sets["killed.bodies"] else "of"
        if left.first and self.bits[left.first - 1] & INCLUDE and right.kind == "bare" and self._has_own_verb(right):
            return None  # "20 killed, including 13 civilians, and 30 wounded"
        own = range(right.first, right.last)
        if words == ["and"] and right.of_whole and any(self.bits[k] & POSSESSIVE for k in own):
            return "and"  # "the mayor and three of his men"
        if words[-1] in ("among", "amongst"):
            return "whole" if right.counted else None
        if any(self.bits[k] & INCLUDE for k in gap) or (
            words[0] in ("-", "–", "—", "(") and (left.low or 0) >= (right.low or 0)
        ):
            return "part" if left.counted or left.kind in ("some", "those") else None
        if right.of_whole and right.last < self.size:
            return "part"
        if any(self.bits[k] & TRIGGER and not self.bits[k] & PERSON for k in gap):
            return None
        if any(self.bits[k] & (RELATIVE | CONJUNCTION) and not self.bits[k] & AND and words[-1] != "as" for k in gap):
            return None
        if words == [","] and self.sentence.headline and left.kind == right.kind == "one":
            bare = not (self.bits[left.first] | self.bits[right.first]) & (DETERMINER | ARTICLE)
            return "and" if bare and self._has_own_verb(right) else None  # "man, woman shot"
        if words == [","] and (right.kind == "one" or left.kind in ("named", "one")) and not self._listed_on(right):
            return None  # an apposition
        joined = (
            self.bits[gap[-1]] & AND
            or words[-2:] == ["as", "well"]
            or (words[-1] in (",", "as", "with") and (len(words) == 1 or "well" in words or "along" in words))
        )
        if joined and words[-1] != "or":
            inner = [k for k in gap[:-1] if self.low[k] != ","]
            if len(inner) > 5 or any(w.endswith("ed") and len(w) > 4 for w in (self.low[k] for k in inner)):
                return None
            return "and"
        return None

    def _listed_on(self, phrase: Phrase) -> bool:
        """Whether a comma before this phrase belongs to a list that goes on with "and"."""
        k = phrase.last
        while k < self.size and k - phrase.last < 3:
            if self.bits[k] & AND or self.low[k] == ",":
                return k + 1 < self.size and self.at[k + 1] is not None
            k += 1
        return False

    def target(self, k: int) -> Group | None:
        """The coordinated phrases that start at k (adverbs and a short date may stand before)."""
        if k + 1 < self.size and self.low[k] == "a" and self.low[k + 1] in self.lexicon.sets["quotes"]:
            k += 2  # "a 'large number' of people"
        k = self.skip_right(k)
        if (
            k < self.size
            and self.low[k] in ("on", "late", "early")
            and k + 1 < self.size
            and self.low[k + 1] in self.lexicon.sets["calendar"]
        ):
            k = self.skip_right(k + 2)
        elif k < self.size and self.low[k] in self.lexicon.sets["calendar"] and not self.at[k]:
            k += 1
        if k >= self.size or self.at[k] is None:
            return None
        first = self.at[k]
        assert first is not None
        if first.first < k and first.kind != "count":
            return None
        group = Group([first])
        current = first
        while (found := self._right_neighbour(current)) is not None:
            phrase, link = found
            if link == "whole":
                return group
            if link == "and" and not group.parts:
                group.phrases.append(phrase)
            elif link == "and" or link == "part":
                group.parts.append(phrase)
            current = phrase
        return group

    def target_after(self, phrase: Phrase) -> Group | None:
        """What is listed after a phrase: the wife and sons of "John Doe, his wife and two sons"."""
        found = self._right_neighbour(phrase)
        if found is None or found[1] != "and":
            return None
        group = self.target(found[0].first)
        return None if group is None or any(p.claimed for p in group.phrases) else group

    def along(self, k: int) -> Group | None:
        """The persons of "along with six teachers", "as well as two soldiers" at k."""
        if k < self.size and self.low[k] == ",":
            k += 1
        for words in _BESIDE:
            if tuple(self.low[k : k + len(words)]) == words:
                group = self.target(k + len(words))
                usable = group is not None and all(p.kind in ("count", "one") and not p.claimed for p in group.phrases)
                return group if usable and group is not None and not self._has_own_verb(group.phrases[-1]) else None
        return None

    def beside(self, k: int) -> Group | None:
        """ "himself and two soldiers" at k."""
        if k + 2 >= self.size or not self.bits[k + 1] & AND:
            return None
        group = self.target(k + 2)
        if group is None or self.low[k] not in ("himself", "herself"):
            return None
        return Group([Phrase(k, k + 1, "one", 1, 1, 1, Basis.EXACT, k), *group.phrases], group.parts)

    def _right_neighbour(self, phrase: Phrase) -> tuple[Phrase, str] | None:
        gap: list[int] = []
        k = phrase.last
        if k < self.size and self.low[k] == "(" and ")" in self.low[k : k + 14]:
            k = self.low.index(")", k) + 1
        while k < self.size and len(gap) < 6:
            other = self.at[k]
            if other is not None:
                if self._has_own_verb(other):
                    return None
                link = self._link(phrase, gap, other)
                if link == "and" and len([g for g in gap if self.low[g] != ","]) > 3:
                    return None
                return (other, link) if link else None
            b = self.bits[k]
            if b & (BE | HAVE | MODAL | REPORT) or self.low[k] in (";", ":", "."):
                return None
            gap.append(k)
            k += 1
        return None

    def _has_own_verb(self, phrase: Phrase) -> bool:
        """Whether a phrase is itself the subject of a verb that follows: "and 20 were wounded", "and 20 wounded"."""
        k = phrase.last
        while k < self.size and self.bits[k] & ADVERB:
            k += 1
        if k >= self.size:
            return False
        if self.bits[k] & (BE | HAVE | MODAL):
            return True
        return bool(
            self.bits[k] & TRIGGER
            and any(t.form in ("past", "part", "adj", "base") for t in self.lexicon.triggers.get(self.low[k], ()))
        )

    def named(self, t: int) -> Phrase | None:
        """Names that end right before t: "Jane Doe, 21, and John Roe were" is two."""
        k, names, in_name, steps = t - 1, 0, False, 0
        last = t
        while k >= 0 and steps < 14:
            word, b = self.words[k], self.bits[k]
            if (
                word[0].isupper()
                and not b & (FUNCTION | DETERMINER | ADVERB | NUMBER | TRIGGER)
                and self.low[k] not in self.lexicon.sets["calendar"]
            ):
                if not in_name:
                    names += 1
                in_name = True
            elif word in (",", "(", ")", '"', "”", "“") or (word.isdigit() and len(word) < 3) or (b & AND and names):
                in_name = False
            else:
                break
            k, steps = k - 1, steps + 1
        if not names:
            return None
        institutions = self.lexicon.sets["institutions"]
        if any(self.low[j] in institutions for j in range(k + 1, last)) or self.words[last - 1].endswith(("'s", "’s")):
            return None
        if k >= 2 and self.low[k] in ("of", "from") and self.low[k - 1] == ",":
            return self.named(k - 1)  # "Jane Doe, of Fullerton, was"
        k += 1
        while k < last and not self.words[k][0].isupper():
            k += 1
        return Phrase(k, last, "named", names, names, names, Basis.EXACT, k)

    # ------------------------------------------------------------ results

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
        main = phrases[0]
        for phrase in group.phrases:
            phrase.claimed = True
        for phrase in group.parts:
            phrase.claimed = True
        low, best, high, basis = main.low, main.best, main.high, main.basis
        if len(phrases) > 1:
            low = sum(p.low or 0 for p in phrases)
            high = sum(p.high for p in phrases) if all(p.high is not None for p in phrases) else None  # type: ignore[misc]
            best = sum(p.best for p in phrases) if all(p.best is not None for p in phrases) else None  # type: ignore[misc]
            basis = Basis.SUM
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
        )
        for name, value in more.items():
            setattr(mention, name, value)
        self.mentions.append(mention)
        return mention
