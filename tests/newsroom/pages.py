"""The sample newsroom's article pages: the text among what stands around it on a real page."""

import html
import json
from functools import cache
from string import Template

from tests.newsroom.content import HERE, NewsroomArticle, Publisher, articles, publishers


@cache
def _template(name: str) -> Template:
    return Template((HERE / "templates" / f"{name}.html").read_text(encoding="utf-8"))


def missing() -> bytes:
    """The page that comes with a 404."""
    return _template("missing").substitute().encode()


def render(article: NewsroomArticle, day: int, base: str) -> bytes:
    """The article's page on a day; ``base`` is the newsroom's address without a final slash."""
    publisher = publishers()[article.publisher]
    url = base + article.path
    said = {
        "title": article.title,
        "summary": article.summary,
        "author": article.author,
        "site": publisher.name,
        "home": f"{base}/{publisher.id}/",
        "url": url,
        "published": article.published.isoformat(),
        "modified": (article.updated or article.published).isoformat(),
        "shown": f"{article.published:%-d %B %Y, %H:%M} GMT",
    }
    if article.page == "full":
        body = "\n".join(f"<p>{html.escape(paragraph, quote=False)}</p>" for paragraph in article.paragraphs)
    else:
        body = _template("paywall").substitute({name: html.escape(text) for name, text in said.items()})
    filled = {name: html.escape(text) for name, text in said.items()}
    filled |= {"body": body, "related": _related(article, publisher, day, base), "metadata": _metadata(article, said)}
    return _template(publisher.template).substitute(filled).encode()


def _related(article: NewsroomArticle, publisher: Publisher, day: int, base: str) -> str:
    others = [other for other in articles(day).values() if other.publisher == publisher.id and other.id != article.id]
    rows = (f'<li><a href="{base + other.path}">{html.escape(other.title, quote=False)}</a></li>' for other in others)
    return "\n".join(list(rows)[:4])


def _metadata(article: NewsroomArticle, said: dict[str, str]) -> str:
    described = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": said["title"],
        "description": said["summary"],
        "datePublished": said["published"],
        "dateModified": said["modified"],
        "author": {"@type": "Person", "name": said["author"]},
        "publisher": {"@type": "Organization", "name": said["site"]},
        "mainEntityOfPage": said["url"],
        "isAccessibleForFree": article.page != "paywall",
    }
    return json.dumps(described, ensure_ascii=False).replace("</", "<\\/")
