"""Trafilatura's searches by class and id, carried out faster: the same elements in the same order.

They are XPath expressions full of regular expressions, and XPath asks Python for each test of each element. Here each
value of an attribute is tested once: a site has a few hundred of them on all its pages.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, cast

from lxml.etree import XPath
from lxml.html import HtmlElement
from trafilatura import main_extractor

Find = Callable[[HtmlElement], Iterable[HtmlElement]]

_SHAPE = re.compile(r"(?P<one>\()?\.//\*(?P<predicates>\[.*?\])(?(one)\)\[1\]|(?:\[1\])?)", re.DOTALL)
_PREDICATE = re.compile(r"\[((?:'[^']*'|[^\]'])*)\]\s*")
_TAG = re.compile(r"self::(\w+)")
_OR = re.compile(r"\s+or\s+")
_TEST = re.compile(
    r"""not\((?P<other>self::\w+(?:\s+or\s+self::\w+)*)\)
    | re:test\((?P<a>@[\w|@-]+),\s*'(?P<test>[^']*)'(?:,\s*'(?P<flags>i)')?\)
    | contains\((?P<b>@[\w|@-]+),\s*'(?P<part>[^']*)'\)
    | contains\(translate\((?P<c>@[\w|@-]+),\s*'(?P<upper>[A-Z]+)',\s*'(?P<lower>[a-z]+)'\),\s*'(?P<either>[^']*)'\)
    | starts-with\((?P<d>@[\w|@-]+),\s*'(?P<start>[^']*)'\)
    | (?P<e>@[\w-]+)\s*=\s*'(?P<whole>[^']*)'
    | (?P<f>@[\w-]+)""",
    re.VERBOSE,
)
_KEPT = 5_000  # values that are remembered, for each search


def quick(path: XPath) -> Find:
    """The same search, faster; the path itself where it holds anything but plain tests of attributes."""
    shape = _SHAPE.fullmatch(path.path.strip())
    predicates = _PREDICATE.findall(shape["predicates"]) if shape else []
    tags = ["*"]
    if predicates and "@" not in predicates[0]:
        tags = _TAG.findall(predicates.pop(0))
    tests = [_read(predicate.strip()) for predicate in predicates]
    return _search(tags, [test for test in tests if test]) if tests and all(tests) else cast(Find, path)


def _read(predicate: str) -> "_Tests | None":
    """Tests of which one must hold; None where one of them is none of those that we know."""
    told: dict[tuple[str, ...], list[str]] = defaultdict(list)
    spared: list[str] = []
    at = 0
    while test := _TEST.match(predicate, at):
        if test["other"]:
            spared += _TAG.findall(test["other"])
        else:
            names = next(filter(None, test.group(*"abcdef"))).replace("@", "").split("|")
            told[tuple(names)].append(_pattern(test))
        if test.end() == len(predicate):
            return _Tests({names: re.compile("|".join(parts), re.DOTALL) for names, parts in told.items()}, spared)
        joined = _OR.match(predicate, test.end())
        if joined is None:
            break
        at = joined.end()
    return None


def _pattern(test: re.Match[str]) -> str:
    """One test of an attribute's value as a regular expression that is searched for."""
    if test["test"] is not None:
        return f"(?{test['flags'] or ''}:{test['test']})"
    if test["either"] is not None:
        alike = {low: f"[{low}{up}]" for low, up in zip(test["lower"], test["upper"], strict=True)}
        return "".join(alike.get(letter, re.escape(letter)) for letter in test["either"])
    if test["part"] is not None:
        return re.escape(test["part"])
    if test["start"] is not None:
        return rf"\A{re.escape(test['start'])}"
    return rf"\A{re.escape(test['whole'])}\Z" if test["whole"] is not None else ""


class _Tests:
    """Tests of attributes of which one must hold, unless the element is none of ``but``.

    A test of several attributes is one of that which comes first in the source, as XPath has it.
    """

    def __init__(self, tests: dict[tuple[str, ...], re.Pattern[str]], but: list[str]) -> None:
        self._but = frozenset(but)
        self._single = {names[0] for names in tests if len(names) == 1}
        self._several = [names for names in tests if len(names) > 1]

        @lru_cache(_KEPT)
        def matches(names: tuple[str, ...], value: str) -> bool:
            return tests[names].search(value) is not None

        self._matches = matches

    def hold(self, tag: object, attributes: list[tuple[str, str]]) -> bool:
        if self._but and tag not in self._but:
            return True
        for name, value in attributes:
            if name in self._single and self._matches((name,), value):
                return True
        for names in self._several:
            for name, value in attributes:
                if name in names:
                    if self._matches(names, value):
                        return True
                    break
        return False


def _search(tags: list[str], predicates: list[_Tests]) -> Find:
    first, rest = predicates[0].hold, [tests.hold for tests in predicates[1:]]

    def find(tree: HtmlElement) -> Iterator[HtmlElement]:
        for element in list(tree.iterdescendants(*tags)):
            if not (attributes := element.items()) or not first(element.tag, attributes):
                continue
            if all(hold(element.tag, attributes) for hold in rest):
                yield element

    return find


_RULES: Any = main_extractor
_PATHS = ("BODY_XPATH", "OVERALL_DISCARD_XPATH", "DISCARD_IMAGE_ELEMENTS", "TEASER_DISCARD_XPATH")
_SLOW = {name: getattr(_RULES, name) for name in _PATHS}
_FAST = {name: [quick(path) for path in paths] for name, paths in _SLOW.items()}


@contextmanager
def quick_paths() -> Iterator[None]:
    """Trafilatura's rules with these searches, for as long as this lasts."""
    try:
        vars(_RULES).update(_FAST)
        yield
    finally:
        vars(_RULES).update(_SLOW)
