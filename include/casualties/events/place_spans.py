"""Capitalised names in a text and the words around them: what may be a place, and what speaks for or against it."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from casualties.events.gazetteer.fold import fold

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽȘȚ"
_ARTICLE = r"(?:(?:al|el|ul|ash|ad|ar|as|an|at|az|ez|ed|es|er)[-’'‘`]|(?:al|el|ul)[ ](?=[A-Z]))"
_LETTERS = r"[\w’'‘`ʻʼʿʾ]"
_NAME = rf"(?:{_ARTICLE}?(?:(?:[A-Z]\.){{2,}}|[‘’']?[{_UPPER}]{_LETTERS}*))"
_JOIN = (  # between the words of one name
    r"(?:[ \t]|-"
    r"|[ ](?:of|of[ ]the|de|de[ ]la|de[ ]los|del|do|da|dos|du|and|la|las|los|le|les|sur|upon|y|e|i|es|ez|ash)[ ]"
    r"|-(?:e|i|o|ye|al|el|ez|es|ash|ad|sur|upon|de|la|le|en|on|ud|az|ur|ul)[- ]"
    r"|(?<=\bSt)\.[ ]|(?<=\bFt)\.[ ]|(?<=\bMt)\.[ ])"
)
# Starts with a class of letters, which the engine finds fast; an article before it is looked for afterwards.
_RUN = re.compile(rf"[{_UPPER}](?<![\w@#/].)(?:\.(?:[A-Z]\.)+|{_LETTERS}*)(?:(?<![’'‘`]s){_JOIN}{_NAME}){{0,11}}")
_LEADING_ARTICLE = re.compile(r"(?<!\w)(?:(?:al|el|ul|ash|ad|ar|as|an|at|az|ez|ed|es|er)[-’'‘`]|(?:al|el|ul)[ ])$")
_PART = re.compile(rf"(?:[A-Za-z]\.){{2,}}|{_LETTERS}+")
_TAIL = re.compile(r"-([a-z]\w+)")
_AFTER = re.compile(r"[ ]([a-zA-Z’'-]+)(?:[ ]([a-zA-Z’'-]+))?")
_POSSESSIVE = re.compile(r"[’'‘`][sS]?$")
_LONGEST = 6  # words in a name
HELD = frozenset(("occupied", "annexed", "besieged"))
_NO_START = frozenset(("of", "and", "the"))
_NO_END = frozenset(("al", "of", "and", "the", ""))


@dataclass(frozen=True, slots=True)
class Words:
    """``lexicon/place_words.toml``, ready for look-ups; all lower case."""

    types: dict[str, str]
    relations: dict[str, str]
    directions: frozenset[str]
    never: frozenset[str]
    persons: frozenset[str]
    organisations: frozenset[str]
    meetings: frozenset[str]
    titles: frozenset[str]
    agents: frozenset[str]
    states: dict[str, str]
    edges_of: frozenset[str]
    plural: frozenset[str]
    several: frozenset[str]
    vague: frozenset[str]
    listing: re.Pattern[str]  # "the quarters of X and": what goes before one more name
    incidents: frozenset[str]
    landing: frozenset[str]  # before "on" and where shells came down
    attached: frozenset[str]
    publications: frozenset[str]
    between: frozenset[str]
    streets: frozenset[str]
    addresses: frozenset[str]  # streets, and the squares of a town
    inner: frozenset[str]
    openers: frozenset[str]
    origins: frozenset[str]
    pointing: frozenset[str]
    waters: frozenset[str]
    one_of: re.Pattern[str]  # after a name, to the end of the list that it stands in: ", B and C regions"
    serving: frozenset[str]  # before "for" and a country's name
    acting: re.Pattern[str]  # after a country's name: it does something
    national: dict[str, str]  # a word of one country's news -> alpha-3


@cache
def words() -> Words:
    raw = tomllib.loads((files("casualties.events") / "lexicon" / "place_words.toml").read_text(encoding="utf-8"))
    traps = raw["traps"]
    edges = {name: frozenset(listed) for name, listed in raw["edges"].items() if isinstance(listed, list)}
    return Words(
        types=raw["types"],
        relations=raw["relations"],
        directions=frozenset(raw["directions"]["inside"]),
        never=frozenset(traps["never"]),
        persons=frozenset(traps["persons"]),
        organisations=frozenset(traps["organisations"]),
        meetings=frozenset(traps["meetings"]),
        titles=frozenset(traps["titles"]),
        agents=frozenset(traps["agents"]),
        states=raw["states"],
        edges_of=edges["of"],
        plural=edges["plural"],
        several=edges["several"],
        vague=edges["vague"],
        listing=re.compile(rf"\b(?:{'|'.join(sorted(edges['several']))}) of [^.;:!?]{{1,70}}(?:,|,? and)\s+(?:the )?$"),
        incidents=edges["incidents"],
        landing=edges["landing"],
        attached=edges["attached"],
        publications=edges["publications"],
        between=edges["between"],
        streets=edges["streets"],
        addresses=edges["streets"] | edges["squares"],
        inner=edges["inner"],
        openers=frozenset(raw["openers"]["words"]),
        origins=edges["origins"],
        pointing=edges["pointing"],
        waters=edges["waters"],
        one_of=_one_of(edges["areas"]),
        serving=edges["serving"],
        acting=_acting(edges),
        national={word: country for country, listed in raw["edges"]["national"].items() for word in listed},
    )


def _one_of(areas: frozenset[str]) -> re.Pattern[str]:
    more = r"(?:,? and |, )[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?"
    return re.compile(rf"(?:{more})*,? (?:{'|'.join(sorted(areas))})\b")


def _acting(edges: dict[str, frozenset[str]]) -> re.Pattern[str]:
    """What follows the name of a country that does something: "Sylvania shells", "Sylvania's army", "Sylvania-led"."""
    acting, acted, actors = ("|".join(sorted(edges[name])) for name in ("acting", "acted", "actors"))
    own = r"(?:['’]s|&#039;s)"
    return re.compile(
        rf"{own}\s+(?:\w+\s+)?(?:{acted})\b|\s(?:{acting})\b|\s(?:special |ground |air )?(?i:{actors})\b|-led\b"
    )


@dataclass(slots=True)
class Word:
    text: str
    key: str
    start: int
    end: int


@dataclass(slots=True)
class Run:
    """Capitalised words in a row, with the lower-case words around them ("" at a sentence's edge)."""

    where: str  # title | text
    words: list[Word]
    before: tuple[str, str]  # the word before, and the one before that
    after: tuple[str, str]
    tail: str  # "based" of "Damascus-based"
    titled: bool  # in a headline or in capitals, where a capital says nothing
    opens: bool  # first in its sentence
    comma: str  # the text right after, for ", N.C." and ", Syria"

    stretches: list[list[tuple[int, str]]] = field(default_factory=list)
    # what may be a name, from each word on, longest first: (to, folded)

    def __post_init__(self) -> None:
        self.stretch()

    def stretch(self) -> None:
        self.stretches = []
        for i, word in enumerate(self.words):
            found = []
            if (
                word.key
                and word.key not in _NO_START
                and not (self.opens and i == 0 and word.text in ("As", "An", "At"))
            ):
                key = ""
                for j in range(i, min(i + _LONGEST, len(self.words))):
                    last = self.words[j].key
                    key = f"{key} {last}" if key else last
                    if last not in _NO_END:
                        found.append((j + 1, key))
            self.stretches.append(found[::-1])


def capitals_say_nothing(text: str) -> bool:
    """Whether a text is a headline with every word capitalised, or all in capitals."""
    letters = re.findall(r"\b[^\W\d_]{4,}", text[:800])
    return len(letters) > 3 and sum(word[0].isupper() for word in letters) > 0.7 * len(letters)


def _context_before(text: str, start: int) -> tuple[str, str, bool]:
    window = text[max(0, start - 48) : start]
    stripped = window.rstrip(" \t\"“‘'(")
    if not stripped or stripped[-1] in ".!?:;\n—–|•" or stripped.endswith("--"):
        if (
            stripped
            and stripped[-1] == "."
            and re.search(r"\b(?:St|Mr|Mrs|Ms|Dr|Gen|Col|Maj|Lt|Sgt|Gov|Sen|Rep)\.$", stripped)
        ):
            return stripped.rsplit(None, 1)[-1].lower().rstrip("."), "", False
        return "", "", True
    if stripped[-1] in ",”" or stripped.endswith(',"'):
        return ",", "", False
    parts = stripped.split()
    last = parts[-1].lower().strip("\"“”‘’'(),") if parts else ""
    if last in HELD and len(parts) > 2 and parts[-2].lower() == "the":
        del parts[-2]  # "from the occupied X"
    second = parts[-2].lower().strip("\"“”‘’'(") if len(parts) > 1 else ""
    return last, second, False


def _context_after(text: str, end: int) -> tuple[str, str]:
    found = _AFTER.match(text, end)
    return (found.group(1).lower(), (found.group(2) or "").lower()) if found else ("", "")


def _split(text: str, start: int, end: int, parts: list[Word]) -> None:
    """The words of a run, without their possessives."""
    for part in _PART.finditer(text, start, end):
        raw = part.group()
        clean = _POSSESSIVE.sub("", raw)
        offset = len(raw) - len(raw.lstrip("’'‘`"))
        stop = part.start() + len(clean)
        parts.append(Word(text[part.start() + offset : stop], fold(clean), part.start() + offset, stop))


def runs(where: str, text: str) -> list[Run]:
    """The capitalised runs of a title or text. Linear in its length."""
    titled = capitals_say_nothing(text)
    boring = words().never - words().national.keys()
    found = []
    for match in _RUN.finditer(text):
        if match.group().lower() in boring:  # "The", "Police": half of all runs, and no name
            continue
        parts = []
        start = match.start()
        if (
            start
            and text[start - 1] in "-’'‘` "
            and (article := _LEADING_ARTICLE.search(text, max(0, start - 4), start))
        ):
            start = article.start()
        if start == match.start() and (whole := match.group()).isalpha():  # one word: most runs
            parts.append(Word(whole, fold(whole), start, match.end()))
        else:
            _split(text, start, match.end(), parts)
        if not parts:
            continue
        tail = _TAIL.match(text, match.end())
        last, second, opens = _context_before(text, start)
        found.append(
            Run(
                where=where,
                words=parts,
                before=(last, second),
                after=_context_after(text, match.end()),
                tail=tail.group(1) if tail else "",
                titled=titled,
                opens=opens,
                comma=text[match.end() : match.end() + 40],
            )
        )
    return found


def neighbours(run: Run, i: int, j: int) -> tuple[str, str, str, str]:
    """The lower-case words around words i..j of a run: two before (nearest last), two after (nearest first)."""
    left = [run.before[1], run.before[0], *[word.key for word in run.words[max(0, i - 2) : i]]]
    right = [*[word.key for word in run.words[j : j + 2]], *run.after]
    return left[-2], left[-1], right[0], right[1]


def adjoining(run: Run, i: int, j: int) -> tuple[str, str]:
    """The capitalised words that touch words i..j of a run, "" where there is none."""
    return run.words[i - 1].key if i else "", run.words[j].key if j < len(run.words) else ""
