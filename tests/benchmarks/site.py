"""A web of made-up news for benchmarks: feeds and pages by number, and the least that is a server of them.

The first pages are the real ones of ../shared/pages, where they are. The others have the bulk of a news page around
made-up text: the markup of a real page where there is one, else one of ours. The same number is always the same page.
"""

import asyncio
import gzip
import html
import multiprocessing
import random
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from email.utils import format_datetime
from functools import cache
from pathlib import Path

REAL = Path(__file__).resolve().parents[3] / "shared/pages/aeb/html"
ITEMS = 20  # stories of a feed
REPORTING = 3  # every so many-th made-up page tells of dead or wounded

_PARAGRAPH = re.compile(r"(<p\b[^>]*>)(.*?)(</p>)", re.DOTALL)
_TITLE = re.compile(r"(<(title|h1)\b[^>]*>)(.*?)(</\2>)", re.DOTALL)
_DATA = re.compile(r"<script[^>]*ld\+json.*?</script>|<meta[^>]+(?:title|description)[^>]*>", re.DOTALL)
_OWN = (
    "<!doctype html><html lang='en'><head><title>T</title><style>{style}</style><script>{script}</script></head><body>"
    "<header><nav><ul>{menu}</ul></nav></header><main><article><h1>T</h1>{text}</article></main>"
    "<aside><ul>{more}</ul></aside><footer><ul>{menu}</ul></footer></body></html>"
)

_LISTS = {
    "who": "council,mayor,ferry company,school board,port office,bakers' guild,museum,bus union,orchestra,water board",
    "did": "discussed,opened,repaired,postponed,measured,painted,sold,rebuilt,surveyed,advertised,renamed,described",
    "how": "narrow,old,second,northern,wooden,costly,famous,empty,municipal,quiet,temporary,broken,yellow,distant",
    "what": "bridge,reservoir,market hall,railway,library,harbour wall,orchard,stadium,archive,tram depot,quarry,canal",
    "when": "after lunch,in the spring,before the vote,on short notice,for a second year,without much noise,at last",
    "town": "Homs,Idlib,Aleppo,Mosul,Kirkuk,Taiz,Hodeidah,Kharkiv,Kherson,Goma,Bunia,El Fasher,Nyala,Mogadishu,Kismayo,"
    "Kabul,Kandahar,Kunduz,Maiduguri,Sokoto,Gao,Timbuktu,Ouagadougou,Peshawar,Quetta,Mandalay,Misrata,Benghazi,Mekelle",
    "day": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
    "by": "A car bomb,An air strike,A drone strike,Shelling,A roadside bomb,A rocket attack,Gunmen,A mortar shell",
    "said": "police,the health ministry,a hospital,residents,the governor's office,local officials,rescue workers",
}
_SYLLABLES = [first + vowel for first in "bdfgklmnprstvz" for vowel in "aeiou"]
_WORDS = {name: words.split(",") for name, words in _LISTS.items()}


@cache
def _real() -> list[str]:
    return [gzip.decompress(p.read_bytes()).decode("utf-8", "replace") for p in sorted(REAL.glob("*.html.gz"))]


@cache
def _shells() -> list[str]:
    return [page for page in _real() if len(page) < 400_000 and len(_PARAGRAPH.findall(page)) >= 8] or [_own_shell()]


def _own_shell() -> str:
    dice = random.Random(0)
    item = "<li class='menu__item menu__item--{0}'><a href='/section/{0}'><span>Section {0}</span></a></li>"
    return _OWN.format(
        style="".join(f".block-{n}{{margin:{n}px;padding:0 {n}px}}" for n in range(800)),
        script="".join(f"window.widget{n}=[{dice.random()},{dice.random()}];" for n in range(900)),
        menu="".join(item.format(n) for n in range(60)),
        more="".join(f"<li><a href='/more/{n}'>{_plain(dice)}</a></li>" for n in range(40)),
        text=f"<p>{'word ' * 35}</p>" * 22,
    )


def _plain(dice: random.Random) -> str:
    def a(name: str) -> str:
        return dice.choice(_WORDS[name])

    def name() -> str:  # so many that no two pages share a row of words: they would pass for copies
        return "".join(dice.choice(_SYLLABLES) for _ in range(3)).capitalize()

    things = f"the {a('how')} {a('what')} of {name()} and {name()}'s {a('how')} {a('what')}"
    since = f"which {name()} and the {a('who')} {a('did')} in {dice.randint(1950, 2020)}"
    return f"The {a('who')} under {name()} {a('did')} {things} {a('when')}, {since}."


def _report(dice: random.Random) -> str:
    by, town, day, said = (dice.choice(_WORDS[name]) for name in ("by", "town", "day", "said"))
    lost = f"killed {dice.randint(2, 40)} people and wounded {dice.randint(3, 90)} others"
    return f"{by} {lost} in {town} on {day}, {said} said."


def _is_made(number: int) -> bool:
    return number >= len(_real())


def _reports(number: int) -> bool:
    return _is_made(number) and number % REPORTING == 0


def title(number: int) -> str:
    """The headline that a feed gives."""
    dice = random.Random(number)
    return _report(dice).removesuffix(".") if _reports(number) else _plain(dice).split(" and ")[0]


def page(number: int) -> bytes:
    """The HTML of one story."""
    if not _is_made(number):
        return _real()[number].encode()
    told, dice = html.escape(title(number)), random.Random(-number)
    told_of = [_report(random.Random(number)), _report(dice)] if _reports(number) else []

    def text(found: re.Match[str]) -> str:
        length = len(re.sub(r"<[^>]+>", " ", found[2]))
        sentences = [told_of.pop(0)] if told_of and length > 60 else []
        while sum(map(len, sentences)) < length:
            sentences.append(_plain(dice))
        return f"{found[1]}{html.escape(' '.join(sentences))}{found[3]}"

    shell = _DATA.sub("", _shells()[number % len(_shells())])
    return _TITLE.sub(lambda found: f"{found[1]}{told}{found[4]}", _PARAGRAPH.sub(text, shell)).encode()


def feed(number: int, base: str, now: datetime, items: int = ITEMS) -> bytes:
    """The RSS of one feed: its stories of the last hours."""
    entries = "".join(
        f"<item><title>{html.escape(title(story))}</title><link>{base}/story/{story}</link>"
        f"<description>{html.escape(_plain(random.Random(story)))}</description>"
        f"<pubDate>{format_datetime(now - timedelta(minutes=story % 600))}</pubDate></item>"
        for story in range(number * items, (number + 1) * items)
    )
    return f"<rss version='2.0'><channel><title>Paper {number}</title>{entries}</channel></rss>".encode()


class _Serving(asyncio.Protocol):
    """The least that is an HTTP server: feeds with an ETag, pages, nothing else."""

    def __init__(self, answer: Callable[[str, str], bytes | None]) -> None:
        self._answer, self._read = answer, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._base = "http://{}:{}".format(*transport.get_extra_info("sockname"))

    def data_received(self, data: bytes) -> None:
        self._read += data
        while b"\r\n\r\n" in self._read:
            request, _, self._read = self._read.partition(b"\r\n\r\n")
            body = self._answer(request.split()[1].decode(), self._base)
            status = b"404 Not Found" if body is None else b"200 OK"
            if body is not None and b"\r\nif-none-match:" in request.lower():
                status, body = b"304 Not Modified", b""
            head = b'HTTP/1.1 %s\r\nContent-Type: text/html\r\nETag: "1"\r\nContent-Length: %d\r\n\r\n'
            self._transport.write(head % (status, len(body or b"")) + (body or b""))


def _serve(pipe: "multiprocessing.connection.Connection", now: datetime) -> None:
    def answer(path: str, base: str) -> bytes | None:
        kind, _, number = path[1:].partition("/")
        if kind == "story":
            return page(int(number))
        return feed(int(number), base, now, 0 if kind == "idle" else ITEMS) if kind in ("feed", "idle") else None

    async def work() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Serving(answer), "127.0.0.1", 0)
        pipe.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(work())


@contextmanager
def serving(now: datetime) -> Iterator[str]:
    """A server of ``/feed/N``, ``/story/N`` and ``/idle/N`` (a feed without stories); gives its host and port."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_serve, args=(there, now), daemon=True)
    process.start()
    try:
        yield f"127.0.0.1:{here.recv()}"
    finally:
        process.kill()
        process.join()
