"""The sample newsroom on loopback, with the standard library alone.

    python tests/newsroom/server.py [--port 8790] [--day 1]

  /feeds.opml                             every feed, with publisher, country and language
  /feeds/<feed>.xml                       RSS 2.0, Atom or RSS 1.0; 304 to whoever shows its ETag or date
  /<publisher>/<yyyy>/<mm>/<article>.html the article among navigation, teasers, comments

Addresses hold the port, so a newsroom that is to be known again on its second day must keep its port.
"""

import argparse
import email.utils
import hashlib
import signal
import sys
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

if __package__ in (None, ""):  # started as a script: the project's root is not on the path yet
    sys.path[0] = str(Path(__file__).resolve().parents[2])

from tests.newsroom import feeds, pages
from tests.newsroom.content import DAYS, NewsroomFeed, articles
from tests.newsroom.content import feeds as all_feeds

HTML, XML = "text/html; charset=utf-8", "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Request:
    """One request that the newsroom answered."""

    path: str  # with its query
    headers: dict[str, str]  # names in lower case
    status: int


@dataclass(frozen=True, slots=True)
class Answer:
    status: HTTPStatus
    content_type: str = HTML
    body: bytes = b""
    etag: str | None = None
    last_modified: str | None = None


class Newsroom:
    """The newsroom, serving in a thread of its own between ``with`` and its end.

    ``day`` may be set at any time. ``requests`` holds what was asked for, oldest first. Port 0 takes a free one.
    """

    def __init__(self, day: int = 1, port: int = 0) -> None:
        self.day = day
        self.requests: list[Request] = []
        self._server = _Server(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), name="newsroom")

    def __enter__(self) -> "Newsroom":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def serve(self) -> None:
        """Serve in the calling thread until interrupted or told to end (SIGINT, SIGTERM)."""
        try:
            self._server.serve_forever(0.2)
        except KeyboardInterrupt:
            pass
        finally:
            self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def opml_url(self) -> str:
        return f"{self.url}/feeds.opml"

    @property
    def day(self) -> int:
        return self._day

    @day.setter
    def day(self, day: int) -> None:
        if day not in DAYS:
            raise ValueError(f"the newsroom has the days {DAYS}, not {day}")
        self._day = day

    def answer(self, target: str, headers: Message) -> Answer:
        """What a GET of ``target`` (path and query) gets on the current day."""
        path = urlsplit(target).path
        if path == "/feeds.opml":
            return Answer(HTTPStatus.OK, XML, feeds.opml(self.url))
        if path == "/robots.txt":
            return Answer(HTTPStatus.OK, "text/plain", b"User-agent: *\nAllow: /\n")
        for feed in all_feeds().values():
            if path == feed.path:
                return self._feed(feed, headers)
        for article in articles(self.day).values():
            if path == article.path and article.page != "missing":
                return Answer(HTTPStatus.OK, HTML, pages.render(article, self.day, self.url))
        return Answer(HTTPStatus.NOT_FOUND, HTML, pages.missing())

    def _feed(self, feed: NewsroomFeed, headers: Message) -> Answer:
        state = feed.day2 if self.day == 2 else "alive"
        if state == "dead":
            return Answer(HTTPStatus.INTERNAL_SERVER_ERROR, "text/plain", b"Internal Server Error\n")
        if state == "malformed":
            return Answer(HTTPStatus.OK, HTML, feeds.MALFORMED)
        body = feeds.render(feed, self.day, self.url)
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        modified = feeds.last_modified(feed, self.day)
        unchanged = _unchanged(headers, etag, modified)
        return Answer(
            HTTPStatus.NOT_MODIFIED if unchanged else HTTPStatus.OK,
            XML,
            b"" if unchanged else body,
            etag,
            email.utils.format_datetime(modified, usegmt=True),
        )


def _unchanged(headers: Message, etag: str, modified: datetime) -> bool:
    """RFC 9110, 13.2.2: If-None-Match decides where it is sent, else If-Modified-Since."""
    if known := headers.get("If-None-Match"):
        return etag in (tag.strip().removeprefix("W/") for tag in known.split(","))
    since = headers.get("If-Modified-Since")
    return since is not None and email.utils.parsedate_to_datetime(since) >= modified


class _Server(ThreadingHTTPServer):
    daemon_threads = False  # server_close waits for the answers under way
    allow_reuse_address = True

    def __init__(self, newsroom: Newsroom, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.newsroom = newsroom


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    timeout = 5  # seconds that a silent connection may hold up the end

    def do_GET(self) -> None:
        newsroom = self.server.newsroom
        answer = newsroom.answer(self.path, self.headers)
        headers = {name.lower(): value for name, value in self.headers.items()}
        newsroom.requests.append(Request(self.path, headers, answer.status))
        self.send_response(answer.status)
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if answer.last_modified:
            self.send_header("Last-Modified", answer.last_modified)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: ``Newsroom.requests`` holds what was asked for."""


def _end(*_: int | FrameType | None) -> None:
    raise KeyboardInterrupt


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description="Serve the sample newsroom on loopback.")
    parser.add_argument("--port", type=int, default=8790, help="0 takes a free one (default: %(default)s)")
    parser.add_argument("--day", type=int, default=1, choices=DAYS, help="(default: %(default)s)")
    options = parser.parse_args(arguments)
    signal.signal(signal.SIGTERM, _end)
    newsroom = Newsroom(options.day, options.port)
    print(f"newsroom, day {newsroom.day}: {newsroom.opml_url}", flush=True)
    newsroom.serve()


if __name__ == "__main__":
    main()
