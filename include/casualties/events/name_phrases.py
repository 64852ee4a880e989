"""Noun phrases that can be a source: found backwards from a verb of saying, or forwards from "according to"."""

from bisect import bisect_left, bisect_right
from functools import cache

from casualties.events.name_words import Word, sentences, split
from casualties.events.source_words import tables

_LONGEST = 14  # words in the name of a source
_LINKS = 3  # prepositions in it
_PREPOSITIONS = frozenset(("of", "for", "at", "in", "from", "with"))
_MARKS = frozenset((",", "-", "–", "—"))
_STANCES = ("pro-", "anti-")
_COMPOUNDS = ("-based", "-led", "-run", "-backed", "-linked", "-affiliated", "-owned", "-controlled")
_TITLES = frozenset(("dr", "mr", "mrs", "ms", "gen", "col", "maj", "lt", "sgt", "capt", "gov", "sen", "prof"))
_NAME = 5  # words of a person's name, at most
_OTHERS = 5  # words of a body's name that may be any
_APPOSITION = 20  # words between a name and its verb, at most

Span = tuple[int, int]  # first and last word


class Phrases:
    """A text split once: its words, its sentences, and the noun phrases around a word."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = split(text)
        self._sentences = sentences(text)
        self._sentence_starts = [start for start, _ in self._sentences]
        self._starts: list[int] = []

    def sentence(self, offset: int) -> tuple[int, int]:
        """Offsets of the sentence around an offset."""
        return self._sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    def at(self, offset: int) -> int:
        """Index of the first word at or after an offset."""
        if not self._starts:
            self._starts = [word.start for word in self.words]
        return bisect_left(self._starts, offset)

    def name(self, span: Span) -> tuple[int, int, str]:
        """Offsets and words of a phrase, without a possessive at its end."""
        start, end = self.words[span[0]].start, self.words[span[1]].end
        if self.text[start:end].endswith(("'s", "’s")):
            end -= 2
        return start, end, self.text[start:end]

    # ---------------------------------------------------------------- before a verb

    def subject(self, verb: int) -> Span | None:
        """The noun phrase before a verb, over adverbs, days, brackets, an apposition and a relative clause."""
        words, lexicon = self.words, tables()
        floor = self.at(self.sentence(words[verb].start)[0])
        last = verb - 1
        while last >= floor and (self._between(last) or self._aside(last)):
            last -= self._aside(last) or 1
        if floor <= last < verb - 1 and words[last].text in _MARKS and words[last + 1].low in ("who", "which"):
            return self.phrase_before(last - 1, floor)  # "the army, which denied it"
        if last >= floor + 3 and words[last].low in lexicon.documents and words[last - 2].low == "in":
            last -= 3  # "the group in a statement said"
        if words[last].low in lexicon.raw["grammar"]["pages"]:  # "the ministry on its channel said"
            on = next((k for k in range(last - 1, max(floor, last - 5), -1) if words[k].low == "on"), last + 1)
            last = on - 1
        if last >= floor and words[last].text == ")":  # "the Observatory (SOHR) said"
            while last >= floor and words[last].text != "(":
                last -= 1
            last -= 1
        if last < floor or (words[verb].low in lexicon.weak and not self._complement(verb)):
            return None
        if words[last].low in lexicon.pronouns:
            return last, last
        if words[last].text in _MARKS:
            return self._before_apposition(last, floor)
        span = self.phrase_before(last, floor)
        if span is not None and (named := self._named_before(span, floor) or self._person_before(span, floor)):
            return named
        if span is None or not any(w.low in lexicon.people for w in words[span[0] : span[1] + 1]):
            found = self._before_clause((span or (last, last))[0] - 1, max(floor, last - _LONGEST))
            return (found and self._named_before(found, floor)) or found or span
        return span

    def _before_clause(self, last: int, floor: int) -> Span | None:
        """Who a clause is about that ends at a word: "X, which monitors the war,", "the group monitoring the war",
        "the resident Jane Doe a writer" of a feed that lost its commas.
        """
        words, lexicon = self.words, tables()
        for k in range(last, floor, -1):
            if words[k].text in _MARKS or words[k].low in lexicon.say:
                return None
            before = words[k - 1].low in lexicon.people
            if words[k].low in ("who", "which") or (
                before and (words[k].low in lexicon.raw["grammar"]["clauses"] or words[k].low.endswith("ing"))
            ):
                return self.phrase_before(k - 1 - (words[k - 1].text in _MARKS), floor)
            names = k > floor + 1 and _is_name(words[k - 1]) and _is_name(words[k - 2])
            if words[k].low in ("a", "an") and last - k < 2 and names:
                return self.phrase_before(k - 1, floor)
        return None

    def _named_before(self, called: Span, floor: int) -> Span | None:
        """ "the X Association a group of doctors said", of a feed that lost its commas: the name before "a group"."""
        words, lexicon, first = self.words, tables(), called[0]
        if first < floor + 3 or words[first - 1].low not in ("a", "an", "another"):
            return None
        if lexicon.calling.isdisjoint(w.low for w in words[first : called[1] + 1]):
            return None
        span = self.phrase_before(first - 2, floor)
        bodies = lexicon.raw["called"]["body"]["names"]  # not "he fought the rebels a monitor said"
        named = span and any(w.low in bodies and w.text[0].isupper() for w in words[span[0] : span[1] + 1])
        return span if named else None

    def _person_before(self, called: Span, floor: int) -> Span | None:
        """ "Jane Doe a doctor at the clinic said", of a feed that lost its commas: the name that opens the sentence."""
        words, last = self.words, called[0] - 2
        if last < floor + 1 or words[last + 1].low not in ("a", "an", "the"):
            return None
        lexicon = tables()
        other = lexicon.people | lexicon.times | lexicon.cuts | lexicon.leads | _PREPOSITIONS | {"on", "by"}
        opens = all(_is_name(w) and w.low not in other for w in words[floor : last + 1])
        return (floor, last) if opens and last - floor < _NAME else None

    def joined(self, first: int) -> Span | None:
        """The other of two subjects: "the ministry and local medics said"."""
        words, lexicon = self.words, tables()
        while first > 0 and words[first - 1].low in lexicon.leads:
            first -= 1
        if first < 2 or words[first - 1].low != "and":
            return None
        return self.phrase_before(first - 2, self.at(self.sentence(words[first].start)[0]))

    def phrase_before(self, last: int, floor: int) -> Span | None:
        """The noun phrase that ends at a word: "source at Aleppo Police Command", "head of the Observatory"."""
        words, lexicon = self.words, tables()
        first = self._chunk(last, floor)
        if first is None:
            return self._person_somewhere(last, floor)
        for _ in range(_LINKS):
            link = first - 1
            while link > floor and words[link].low in lexicon.leads:
                link -= 1
            if link <= floor or words[link].low not in _PREPOSITIONS or words[first].low in lexicon.times:
                break
            if words[link].low == "of" and words[link - 1].low in lexicon.areas:  # "in the northern city of X"
                link = self._before_area(link - 1, floor)
            head = words[link - 1]
            person = link > floor + 1 and _is_name(words[link - 2]) and words[link].low in ("from", "at")
            named = _is_name(head) and (words[link].low in ("of", "for") or person)
            inner = self._chunk(link - 1, floor) if named or head.low in lexicon.people else None
            if inner is None or last - inner > _LONGEST:
                break
            first = inner
        return (first, last) if self._qualifies(first, last) else None

    def _before_area(self, area: int, floor: int) -> int:
        """The preposition before "the northern city of", or the word itself where there is none."""
        for k in range(area - 1, max(floor, area - 4), -1):
            if self.words[k].low in _PREPOSITIONS:
                return k
        return area

    def _person_somewhere(self, last: int, floor: int) -> Span | None:
        """ "a source in the province", "relatives of the missing teenager": a person, with a plain noun after."""
        words, lexicon = self.words, tables()
        for k in range(last - 1, max(floor, last - 5), -1):
            if words[k].low in lexicon.cuts or not words[k].text[0].isalpha():
                return None
            if words[k].low in _PREPOSITIONS and words[k - 1].low in lexicon.people:
                first = self._chunk(k - 1, floor)
                return (first, last) if first is not None else None
        return None

    def _chunk(self, last: int, floor: int) -> int | None:
        """Where the plain phrase that ends at a word starts: names, people and what qualifies them."""
        words = self.words
        if last < floor or not (_is_name(words[last]) or words[last].low in tables().people):
            return None
        if words[last].low in tables().cuts:  # "After denying it"
            return None
        first = last
        while first > floor and self._belongs(first - 1):
            first -= 1
        first = self._from_article(first, floor)
        while first < last and (words[first].low in tables().leads or words[first].low in tables().times):
            first += 1
        return first

    def _from_article(self, first: int, floor: int) -> int:
        """Where the name of a body starts that has other words in it: "the emergencies service"."""
        words, lexicon = self.words, tables()
        if words[first].low not in lexicon.bodies and words[first].low not in lexicon.offices:
            return first
        for k in range(first - 1, max(floor, first - 4) - 1, -1):
            if words[k].low in lexicon.leads:
                return k + 1
            if words[k].text.endswith(("'s", "’s")):  # "the country's information minister"
                return self._chunk(k, floor) or k if _is_name(words[k]) else k
            if not words[k].text.isalpha() or words[k].low in lexicon.cuts or words[k].low in lexicon.say:
                break
        return first

    def _belongs(self, i: int) -> bool:
        """Whether a word may be part of a name, or of what somebody is."""
        lexicon, word = tables(), self.words[i]
        if word.text[0] in "'’":  # "the Lawyers' Union"
            return 0 < i < len(self.words) - 1 and self.words[i - 1].text[-1] == "s" and self._belongs(i - 1)
        if word.text.endswith(("'s", "’s")) and word.low not in lexicon.times:  # "the ombudsman's office"
            return True
        if not word.text[0].isalpha():
            if word.text == ".":  # "Dr. Barakat"
                return i > 0 and self.words[i - 1].low in _TITLES
            return word.text.isdigit() and len(word.text) < 4 and i > 0 and _is_name(self.words[i - 1])  # "Kanal 24"
        if word.low == "and":  # of one name: "Ministry of Health and Population"
            return 0 < i < len(self.words) - 1 and _is_name(self.words[i - 1]) and _is_name(self.words[i + 1])
        if word.low in lexicon.cuts or word.low in lexicon.times or word.low in _PREPOSITIONS:
            return False
        known = word.low in lexicon.people or word.low in lexicon.qualifiers or word.low.endswith(_COMPOUNDS)
        known = known or word.low.startswith(_STANCES)
        return known or _is_name(word)

    def _between(self, i: int) -> bool:
        """Whether a word may stand between a subject and its verb."""
        lexicon, low = tables(), self.words[i].low
        if low in lexicon.auxiliary or low in lexicon.times or self._is_adverb(i):
            return True
        if low == "at" and i + 1 < len(self.words) and self.words[i + 1].low in ("once", "first"):
            return True
        return low in ("on", "in") and i + 1 < len(self.words) and self.words[i + 1].low in lexicon.times

    def _aside(self, last: int) -> int:
        """How many words an aside has that ends at a word: "in turn", "for its part"."""
        for told in _asides().get(self.words[last].low, ()):
            if [w.low for w in self.words[max(0, last + 1 - len(told)) : last + 1]] == told:
                return len(told)
        return 0

    def _complement(self, verb: int) -> bool:
        after = self.words[verb + 1] if verb + 1 < len(self.words) else None
        if after is not None and after.low in ("as", "by"):  # "was quoted by the agency as saying"
            return self.words[verb].low in ("quoted", "cited") and "as" in {w.low for w in self.words[verb : verb + 8]}
        return after is None or after.low in tables().complements or after.text[0].isdigit()

    def _is_adverb(self, i: int) -> bool:
        word = self.words[i]
        known = word.low in tables().people or word.text[0].isupper()  # "family", "Italy", "the Assembly"
        return word.low.endswith("ly") and len(word.low) > 5 and not known

    def tells(self, verb: int) -> bool:
        """Whether a verb that needs it tells what was found, or given: "found that", "..., the commission found",
        "published the names", "raised the death toll".
        """
        lexicon, low = tables(), self.words[verb].low
        after = self.words[verb + 1 : verb + 5]
        if low in lexicon.gives:
            return any(w.low in lexicon.given for w in after)
        if low == "pointed":
            return bool(after) and after[0].low == "out"
        if low not in lexicon.finds or not after:
            return True
        return after[0].low in ("that", ".", ",", "\n") or after[0].low in lexicon.times

    def _before_apposition(self, mark: int, floor: int) -> Span | None:
        """ "X, who heads the group, said": X; without an opening mark, what stands before the closing one."""
        words = self.words
        for k in range(mark - 1, max(floor, mark - _APPOSITION) - 1, -1):
            if words[k].text in _MARKS:
                if words[k - 1].text.isdigit() or words[k + 1].low in ("of", "from"):
                    continue  # "Jane Doe, 32, of Ashford, said"
                return self.phrase_before(k - 1, floor) or self.phrase_before(mark - 1, k + 1)
            if words[k].text in ('"', "“", "”", ";", ":"):
                break
        return None

    def _qualifies(self, first: int, last: int) -> bool:
        lexicon = tables()
        if first == last and (self.words[first].low in lexicon.never or self.words[first].low in lexicon.leads):
            return False
        return any(w.low in lexicon.people or w.text[0].isupper() for w in self.words[first : last + 1])

    # ---------------------------------------------------------------- after a preposition or a verb

    def follower(self, i: int) -> Span | None:
        """The noun phrase that starts at a word; that of whoever issued it where it is "a statement issued by X"."""
        words, lexicon = self.words, tables()
        first = i
        while first < len(words) and words[first].low in lexicon.leads:
            first += 1
        issued = first + 1 < len(words) and words[first].low in lexicon.documents
        if issued and words[first + 1].low in ("from", "by", "of"):  # "according to data from the agency"
            return self.follower(first + 2)
        last = first
        while last < len(words) and last - first < _LONGEST and self._goes_on(first, last):
            last += 1
        last -= 1
        while last > first and (words[last].low in _PREPOSITIONS or words[last].low in ("and", "the")):
            last -= 1
        if last >= first and words[last].low in lexicon.documents:
            for k in range(last + 1, min(last + 4, len(words) - 1)):
                if words[k].low == "by":
                    return self.follower(k + 1)
        if last < first:
            last = self._to_body(first)
        return (first, last) if last >= first and self._qualifies(first, last) else None

    def _to_body(self, first: int) -> int:
        """Where the name of a body ends that starts with other words: "monitoring and documentation office"."""
        words, lexicon = self.words, tables()
        for k in range(first, min(first + _OTHERS, len(words))):
            if words[k].low in lexicon.bodies:
                return k
            if not words[k].text.isalpha() or words[k].low in lexicon.cuts - {"and"} or words[k].low in lexicon.say:
                break
        return first - 1

    def inverted(self, verb: int) -> Span | None:
        """ "…, said the group." after a comma or a quote; or after anything, of a feed that lost its commas."""
        words, lexicon = self.words, tables()
        if verb == 0 or words[verb].low not in lexicon.inverted:
            return None
        span = self.follower(verb + 1)
        if span is None or words[verb - 1].text in ('"', "”", "’", "'"):
            return span
        after = words[span[1] + 1] if span[1] + 1 < len(words) else None
        if not (after is None or after.low in (".", "adding", "\n", ",", "who", "speaking", "the", "a", "an")):
            return None
        if words[verb - 1].text == ",":
            return span
        plain = all(
            w.text[0].isupper() or w.low in lexicon.inside or w.low in lexicon.people or w.low in lexicon.qualifiers
            for w in words[span[0] : span[1] + 1]
        )
        if words[verb].low == "reported":  # "nine died, reported the agency" of a feed that lost its commas
            body = words[span[1]].low in lexicon.people | {"news"} and words[span[0]].text[0].isupper()
            return span if plain and body else None
        return span if plain and words[verb].low in ("said", "says", "say") else None

    def _goes_on(self, first: int, i: int) -> bool:
        """Whether a noun phrase goes on with a word: with more of the name, or with "of", "at" and a name after."""
        words, lexicon = self.words, tables()
        word, after = words[i], words[i + 1] if i + 1 < len(words) else words[i]
        if i > first and word.low in _PREPOSITIONS:
            head = words[i - 1]
            held = head.low in lexicon.people or (head.text[0].isupper() and word.low in ("of", "for"))
            return held and (after.low == "the" or self._belongs(i + 1) if i + 1 < len(words) else False)
        if i > first and word.low == "the":
            return words[i - 1].low in _PREPOSITIONS
        if i > first and word.low in lexicon.areas and words[i - 1].low == "the":
            return True
        if word.low == "and":  # joins the words of one name, not two names
            before = words[i - 1]
            named = before.text[0].isupper() and after.text[0].isupper() and not before.text.isupper()
            return i > first and named and before.low not in lexicon.people
        return word.low not in lexicon.say and self._belongs(i)


@cache
def _asides() -> dict[str, list[list[str]]]:
    """Asides by their last word."""
    found: dict[str, list[list[str]]] = {}
    for aside in tables().raw["grammar"]["asides"]:
        told = aside.split()
        found.setdefault(told[-1], []).append(told)
    return found


def _is_name(word: Word) -> bool:
    return word.text[0].isupper() or word.low.startswith(("al-", "el-"))


def is_headline(text: str) -> bool:
    """Whether a text is a title: short, one line, no full stop at its end."""
    return len(text) < 250 and "\n" not in text.strip() and not text.rstrip().endswith((".", '."', ".”"))


def tail_of_headline(words: tuple[Word, ...]) -> Span | None:
    """The source that a headline ends with: "… - monitor", "…: medics"."""
    for k in range(len(words) - 2, max(-1, len(words) - 8), -1):
        if words[k].text in ("-", "–", "—", ":") and words[k].start > words[k - 1].end * (words[k].text != ":"):
            return k + 1, len(words) - 1
    return None
