"""Which phrases of persons belong together, and how: "two men and a boy", "ten people, six of them children"."""

from casualties.events.clauses import Clauses
from casualties.events.phrases import Phrase
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
    RELATIVE,
    REPORT,
    TRIGGER,
)

_TOLD = 7  # tokens between a speaker and "said"
_GAP = 9  # tokens between two phrases that may belong together, to the left
_INNER = 5  # words between the first of two phrases and the "and" before the second


class Linking(Clauses):
    """The neighbours of a phrase. Links are "and", "of", "part" (the second is one of the first), and "whole"."""

    def left_neighbour(self, phrase: Phrase) -> tuple[Phrase, str] | None:
        """The phrase that continues this one to the left, and how: and, part, of."""
        gap: list[int] = []
        k, passed = phrase.first - 1, False
        while k >= 0 and len(gap) < _GAP:
            if len(gap) == 1 and self.bits[k + 1] & AND and (opened := self.remark(k)):
                k, passed = opened - 1, True
            other = self.at[k]
            if other is not None:
                if other.claimed or (passed and self._has_verb_before(other)):
                    return None
                link = self._link(other, gap[::-1], phrase)
                return (other, link) if link else None
            b = self.bits[k]
            among = self.low[max(0, k - 2) : k] in (["among", "whom"], ["amongst", "whom"])  # "among whom were six"
            if (b & (BE | HAVE | MODAL | REPORT) and not among) or self.low[k] in (";", ":", "."):
                return None
            gap.append(k)
            k -= 1
        return None

    def right_neighbour(self, phrase: Phrase) -> tuple[Phrase, str] | None:
        """The phrase that continues this one to the right, and how: and, part, whole."""
        gap: list[int] = []
        k = phrase.last
        if k < self.size and self.low[k] == "(" and ")" in self.low[k : k + 14]:
            k = self.low.index(")", k) + 1
        k = self.past_remark(k) if k < self.size else k
        of = k < self.size and self.low[k] == "of"  # "five members of the town's own police force and three civilians"
        named = self.low[k : k + 1] == [","] and k + 1 < self.size and self.words[k + 1][0].isupper()
        while k < self.size and len(gap) < (_GAP if of or named else 6):
            other = self.at[k]
            if other is not None:
                if self.has_own_verb(other) or self._opens_clause(gap, other):
                    return None
                link = self._link(phrase, gap, other)
                told = [g for g in gap if self.low[g] != "," and not (named and not self.words[g][0].islower())]
                if link == "and" and (len(told) > (7 if of else 3) or self._are_apart(phrase, other)):
                    return None
                return (other, link) if link else None
            b = self.bits[k]
            if b & (BE | HAVE | MODAL | REPORT) or self.low[k] in (";", ":", "."):
                return None
            gap.append(k)
            k += 1
        return None

    def _link(self, left: Phrase, gap: list[int], right: Phrase) -> str:
        """How two phrases with the tokens ``gap`` between them are linked; empty where they are not."""
        words = [self.low[k] for k in gap]
        if set(words) <= {","} and self._is_among_them(right):
            return "part"  # "ten people, six children among them, were killed"
        if not gap:
            return self._touching(left, right)
        titled = self.sentence.headline and right.kind == "one" and all(self.words[k][0].isupper() for k in gap[1:])
        if words[0] == "of" and (len(words) == 1 or titled) and left.kind != "bare":
            relative = right.last < self.size and self.bits[right.last] & RELATIVE and left.kind in ("some", "those")
            return "" if relative or self.low[left.head] in self.lexicon.sets["killed.bodies"] else "of"
        if self._begins_anew(left, words, right):
            return ""
        link = self._of_whole(left, gap, right)
        if link is not None:
            return link
        if self._keeps_apart(gap):
            return ""
        return self._by_comma(left, right) if words == [","] else self._by_words(left, gap, right)

    def _touching(self, left: Phrase, right: Phrase) -> str:
        if right.of_whole:
            return "part"
        if left.kind == right.kind == "one":
            return "and" if self.listed_on(right) else ""
        lost = left.kind == right.kind == "count" and not left.other and not self.has_own_verb(left)
        led = self.sentence.headline and left.kind == "one" and right.kind == "count" and left.first == 0
        return "and" if lost or led else ""  # a comma that a feed lost

    def _begins_anew(self, left: Phrase, words: list[str], right: Phrase) -> bool:
        """Whether the second phrase is the subject of something else."""
        if right.kind == "pronoun" and words[-1] == "as":
            return True  # "kill farmer as he picks olives"
        if right.kind == "bare" and self.has_own_verb(right) and (left.of_whole or self._is_included(left)):
            return True  # "20 killed, including 13 civilians, and 30 wounded"
        if words[-2:] == [",", "and"] and self.has_own_verb(right):
            return self._is_included(left) or self._is_placed(left)  # "nine drowned, including the pilot, and two were"
        return words == [","] and self._speaks(right)  # "killed nine people, two activists reached by telephone said"

    def _of_whole(self, left: Phrase, gap: list[int], right: Phrase) -> str | None:
        """The link by words for a part of a whole: "and", "part", "whole", none (empty), or None without such words."""
        words = [self.low[k] for k in gap]
        own = any(self.bits[k] & POSSESSIVE for k in range(right.first, right.last))
        if words[-1] in ("and", "with") and self._names_between(left, gap) and right.of_whole and own:
            return "and"  # "the mayor and three of his men", "a farmer, John Doe, and two of his sons"
        if words == ["and"] and right.of_whole and left.kind == "one" and self._are_others(right):
            return "and"  # "a pilgrim and two of the guards"
        if "whom" in words and not {"among", "amongst"}.isdisjoint(words):
            return "part" if left.counted else ""
        if words[-1] in ("among", "amongst"):
            return "whole" if right.counted else ""
        dashed = words[0] in ("-", "–", "—", "(") and (left.low or 0) >= (right.low or 0)
        if dashed or any(self.bits[k] & INCLUDE for k in gap):
            return "part" if left.counted or left.kind in ("some", "those") else ""
        if right.of_whole and right.last < self.size:
            # "two bombers, where 28 of them were killed", "saved four men, but one of them died"
            apart = self.lexicon.sets["contrasts"] | {"where", "when"}
            return "part" if apart.isdisjoint(words) else ""
        return None

    def _are_others(self, part: Phrase) -> bool:
        """Whether some of a body of people are told of, and not of the dead or hurt: "two of the guards"."""
        told = self.lexicon.sets["conditions"] | {"victims", "casualties", "them", "those"}
        return self.low[part.head] not in told and bool(self.bits[part.head] & PERSON)

    def _names_between(self, left: Phrase, gap: list[int]) -> bool:
        """Whether only the name of the first one is between two phrases, or whose he is: "a leader of the militia"."""
        of = self.low[gap[0]] == "of" and left.kind == "one"
        return of or all(self.low[k] in (",", "and", "with") or self.words[k][0].isupper() for k in gap)

    def _keeps_apart(self, gap: list[int]) -> bool:
        """Whether a verb or another clause stands between two phrases."""
        last = self.low[gap[-1]]
        return any(
            (self.bits[k] & TRIGGER and not self.bits[k] & PERSON)
            or self.is_in(k, "killed.falling")  # "eight policemen fell and 20 were hurt"
            or (self.bits[k] & (RELATIVE | CONJUNCTION) and not self.bits[k] & AND and last != "as")
            for k in gap
        )

    def _by_comma(self, left: Phrase, right: Phrase) -> str:
        if right.kind == "bare" and left.kind != "bare":
            return ""  # "in a village of 400 people, 61 were killed"
        if self.sentence.headline and left.kind == right.kind == "one":
            bare = not (self.bits[left.first] | self.bits[right.first]) & (DETERMINER | ARTICLE)
            listed = self.has_own_verb(right) or self._is_kin(right)
            return "and" if bare and listed else ""  # "man, woman shot", "man, son at fair shot"
        if self._is_kin(left) and self._is_kin(right) and not self.bits[right.first] & POSSESSIVE:
            return "and"
        apposed = right.kind == "one" or left.kind in ("named", "one")
        return "and" if not apposed or self.listed_on(right) or self._goes_on_by_article(left, right) else ""

    def _by_words(self, left: Phrase, gap: list[int], right: Phrase) -> str:
        """The link by "and" and the like, with few words before it."""
        words = [self.low[k] for k in gap]
        if words == ["and"] and self._is_one_in_two_roles(left, right):
            return ""
        listed = self.bits[gap[-1]] & AND and words[-1] != "or"
        besides = words[-1] in (",", "as", "with") and (len(words) == 1 or "well" in words or "along" in words)
        titled = words[-1] == "," and self._names_between(left, gap) and self._have_titles(left, right)
        if not (listed or besides or titled or words[-2:] == ["as", "well"] or words == ["in", "addition", "to"]):
            return ""
        inner = [self.low[k] for k in gap[:-1] if self.low[k] != ","]
        return "" if len(inner) > _INNER or any(w.endswith("ed") and len(w) > 4 for w in inner) else "and"

    def _has_verb_before(self, phrase: Phrase) -> bool:
        """ "Police arrested 30 people, nine of whom were hurt, and two cooks were killed": whether one is an object."""
        k = phrase.first - 1
        known = FUNCTION | ADVERB | DETERMINER | PERSON
        return k >= 0 and self.low[k].isalpha() and not self.words[k][0].isupper() and not self.bits[k] & known

    def _are_apart(self, one: Phrase, two: Phrase) -> bool:
        """ "four in Homs and two in Hama", "31 and 22 by shelling": each with a place, day or cause of its own."""
        if two.kind == "bare" and self.low[two.last : two.last + 1] == ["by"]:
            return True
        ends = (one.last, two.last)
        if two.kind == "bare" and all(self.low[k : k + 1] == ["on"] and self.is_in(k + 1, "calendar") for k in ends):
            return True
        named = all(k + 1 < self.size and any(map(str.isupper, self.words[k + 1])) for k in ends)
        return named and two.kind in ("bare", "count") and all(self.low[k] in ("in", "at", "near") for k in ends)

    def _opens_clause(self, gap: list[int], other: Phrase) -> bool:
        """ "killed 36 people, and three bombers attacked a post": after a comma, the subject of what comes next."""
        comma, verb = [self.low[k] for k in gap[-2:]] == [",", "and"], other.last
        done_to = verb + 1 < self.size and self.bits[verb + 1] & (ARTICLE | DETERMINER | NUMBER)
        return bool(comma and done_to and self.low[verb].endswith("ed"))

    def _is_among_them(self, phrase: Phrase) -> bool:
        """Whether the list that a phrase begins ends with "among them" or "included"."""
        k = phrase.last
        while k < self.size and (self.low[k] == "," or self.bits[k] & AND):
            following = self.at[k + 1] if k + 1 < self.size else None
            if following is None or following.first != k + 1:
                return False
            k = following.last
        return self.low[k : k + 2] in (["among", "them"], ["amongst", "them"]) or self.low[k : k + 1] == ["included"]

    def _is_placed(self, phrase: Phrase) -> bool:
        """Whether a phrase is only where something came down or went: "dropped barrels on all four"."""
        before = self.low[phrase.first - 1] if phrase.first else ""
        return before in ("on", "in", "at", "near", "to", "into", "from", "against", "for")

    def _speaks(self, phrase: Phrase) -> bool:
        """Whether a phrase and what is told of it up to the next comma are the subject of a verb of saying."""
        for k in range(phrase.last, min(phrase.last + _TOLD, self.size)):
            if self.low[k] in (",", ";", ".") or self.bits[k] & (BE | HAVE | TRIGGER):
                return False
            if self.bits[k] & REPORT and self.low[k - 1] != "by":
                return True
        return False

    def _is_included(self, phrase: Phrase) -> bool:
        """Whether a phrase stands in a list that "including" or "among them" opens."""
        k = phrase.first - 1
        if k > 0 and self.low[k] in ("them", "whom"):
            k -= 1
        if k < 1 or self.bits[k] & INCLUDE:
            return k >= 0 and bool(self.bits[k] & INCLUDE)
        before = self.at[k - 1]
        listed = before is not None and (self.bits[k] & AND or self.low[k] == ",")
        return bool(listed and before and self._is_included(before))

    def listed_on(self, phrase: Phrase) -> bool:
        """Whether a comma before this phrase belongs to a list that goes on with "and"."""
        kin = not self.bits[phrase.first] & ARTICLE  # "the wife, son, and daughter"; not "John Doe, a farmer, and his"
        k = phrase.last
        while k < self.size and k - phrase.last < 3:
            if self.bits[k] & AND or self.low[k] == ",":
                k += 1 + (self.low[k] == "," and k + 1 < self.size and self.low[k + 1] == "and" and kin)
                return k < self.size and self.at[k] is not None
            k += 1
        return False

    def _goes_on_by_article(self, left: Phrase, right: Phrase) -> bool:
        """ "A mayor, an official, and a candidate": three; not "a farmer, a father of two, and a cook"."""
        k = right.last
        third = self.at[k + 2] if self.low[k : k + 2] == [",", "and"] and k + 2 < self.size else None
        return third is not None and all(self.low[p.first] in ("a", "an") for p in (left, right, third))

    def _have_titles(self, left: Phrase, right: Phrase) -> bool:
        """ "Judge Ann Bell, prosecutor Jim Poe and": each a bare noun before a name, in a list that goes on."""
        nouns = (left, right)
        bare = all(p.kind == "one" and not self.bits[p.first] & (ARTICLE | DETERMINER | POSSESSIVE) for p in nouns)
        return bare and all(self.words[p.last][0].isupper() for p in nouns) and self.listed_on(right)

    def _is_kin(self, phrase: Phrase) -> bool:
        """ "daughter", "his wife": one by kin or sex alone, without an article; not "wife of"."""
        sexes = self.lexicon.sets["sexes"]
        first = phrase.first + bool(self.bits[phrase.first] & POSSESSIVE)
        alone = phrase.last == first + 1 and self.low[first] in sexes
        return phrase.kind == "one" and alone and self.low[phrase.last : phrase.last + 1] != ["of"]

    def _is_one_in_two_roles(self, left: Phrase, right: Phrase) -> bool:
        """ "A journalist and activist was shot", "Local teacher and coach shot in her home": one person."""
        if not left.kind == right.kind == "one" or self.bits[right.first] & (ARTICLE | DETERMINER | POSSESSIVE):
            return False
        sexes = self.lexicon.sets["sexes"]
        if any(self.low[p.head] in sexes or p.group == "children" for p in (left, right)):
            return False
        after = self.low[right.last :]
        after = after[after[:1] == [","] :]  # "John Roe, a teacher and coach, was"
        return after[:1] in (["was"], ["is"], ["has"]) or (
            self.sentence.headline and not {"his", "her"}.isdisjoint(after) and "their" not in after
        )
