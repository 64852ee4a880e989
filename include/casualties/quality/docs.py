"""Data Docs: the pages in which Great Expectations shows what it found, made safe to open and to open offline.

Its renderer puts values into the page as they are, so that a feed could bring a script into it; and its template loads
styles and scripts from seven hosts. Here values are escaped first, and all but the content gives way to one small style
sheet.
"""

import copy
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any

from casualties.model import CheckOutcome
from casualties.quality.judge import Judged

INDEX = "index.html"
_GRAVEST_FIRST = (CheckOutcome.BROKEN, CheckOutcome.FAILED, CheckOutcome.PASSED, CheckOutcome.SKIPPED)


def _escaped(value: Any) -> Any:
    if isinstance(value, str):
        return escape(value)
    if isinstance(value, Mapping):
        return {key: _escaped(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_escaped(inner) for inner in value]
    return value


def _harmless(validation: Any) -> Any:
    """A copy of a validation result whose data cannot be markup."""
    shown = copy.copy(validation)
    shown.results = [copy.copy(result) for result in validation.results]
    for result in shown.results:
        result.result = _escaped(result.result)
        result.exception_info = _escaped(result.exception_info)
    return shown


@cache
def _view() -> Any:
    """How Great Expectations draws a page; one for all suites, since it compiles its templates anew."""
    from great_expectations.render import view

    gx: Any = view
    return gx.DefaultJinjaPageView()


def _details(validation: Any) -> str:
    """What Great Expectations shows of a suite, without its frame of styles, scripts and pictures."""
    from great_expectations.render import renderer
    from lxml import html

    gx: Any = renderer
    rendered = gx.ValidationResultsPageRenderer(run_info_at_end=True).render(_harmless(validation))
    page: Any = html.document_fromstring(_view().render(rendered))
    (content,) = page.find_class("col-md-10")
    for element in list(content.iter("script", "style", "link", "img", "button")):
        element.drop_tree()
    for link in list(content.iter("a")):
        link.drop_tag()  # they lead to pages that are not built
    return str(html.tostring(content, encoding="unicode"))


def _table(rows: Iterable[Iterable[str]]) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f'<table class="words">{"".join(f"<tr>{row}</tr>" for row in cells)}</table>'


def _document(title: str, body: str) -> str:
    style = files(__package__).joinpath("data_docs.css").read_text(encoding="utf-8")
    head = f'<meta charset="utf-8"><title>{escape(title)}</title><style>{style}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><h1>{escape(title)}</h1>{body}</body></html>'


def build_data_docs(folder: Path, run_id: str, suites: Mapping[str, Judged]) -> Path:
    """Write a page a suite into ``folder``, and an index of all pages there, also earlier ones; returns the index."""
    folder.mkdir(parents=True, exist_ok=True)
    for suite, judged in suites.items():
        sentences = _table(
            (f'<span class="{r.outcome}">{r.outcome}</span>', r.severity, r.expectation, escape(r.message))
            for r in sorted(judged.results, key=lambda r: _GRAVEST_FIRST.index(CheckOutcome(r.outcome)))
        )
        details = _details(judged.validation) if judged.validation is not None else ""
        outcomes = Counter(str(r.outcome) for r in judged.results)
        said = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())
        body = f'<p>{said}. <a href="{INDEX}">All suites</a></p>{sentences}{details}'
        (folder / f"{suite}.html").write_text(_document(f"{_words(suite)}, run {run_id}", body), encoding="utf-8")
    pages = sorted(page for page in folder.glob("*.html") if page.name != INDEX)
    index = ((f'<a href="{page.name}">{_words(page.stem)}</a>', _outcomes_on(page)) for page in pages)
    path = folder / INDEX
    path.write_text(_document(f"Data Docs, run {run_id}", _table(index)), encoding="utf-8")
    return path


def _words(suite: str) -> str:
    return suite.replace("_", " ")


def _outcomes_on(page: Path) -> str:
    """What a page says first, for example "7 passed, 2 failed"."""
    return page.read_text(encoding="utf-8").partition("<p>")[2].partition(". <a")[0]
