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
from trafilatura.xpaths import BODY_XPATH, OVERALL_DISCARD_XPATH

Find = Callable[[HtmlElement], Iterable[HtmlElement]]

_SHAPE = re.compile(
    r"(?P<one>\()?\.//\*(?:\[(?P<tags>self::\w+(?:\s+or\s+self::\w+)*)\])?\[(?P<tests>.*?)\](?(one)\)\[1\]|(?:\[1\])?)",
    re.DOTALL,
)
_TAG = re.compile(r"self::(\w+)")
_TEST = re.compile(
    r"""re:test\((?P<a>@[\w|@-]+),\s*'(?P<test>[^']*)'(?:,\s*'(?P<flags>i)')?\)
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
    if shape is None:
        return cast(Find, path)
    found = [_TEST.fullmatch(test.strip()) for test in re.split(r"\s+or\s+", shape["tests"])]
    if not all(found):
        return cast(Find, path)
    tests: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for test in filter(None, found):
        names = next(filter(None, test.group(*"abcdef"))).replace("@", "").split("|")
        tests[tuple(names)].append(_pattern(test))
    tags = _TAG.findall(shape["tags"] or "") or ["*"]
    return _search(tags, {names: re.compile("|".join(told), re.DOTALL) for names, told in tests.items()})


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


def _search(tags: list[str], tests: dict[tuple[str, ...], re.Pattern[str]]) -> Find:
    """The search for elements of one of these tags of which a value has a match.

    A test of several attributes is one of that which comes first in the source, as XPath has it.
    """
    single = {names[0] for names in tests if len(names) == 1}
    several = [names for names in tests if len(names) > 1]

    @lru_cache(_KEPT)
    def matches(names: tuple[str, ...], value: str) -> bool:
        return tests[names].search(value) is not None

    def fits(attributes: list[tuple[str, str]]) -> bool:
        for name, value in attributes:
            if name in single and matches((name,), value):
                return True
        for names in several:
            for name, value in attributes:
                if name in names:
                    if matches(names, value):
                        return True
                    break
        return False

    def find(tree: HtmlElement) -> Iterator[HtmlElement]:
        for element in list(tree.iterdescendants(*tags)):
            if (attributes := element.items()) and fits(attributes):
                yield element

    return find


_BODY = [quick(path) for path in BODY_XPATH]
_DISCARD = [quick(path) for path in OVERALL_DISCARD_XPATH]


@contextmanager
def quick_paths() -> Iterator[None]:
    """Trafilatura's rules with these searches, for as long as this lasts."""
    rules: Any = main_extractor
    slow = rules.BODY_XPATH, rules.OVERALL_DISCARD_XPATH
    rules.BODY_XPATH, rules.OVERALL_DISCARD_XPATH = _BODY, _DISCARD
    try:
        yield
    finally:
        rules.BODY_XPATH, rules.OVERALL_DISCARD_XPATH = slow
