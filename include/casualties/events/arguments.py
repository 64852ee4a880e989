"""Which persons a verb counts: the coordinated phrases that are its subject or its object."""

from casualties.events.clauses import Clauses
from casualties.events.counted import OLDEST
from casualties.events.phrases import Phrase
from casualties.events.told import Group
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
)
from casualties.model import Basis

_OF_THEM = tuple([some, "of", whom] for some in ("most", "many", "some", "all", "half") for whom in ("them", "whom"))
_TOLD = 7  # tokens between a speaker and "said"
LEFT, RIGHT = 30, 18  # tokens that an argument may be away from its verb


class Arguments(Clauses):
    """The arguments of the verbs of a sentence."""

    def subject(self, t: int) -> Group | None:
        """The coordinated phrases to the left that are the subject of the verb group at t."""
        nearest = self._nearest_left(t)
        if nearest is None:
            return None
        own = self.low[t - 1] == "whom" or (self.low[t - 1] == "them" and not self.bits[t] & (BE | HAVE | MODAL))
        if nearest.of_whole and nearest.last == t and own:
            return Group([nearest])  # "rangers, 20 of whom have been killed", "many of them displaced"
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
                beside = current.kind in ("some", "those")  # "three men of the militia and a driver"
                group.phrases = [phrase, *(p for p in group.phrases[1:] if beside and p.counted and not p.of_whole)]
            elif link == "part":
                group.parts.extend(group.phrases)
                group.phrases = [phrase]
            else:
                group.phrases.insert(0, phrase)
            current = phrase

    def speaker(self, phrase: Phrase) -> Phrase | None:
        """ "Jane Doe said she was kidnapped": the one who speaks of himself."""
        k = phrase.first - 1
        if k > 0 and self.low[k] == "that":
            k -= 1
        if phrase.kind != "pronoun" or phrase.low != 1 or k < 1 or not self.bits[k] & REPORT:
            return None
        before = self.at[k - 1]
        told = before if before is not None and before.kind == "one" and before.last == k else self.named(k)
        return told if told is not None and told.low == 1 and not told.claimed else None

    def _nearest_left(self, t: int) -> Phrase | None:
        if self.low[max(0, t - 3) : t] == ["all", "of", "whom"]:  # "in which 30 people lay, all of whom died"
            counted = [p for p in self.phrases if p.last < t - 2 and p.kind == "count" and not p.claimed]
            return counted[-1] if counted else None
        if (whole := self._before_those_included(t)) is not None:
            return whole
        k, steps, finite = t - 1, 0, False
        while k > 0 and self.bits[k] & ADVERB and self.at[k] is None:
            k -= 1  # "reported killed": no verb of its own
        while k >= 0 and steps < LEFT:
            if opened := self.remark(k):
                k = opened - 1
                continue
            phrase = self.at[k]
            b, word = self.bits[k], self.low[k]
            if phrase is not None and not (b & (BE | HAVE)):
                if phrase.claimed:
                    if phrase.first and self.low[phrase.first - 1] == "of":
                        k, steps = phrase.first - 1, steps + 1
                        continue
                    return self._before_who(phrase)
                if phrase.last == t and self._is_agent(phrase):
                    return None  # "teen shot by police dies": who shot him does not
                relative = any(self.bits[j] & RELATIVE for j in range(phrase.last, min(t, phrase.last + 3)))
                if finite and not relative:
                    return None
                if phrase.kind == "bare" and self._is_age(phrase):
                    k = phrase.first - 2  # "Girl, seven, dies"
                    continue
                if self.low[max(0, phrase.first - 2) : phrase.first] in (["all", "from"], ["all", "of"]):
                    k = phrase.first - 3  # "eight all from one family were killed", "five, all of one crew, died"
                    continue
                if self.low[max(0, phrase.first - 3) : phrase.first] in _OF_THEM:
                    k = phrase.first - 4  # "150 people most of them girls were hurt", without its commas
                    continue
                before = self.at[phrase.first - 1] if phrase.first else None
                if before is not None and before.of_whole and phrase.kind == "one" and before.last == phrase.first:
                    k = before.last - 1  # "six of them Kurdish"
                    continue
                return self._outer_subject(phrase) or self._whose(phrase) or phrase
            if b & (BE | HAVE | MODAL | REPORT) and not self._is_reported(k):
                finite = True
            if word == "who" and t - k < 3 and self._is_named(k):
                return None  # "fans of striker John Roe, who died"
            if word == "who":
                finite = False  # the verb was that of its clause: "nine men who were working there were killed"
            if word == "as" and self.low[k - 1] == "known":
                k -= 1
                continue
            if word in (";", ":") or (word in ("but", "while", "after", "when", "because", "as") and steps > 0):
                return None
            if word in ("which", "where") and steps < 2:
                return None
            k, steps = k - 1, steps + 1
        return None

    def _before_those_included(self, t: int) -> Phrase | None:
        """ "Nine people, including a cook who was handing out bread, were killed": the nine."""
        if not t or self.low[t - 1] != ",":
            return None
        for k in range(t - 2, max(1, t - LEFT), -1):
            if self.low[k] in (";", ":"):
                return None
            if self.bits[k] & INCLUDE and self.low[k - 1] == ",":
                whole = self.at[k - 2] if k > 1 else None
                told = any(self.bits[j] & RELATIVE for j in range(k, t))
                usable = whole is not None and whole.last == k - 1 and whole.kind == "count" and not whole.claimed
                return whole if told and usable else None
        return None

    def _before_who(self, claimed: Phrase) -> Phrase | None:
        """ "A rider who trampled three monks dies", "six suspects in mayor's murder die": of whom that is told."""
        led = (
            self.at[claimed.first - 2] if claimed.first > 1 and self.low[claimed.first - 1] in ("in", "over") else None
        )
        if led is not None and led.last == claimed.first - 1 and led.counted and not led.claimed:
            return led
        for k in range(claimed.first - 1, max(0, claimed.first - 4), -1):
            if self.low[k] == "who":
                outer = self.at[k - 1]
                return outer if outer is not None and outer.last == k and not outer.claimed else None
        return None

    def _is_agent(self, phrase: Phrase) -> bool:
        k = phrase.first - 1
        return k > 1 and self.low[k] == "by" and bool(self.bits[k - 1] & TRIGGER) and self.at[k - 1] is None

    def _is_reported(self, k: int) -> bool:
        """ "A girl reported missing was killed": a participle, no verb of its own."""
        told = self.bits[k] & REPORT and self.at[k - 1] is not None and k + 1 < self.size
        return bool(told and self.bits[k + 1] & TRIGGER)

    def _is_age(self, number: Phrase) -> bool:
        """Whether a number between commas is the age of the one before it."""
        between = (
            number.first > 1 and self.low[number.first - 1] == "," and self.low[number.last : number.last + 1] == [","]
        )
        one = self.at[number.first - 2] if between else None
        return one is not None and one.kind == "one" and one.last == number.first - 1 and (number.low or 0) < OLDEST

    def _is_named(self, who: int) -> bool:
        """Whether a person's name stands before "who"."""
        k = who - 2 if self.low[who - 1] == "," else who - 1
        name = k > 0 and all(self.at[j] is None and self.words[j][0].isupper() for j in (k - 1, k))
        return name and self.named(k + 1) is not None

    def _whose(self, inner: Phrase) -> Phrase | None:
        """ "Several relatives of the town's mayor are killed": the many before "of" one."""
        end = inner.last
        while end < self.size and self.words[end][0].isupper() and self.at[end] is None:
            end += 1  # the name of that one
        if inner.kind != "one" or self.low[end : end + 1] not in (["are"], ["were"], ["have"]):
            return None
        for k in range(inner.first - 1, max(0, inner.first - 7), -1):
            if (many := self.at[k]) is not None:
                usable = many.kind in ("some", "count") and not many.claimed and self.bits[many.last] & PREPOSITION
                return many if usable else None  # "seven suspects in the murder of a mayor have died"
            if self.low[k] in (",", "and", ";", ":"):
                return None
            outer = self.at[k - 1] if self.low[k] == "of" else None
            if outer is not None and outer.kind in ("some", "count") and not outer.claimed:
                return outer
        return None

    def _outer_subject(self, inner: Phrase) -> Phrase | None:
        """ "A man who served in the army was killed": the person before, where this phrase ends what is told of him."""
        k = inner.first - 1
        doing = k
        while doing > max(1, k - 2) and not self.bits[doing] and not self.low[doing].endswith("ing"):
            doing -= 1
        outer = self.at[doing - 1] if doing > 0 and self.low[doing].endswith("ing") and not self.at[doing] else None
        if (
            outer is not None
            and outer.kind == "one"
            and inner.kind == "some"
            and outer.last == doing
            and not outer.claimed
        ):
            return outer  # "a policeman guarding workers was killed"
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
        k, passed = phrase.first - 1, False
        while k >= 0 and len(gap) < 9:
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

    def _has_verb_before(self, phrase: Phrase) -> bool:
        """ "Police arrested 30 people, nine of whom were hurt, and two cooks were killed": whether one is an object."""
        k = phrase.first - 1
        known = FUNCTION | ADVERB | DETERMINER | PERSON
        return k >= 0 and self.low[k].isalpha() and not self.words[k][0].isupper() and not self.bits[k] & known

    def _link(self, left: Phrase, gap: list[int], right: Phrase) -> str | None:
        words = [self.low[k] for k in gap]
        if set(words) <= {","} and self._is_among_them(right):
            return "part"  # "ten people, six children among them, were killed"
        if not gap:
            if right.of_whole:
                return "part"
            if left.kind == right.kind == "one":
                return "and" if self.listed_on(right) else None
            lost = left.kind == right.kind == "count" and not left.other and not self.has_own_verb(left)
            led = self.sentence.headline and left.kind == "one" and right.kind == "count" and left.first == 0
            return "and" if lost or led else None  # a comma that a feed lost
        titled = self.sentence.headline and right.kind == "one" and all(self.words[k][0].isupper() for k in gap[1:])
        if words[0] == "of" and (len(words) == 1 or titled) and left.kind != "bare":
            relative = right.last < self.size and self.bits[right.last] & RELATIVE and left.kind in ("some", "those")
            return None if relative or self.low[left.head] in self.lexicon.sets["killed.bodies"] else "of"
        if right.kind == "pronoun" and words[-1] == "as":
            return None  # "kill farmer as he picks olives"
        if right.kind == "bare" and self.has_own_verb(right) and (left.of_whole or self._is_included(left)):
            return None  # "20 killed, including 13 civilians, and 30 wounded"
        own = range(right.first, right.last)
        named = all(w in (",", "and", "with") or self.words[k][0].isupper() for k, w in zip(gap, words, strict=True))
        named = named or (words[0] == "of" and left.kind == "one")  # "a leader of the militia and two of his men"
        clause = words[-2:] == [",", "and"] and self.has_own_verb(right)
        if clause and (self._is_included(left) or self._is_placed(left)):
            return None  # "nine drowned, including the pilot, and two deckhands were hurt"
        if words == [","] and self._speaks(right):
            return None  # "killed nine people, two activists reached by telephone said"
        if words[-1] in ("and", "with") and named and right.of_whole and any(self.bits[k] & POSSESSIVE for k in own):
            return "and"  # "the mayor and three of his men", "a farmer, John Doe, and two of his sons"
        if "whom" in words and {"among", "amongst"} & set(words):
            return "part" if left.counted else None
        if words[-1] in ("among", "amongst"):
            return "whole" if right.counted else None
        if any(self.bits[k] & INCLUDE for k in gap) or (
            words[0] in ("-", "–", "—", "(") and (left.low or 0) >= (right.low or 0)
        ):
            return "part" if left.counted or left.kind in ("some", "those") else None
        if right.of_whole and right.last < self.size:
            if not {"where", "when"}.isdisjoint(words):
                return None  # "two bombers, where 28 of them were killed"
            return (
                "part" if self.lexicon.sets["contrasts"].isdisjoint(words) else None
            )  # "saved four men, but one of them died"
        if any(self.bits[k] & TRIGGER and not self.bits[k] & PERSON for k in gap):
            return None
        if not self.lexicon.sets["killed.falling"].isdisjoint(words):
            return None  # "eight policemen fell and 20 were hurt"
        if any(self.bits[k] & (RELATIVE | CONJUNCTION) and not self.bits[k] & AND and words[-1] != "as" for k in gap):
            return None
        if words == [","] and right.kind == "bare" and left.kind != "bare":
            return None  # "in a village of 400 people, 61 were killed"
        if words == [","] and self.sentence.headline and left.kind == right.kind == "one":
            bare = not (self.bits[left.first] | self.bits[right.first]) & (DETERMINER | ARTICLE)
            listed = self.has_own_verb(right) or self._is_kin(right)
            return "and" if bare and listed else None  # "man, woman shot", "man, son at fair shot"
        kin = self._is_kin(left) and self._is_kin(right) and not self.bits[right.first] & POSSESSIVE
        if words == [","] and kin:
            return "and"
        if words == ["and"] and self._is_one_in_two_roles(left, right):
            return None
        listed = self.listed_on(right) or self._goes_on_by_article(left, right)
        if words == [","] and (right.kind == "one" or left.kind in ("named", "one")) and not listed:
            return None  # an apposition
        joined = (
            self.bits[gap[-1]] & AND
            or (words[-1] == "," and named and self._have_titles(left, right))
            or words[-2:] == ["as", "well"]
            or words == ["in", "addition", "to"]
            or (words[-1] in (",", "as", "with") and (len(words) == 1 or "well" in words or "along" in words))
        )
        if joined and words[-1] != "or":
            inner = [k for k in gap[:-1] if self.low[k] != ","]
            if len(inner) > 5 or any(w.endswith("ed") and len(w) > 4 for w in (self.low[k] for k in inner)):
                return None
            return "and"
        return None

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

    def _is_kin(self, phrase: Phrase) -> bool:
        """ "daughter", "his wife": one by kin or sex alone, without an article; not "wife of"."""
        sexes = self.lexicon.sets["wounds.male"] | self.lexicon.sets["wounds.female"]
        first = phrase.first + bool(self.bits[phrase.first] & POSSESSIVE)
        alone = phrase.last == first + 1 and self.low[first] in sexes
        return phrase.kind == "one" and alone and self.low[phrase.last : phrase.last + 1] != ["of"]

    def _is_one_in_two_roles(self, left: Phrase, right: Phrase) -> bool:
        """ "A journalist and activist was shot", "Local teacher and coach shot in her home": one person."""
        if not left.kind == right.kind == "one" or self.bits[right.first] & (ARTICLE | DETERMINER | POSSESSIVE):
            return False
        sexes = self.lexicon.sets["wounds.male"] | self.lexicon.sets["wounds.female"]
        if any(self.low[p.head] in sexes or p.group == "children" for p in (left, right)):
            return False
        after = self.low[right.last :]
        after = after[after[:1] == [","] :]  # "John Roe, a teacher and coach, was"
        return after[:1] in (["was"], ["is"], ["has"]) or (
            self.sentence.headline and not {"his", "her"}.isdisjoint(after) and "their" not in after
        )

    def _have_titles(self, left: Phrase, right: Phrase) -> bool:
        """ "Judge Ann Bell, prosecutor Jim Poe and": each a bare noun before a name, in a list that goes on."""
        nouns = (left, right)
        bare = all(p.kind == "one" and not self.bits[p.first] & (ARTICLE | DETERMINER | POSSESSIVE) for p in nouns)
        return bare and all(self.words[p.last][0].isupper() for p in nouns) and self.listed_on(right)

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

    def target(self, k: int) -> Group | None:
        """The coordinated phrases that start at k (adverbs and a short date may stand before)."""
        if k + 1 < self.size and self.low[k] == "a" and self.low[k + 1] in self.lexicon.sets["quotes"]:
            k += 2  # "a 'large number' of people"
        if k + 1 < self.size and self.low[k] == "(" and (told := self.at[k + 1]) is not None and told.kind == "count":
            k += 1  # "killing (14) people"
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
        if k < self.size and self.at[k] is None:
            k = self._after_names(k)
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

    def _after_names(self, k: int) -> int:
        """Where a single person stands after the name of a side: "killed Hamas commander"; k where none does.

        But for headlines, that one's own name has to follow: "killed Front commander Abu Ali".
        """
        for j in range(k + 1, min(k + 3, self.size)):
            phrase = self.at[j]
            if not self.words[j - 1][0].isupper() or self.bits[j - 1]:
                return k
            if phrase is not None:
                bare = phrase.kind == "one" and phrase.first == j and self.words[j][0].islower()
                named = phrase.last < self.size and self.words[phrase.last][0].isupper()
                return j if bare and (named or self.sentence.headline) else k
        return k

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
        for phrase in self.lexicon.sets["beside"]:
            words = phrase.split()
            if self.low[k : k + len(words)] == words:
                group = self.target(k + len(words))
                usable = group is not None and all(p.kind in ("count", "one") and not p.claimed for p in group.phrases)
                return group if usable and group is not None and not self.has_own_verb(group.phrases[-1]) else None
        return None

    def beside(self, k: int) -> Group | None:
        """ "himself and two soldiers" at k."""
        if k + 2 >= self.size or not self.bits[k + 1] & AND:
            return None
        group = self.target(k + 2)
        if group is None or self.low[k] not in ("himself", "herself"):
            return None
        return Group([Phrase(k, k + 1, "one", 1, 1, 1, Basis.EXACT, k), *group.phrases], group.parts)

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

    def _right_neighbour(self, phrase: Phrase) -> tuple[Phrase, str] | None:
        gap: list[int] = []
        k = phrase.last
        if k < self.size and self.low[k] == "(" and ")" in self.low[k : k + 14]:
            k = self.low.index(")", k) + 1
        k = self.past_remark(k) if k < self.size else k
        of = k < self.size and self.low[k] == "of"  # "five members of the town's own police force and three civilians"
        named = self.low[k : k + 1] == [","] and k + 1 < self.size and self.words[k + 1][0].isupper()
        while k < self.size and len(gap) < (9 if of or named else 6):
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
