"""Which persons a verb counts: the coordinated phrases that are its subject or its object."""

from casualties.events.countable import OLDEST
from casualties.events.linking import Linking
from casualties.events.phrases import Phrase
from casualties.events.told import Group
from casualties.events.words import (
    ADVERB,
    AND,
    BE,
    HAVE,
    INCLUDE,
    MODAL,
    PREPOSITION,
    RELATIVE,
    REPORT,
    TRIGGER,
)
from casualties.model import Basis

_OF_THEM = tuple([some, "of", whom] for some in ("most", "many", "some", "all", "half") for whom in ("them", "whom"))
_LEFT = 30  # tokens that a subject may be away from its verb


class Arguments(Linking):
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
            outer = self.left_neighbour(current)
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
        while k >= 0 and steps < _LEFT:
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
                if (before := self._before_aside(phrase)) is not None:
                    k = before
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
        for k in range(t - 2, max(1, t - _LEFT), -1):
            if self.low[k] in (";", ":"):
                return None
            if self.bits[k] & INCLUDE and self.low[k - 1] == ",":
                whole = self.at[k - 2] if k > 1 else None
                told = any(self.bits[j] & RELATIVE for j in range(k, t))
                usable = whole is not None and whole.last == k - 1 and whole.kind == "count" and not whole.claimed
                return whole if told and usable else None
        return None

    def _before_aside(self, phrase: Phrase) -> int | None:
        """The token before a phrase that only tells more of the one before it; None where it is the subject itself."""
        k = phrase.first
        if phrase.kind == "bare" and self._is_age(phrase):
            return k - 2  # "Girl, seven, dies"
        if self.low[max(0, k - 2) : k] in (["all", "from"], ["all", "of"]):
            return k - 3  # "eight all from one family were killed", "five, all of one crew, died"
        if self.low[max(0, k - 3) : k] in _OF_THEM:
            return k - 4  # "150 people most of them girls were hurt", without its commas
        before = self.at[k - 1] if k else None
        of_them = before is not None and before.of_whole and phrase.kind == "one" and before.last == k
        return k - 1 if of_them else None  # "six of them Kurdish"

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
        while (found := self.right_neighbour(current)) is not None:
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
        found = self.right_neighbour(phrase)
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
