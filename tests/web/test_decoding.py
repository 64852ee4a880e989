"""Bodies come out whole or not at all, and never larger than allowed."""

import gzip
import tracemalloc
import zlib

import brotli
import pytest
from tests.web.faultserver import brotli_bomb_bytes, gzip_bomb_bytes

from casualties.web.decode import Decoder, TooLargeError, UndecodableError

TEXT = b"The ferry sailed again on Tuesday. " * 3000
CAP = 1_000_000


def decode(body, coding, cap=CAP, piece=1000):
    decoder = Decoder(coding, cap)
    for start in range(0, len(body), piece):
        decoder.feed(body[start : start + piece])
    return decoder.finish()


def raw_deflate(data):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    return deflate.compress(data) + deflate.flush()


WHOLE = {
    "plain": (TEXT, ""),
    "identity": (TEXT, "identity"),
    "gzip": (gzip.compress(TEXT), "gzip"),
    "gzip in capitals": (gzip.compress(TEXT), "GZIP"),
    "gzip's old name": (gzip.compress(TEXT), "x-gzip"),
    "deflate": (zlib.compress(TEXT), "deflate"),
    "deflate without a header": (raw_deflate(TEXT), "deflate"),
    "brotli": (brotli.compress(TEXT), "br"),
    "brotli in gzip": (gzip.compress(brotli.compress(TEXT)), "br, gzip"),
    "gzip in two members": (gzip.compress(TEXT[:999]) + gzip.compress(TEXT[999:]), "gzip"),
    "gzip with padding": (gzip.compress(TEXT) + bytes(64), "gzip"),
    "a compressed file": (gzip.compress(TEXT), ""),
    "a compressed file, compressed": (gzip.compress(gzip.compress(TEXT)), "gzip"),
}


@pytest.mark.parametrize("piece", [7, 1000, 10**6])
@pytest.mark.parametrize("name", WHOLE)
def test_a_body_comes_out_as_it_was(name, piece):
    assert decode(*WHOLE[name], piece=piece) == TEXT


@pytest.mark.parametrize("coding", ["", "gzip", "br", "deflate"])
def test_an_empty_body_stays_empty_whatever_is_said_of_it(coding):
    assert decode(b"", coding) == b""


BROKEN = {
    "no gzip": (b"no gzip at all", "gzip"),
    "no brotli": (b"no brotli at all", "br"),
    "gzip cut off": (gzip.compress(TEXT)[:-9], "gzip"),
    "brotli cut off": (brotli.compress(TEXT)[:-9], "br"),
    "gzip damaged": (gzip.compress(TEXT)[:200] + bytes(200), "gzip"),
    "a coding nobody asked for": (TEXT, "zstd"),
    "four codings": (TEXT, "gzip, gzip, gzip, gzip"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_body_is_refused(name):
    with pytest.raises(UndecodableError):
        decode(*BROKEN[name])


BOMBS = {
    "gzip": (gzip_bomb_bytes, "gzip"),
    "brotli": (brotli_bomb_bytes, "br"),
    "gzip in gzip": (lambda: gzip.compress(gzip_bomb_bytes()), "gzip, gzip"),
    "gzip in brotli": (lambda: brotli.compress(gzip_bomb_bytes(), quality=3), "gzip, br"),
    "a file": (gzip_bomb_bytes, ""),
    "a file in gzip": (lambda: gzip.compress(gzip_bomb_bytes()), "gzip"),
    "a thousand files": (lambda: gzip.compress(bytes(10**6)) * 1000, "gzip"),
    "plain": (lambda: bytes(2 * CAP), ""),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_stops_at_the_cap_and_takes_no_more_memory_than_that(name):
    make, coding = BOMBS[name]
    body = make()
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="1,000,000"):
        decode(body, coding, piece=65536)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4 * CAP


def test_what_decodes_to_nothing_is_stopped_by_what_comes_in():
    nothing = gzip.compress(b"") * 100_000
    with pytest.raises(TooLargeError):
        decode(nothing, "gzip", cap=len(nothing) - 1)
