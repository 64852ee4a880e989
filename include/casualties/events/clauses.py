"""A tokenised sentence with its person phrases indexed by token, and the verb groups in it."""

from casualties.events.finding import find_phrases
from casualties.events.phrases import Phrase
from casualties.events.tokens import Sentence
from casualties.events.told import Mention
from casualties.events.words import (
    ADVERB,
    AND,
    BE,
    DETERMINER,
    FUNCTION,
    HAVE,
    MODAL,
    NUMBER,
    TRIGGER,
    Words,
    tables,
)
from casualties.model import Basis

_CLOSING = {")": "(", "-": "-", "–": "–", "—": "—"}


class Clauses:
    """A sentence, its phrases by the tokens that they cover, and the mentions read so far."""

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
            and not self.starts(k)
            and ((self.bits[k] & ADVERB and not self.bits[k] & NUMBER) or self.low[k] in ('"', "“", "‘", "'"))
        ):
            k, steps = k + 1, steps + 1
        return k

    def starts(self, k: int) -> bool:
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
            elif not (
                b & ADVERB
                or self.low[k - 1] in ("found", "to", "not", "never")
                or self.low[k - 1].endswith("n't")
                or self._is_raised(k)
                or self._quotes(k - 1)
            ):
                break
            denied = self.low[k - 1] in ("not", "never") or "n't" in self.low[k - 1]
            if denied or (self.low[k - 1] in self.lexicon.sets["almost"] and not self.starts(k)):
                negated = True  # "nearly killed" is not killed
            k, steps = k - 1, steps + 1
        while k < t and not self.bits[k] & (BE | HAVE | MODAL) and self.low[k] not in ("to", "not", "never"):
            k += 1
        if "to" in self.low[k:t] and be and not have:
            to = self.low.index("to", k, t)
            raised = self.low[to - 1] in self.lexicon.sets["raised"]  # "are thought to be missing"
            modal = modal or (not raised and any(self.bits[j] & BE for j in range(to, t)))
        return k, be, have, negated, modal

    def _quotes(self, k: int) -> bool:
        """Whether a quotation mark stands at k: 'had been "destroyed"'."""
        return self.is_in(k, "quotes")

    def _is_raised(self, k: int) -> bool:
        """Whether "to" at k follows a word of report: "are known to have died"."""
        return self.low[k] == "to" and self.low[k - 1] in self.lexicon.sets["raised"]

    def aside(self, k: int) -> int:
        """Where a remark opens that ends at k, in brackets or between dashes; 0 for none."""
        opening = _CLOSING.get(self.low[k])
        if opening is None:
            return 0
        clause = False
        for j in range(k - 1, max(0, k - 16), -1):
            if self.low[j] == opening and self.at[j] is None:
                return j if not clause or self._tells_of_whom(j) else 0
            clause = clause or bool(self.bits[j] & (BE | HAVE | MODAL) and opening != "(")
        return 0

    def _tells_of_whom(self, opening: int) -> bool:
        """ "- five of whom were Kenyans -", ", most of whom had fled,": whether a mark opens such a clause."""
        return "whom" in self.low[opening + 2 : opening + 6]

    def whom_clause(self, k: int) -> int:
        """Where a clause between commas opens that ends at k: ", 11 of whom had wounds,"; 0 for none."""
        if self.low[k] != ",":
            return 0
        for j in range(k - 1, max(0, k - 16), -1):
            if self.low[j] in (",", ";", ":"):
                some = self.at[j + 1]  # "one of them a boy"
                some_of_them = (
                    some is not None and some.last < k and self.low[some.last - 2 : some.last] == ["of", "them"]
                )
                return j if self.low[j] == "," and (some_of_them or self._tells_of_whom(j)) else 0
        return 0

    def remark(self, k: int) -> int:
        """Where a remark or a clause on those told before opens that ends at k; 0 for none."""
        return self.aside(k) or self.whom_clause(k)

    def past_remark(self, k: int) -> int:
        """The "and" after a remark that opens at k, as in "six priests - five of whom were Kenyans - and"; else k."""
        for j in range(k + 2, min(k + 16, self.size - 1)):
            if self.bits[j + 1] & AND and self.remark(j) == k:
                return j + 1
        return k

    def has_own_verb(self, phrase: Phrase) -> bool:
        """Whether a phrase is itself the subject of a verb that follows: "and 20 were wounded", "and 20 wounded"."""
        k = phrase.last
        while k < self.size and self.bits[k] & ADVERB:
            k += 1
        if k >= self.size:
            return False
        if self.bits[k] & (BE | HAVE | MODAL):
            return True
        if self.sentence.headline and phrase.kind in ("bare", "count") and self.low[k].endswith("ed"):
            return True  # "kill two, dozens arrested"
        return bool(
            self.bits[k] & TRIGGER
            and any(t.form in ("past", "part", "adj", "base") for t in self.lexicon.triggers.get(self.low[k], ()))
        )

    def names_from(self, t: int) -> Phrase | None:
        """The names listed from t: "Ann, Bob and Eve Roe" is three."""
        k, names = t, 0
        while k < self.size and self.words[k][0].isupper() and not self.bits[k] & (FUNCTION | NUMBER | TRIGGER):
            names += 1
            while k < self.size and self.words[k][0].isupper() and not self.bits[k] & (FUNCTION | NUMBER | TRIGGER):
                k += 1
            last = k
            k += self.low[k : k + 1] == [","]
            k += self.low[k : k + 1] == ["and"]
            if k == last:
                break
        return Phrase(t, last, "named", names, names, names, Basis.EXACT, t) if names > 1 else None

    def named(self, t: int) -> Phrase | None:
        """Names that end right before t: "Jane Doe, 21, and John Roe were" is two."""
        if t > 1 and self.low[t - 1] == "who":
            t -= 1 + (self.low[t - 2] == ",")  # "John Doe, who was killed"
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
