"""The archive keeps pages as they came, where they can be found again."""

import gzip
import random
from datetime import UTC, datetime
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from casualties.errors import PageError
from casualties.pages.archive import WarcWriter, iter_pages, read_page
from casualties.web.response import FetchStatus, Response

NOW = datetime(2025, 11, 10, 12, 30, 15, tzinfo=UTC)
HTML = "<html><body><p>Die Fähre fährt wieder.</p></body></html>".encode()


def response(url="https://a.example/1", body=HTML, headers=(("Content-Type", "text/html; charset=utf-8"),), **more):
    told = {"url": url, "final_url": url, "status": FetchStatus.OK, "http_status": 200, "reason": "OK"}
    return Response(**told | {"body": body, "headers": headers} | more)


def archive(folder, *responses, run="run", batch=0, known=None):
    with WarcWriter(folder, run, batch) as writer:
        return [writer.write(r, fetched_at=NOW, known=known)[0] for r in responses]


def archived(folder, *responses, run="run"):
    with WarcWriter(folder, run, 0) as writer:
        return [writer.write(r, fetched_at=NOW)[1] for r in responses]


def revisit(folder):
    """The file of the run "later", and offset and headers of the one page in it."""
    [path] = folder.glob("later-*")
    with path.open("rb") as source:
        records = ArchiveIterator(source)
        [found] = [(records.get_record_offset(), r) for r in records if r.rec_type != "warcinfo"]
    assert found[1].rec_type == "revisit"
    return path.name, found[0], found[1].rec_headers


def test_a_page_is_read_back_from_its_place(tmp_path):
    urls = [f"https://a.example/{n}" for n in range(5)]
    places = archive(tmp_path, *(response(url, HTML + url.encode()) for url in urls))
    for url, place in reversed(list(zip(urls, places, strict=True))):
        page = read_page(tmp_path, place.file, place.offset)
        assert (page.url, page.body, page.fetched_at) == (url, HTML + url.encode(), NOW)
        assert page.content_type == "text/html; charset=utf-8"


def test_records_follow_each_other_without_a_gap(tmp_path):
    places = archive(tmp_path, *(response(f"https://a.example/{n}", HTML + bytes([n])) for n in range(3)))
    size = (tmp_path / places[0].file).stat().st_size
    ends = [place.offset + place.length for place in places]
    assert ends == [places[1].offset, places[2].offset, size]


def test_a_record_says_when_whence_and_with_which_digest(tmp_path):
    [place] = archive(tmp_path, response(final_url="https://www.a.example/one"))
    with (tmp_path / place.file).open("rb") as source:
        info, record = list(ArchiveIterator(source))
    assert info.rec_type == "warcinfo"
    headers = record.rec_headers
    assert headers.get_header("WARC-Type") == "response"
    assert headers.get_header("WARC-Target-URI") == "https://a.example/1"
    assert headers.get_header("X-Final-URI") == "https://www.a.example/one"
    assert headers.get_header("WARC-Date") == "2025-11-10T12:30:15Z"
    assert headers.get_header("WARC-Payload-Digest").startswith("sha1:")
    assert record.http_headers.statusline == "200 OK"


def test_other_tools_find_the_archive_in_order(tmp_path):
    places = archive(tmp_path, response(), response("https://a.example/2"), response("https://a.example/3", b"<p>x"))
    checker = Checker(type("Arguments", (), {"verbose": False, "inputs": [str(tmp_path / places[0].file)]}))
    checker.process_all()
    assert checker.exit_value == 0


def test_codings_that_were_undone_do_not_stand_in_the_headers(tmp_path):
    headers = (("Content-Encoding", "gzip"), ("Transfer-Encoding", "chunked"), ("Content-Length", "7"), ("Server", "s"))
    [place] = archive(tmp_path, response(headers=headers))
    page = read_page(tmp_path, place.file, place.offset)
    assert page.body == HTML
    assert ("X-Crawler-Content-Encoding", "gzip") in page.headers
    assert ("Content-Length", str(len(HTML))) in page.headers
    assert "Content-Encoding" not in dict(page.headers)


def test_a_body_that_the_file_has_is_a_revisit_that_reads_as_the_whole(tmp_path):
    long = HTML * 1000
    first, second = archive(tmp_path, response(body=long), response("https://b.example/copy", long))
    assert second.length < first.length
    page = read_page(tmp_path, second.file, second.offset)
    assert (page.url, page.body) == ("https://b.example/copy", long)
    with (tmp_path / second.file).open("rb") as source:
        assert [record.rec_type for record in ArchiveIterator(source)] == ["warcinfo", "response", "revisit"]


def test_a_body_that_an_earlier_run_had_is_a_revisit_that_reads_as_the_whole(tmp_path):
    long = HTML + random.Random(0).randbytes(50_000)
    [known] = archived(tmp_path, response(body=long))
    [place] = archive(tmp_path, response(body=long), run="later", known=known)
    assert place == (known.file, known.offset, known.length)
    file, offset, record = revisit(tmp_path)
    assert read_page(tmp_path, file, offset).body == long
    assert record.get_header("WARC-Refers-To-Target-URI") == "https://a.example/1"
    assert record.get_header("WARC-Refers-To-Date") == "2025-11-10T12:30:15Z"
    assert record.get_header("WARC-Payload-Digest").startswith("sha1:")
    assert (tmp_path / file).stat().st_size < 2000


def test_a_body_that_has_changed_since_an_earlier_run_is_kept_whole(tmp_path):
    [known] = archived(tmp_path, response())
    [place] = archive(tmp_path, response(body=HTML + b"!"), run="later", known=known)
    assert read_page(tmp_path, place.file, place.offset).body == HTML + b"!"


def test_a_revisit_whose_first_record_is_gone_is_an_error_that_names_it(tmp_path):
    [known] = archived(tmp_path, response())
    archive(tmp_path, response(), run="later", known=known)
    file, offset, _ = revisit(tmp_path)
    (tmp_path / known.file).unlink()
    with pytest.raises(PageError, match=f"{known.file}@{known.offset}: the archive cannot be read"):
        read_page(tmp_path, file, offset)


def test_a_file_appears_whole_or_not_at_all(tmp_path):
    def fail():
        with WarcWriter(tmp_path, "run", 0) as writer:
            writer.write(response(), fetched_at=NOW)
            assert [path.name[0] for path in tmp_path.iterdir()] == ["."]
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_try_left_is_cleared_away_by_the_next(tmp_path):
    dead = WarcWriter(tmp_path, "run", 0).__enter__()
    dead.write(response(), fetched_at=NOW)
    left = next(tmp_path.iterdir())
    left.rename(left.with_name(left.name + "0"))  # of another process
    [place] = archive(tmp_path, response())
    assert [path.name for path in tmp_path.iterdir()] == [place.file]


def test_a_batch_without_pages_leaves_no_file(tmp_path):
    archive(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_batch_that_is_repeated_replaces_its_file(tmp_path):
    archive(tmp_path, response(), response("https://a.example/2", b"x"))
    [place] = archive(tmp_path, response("https://a.example/3"))
    assert [page.url for page in iter_pages(tmp_path / place.file)] == ["https://a.example/3"]
    assert len(list(tmp_path.iterdir())) == 1


def test_a_run_may_be_named_as_airflow_names_it(tmp_path):
    [place] = archive(tmp_path, response(), run="scheduled__2025-11-10T12:30:00+00:00", batch="0003")
    assert place.file == "scheduled_2025-11-10T12_30_00_00_00-0003.warc.gz"


@pytest.mark.parametrize(
    ("file", "offset"),
    [("none.warc.gz", 0), ("FILE", 0), ("FILE", 7), ("FILE", 10**9), ("../FILE", 0), ("/etc/passwd", 0)],
)
def test_a_place_without_a_page_is_an_error_that_names_it(tmp_path, file, offset):
    [place] = archive(tmp_path, response())
    with pytest.raises(PageError, match=str(offset)):
        read_page(tmp_path, file.replace("FILE", place.file), offset)


def foreign_warc(path):
    """As other crawlers write them: bodies still compressed, requests and pictures among them."""
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True)

        def write(kind, url, body, status="200 OK", *headers):
            http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url,
                kind,
                payload=BytesIO(body),
                http_headers=http,
                warc_headers_dict={"WARC-Date": "2019-07-22T10:00:00Z"},
            )
            writer.write_record(record)

        html = ("Content-Type", "text/html")
        write("request", "https://b.example/1", b"", "GET / HTTP/1.1")
        write("response", "https://b.example/1", gzip.compress(HTML), "200 OK", html, ("Content-Encoding", "gzip"))
        write("response", "https://b.example/2", b"\x89PNG", "200 OK", ("Content-Type", "image/png"))
        write("response", "https://b.example/3", HTML, "404 Not Found", html)
        write("response", "https://b.example/4", bytes(30_000_000), "200 OK", html)
        chunked = f"{len(HTML):x}\r\n".encode() + HTML + b"\r\n0\r\n\r\n"
        write("response", "https://b.example/5", chunked, "200 OK", html, ("Transfer-Encoding", "chunked"))


def test_archives_of_others_are_read_page_by_page(tmp_path):
    foreign_warc(tmp_path / "foreign.warc.gz")
    pages = list(iter_pages(tmp_path / "foreign.warc.gz"))
    assert [page.url for page in pages] == ["https://b.example/1", "https://b.example/5"]
    assert {page.body for page in pages} == {HTML}
    assert pages[0].fetched_at == datetime(2019, 7, 22, 10, tzinfo=UTC)


def common_crawl_news(path):
    """A file as Common Crawl's news crawler writes them, with its headers and order of records."""
    url = "https://b.example/news/1"
    with path.open("wb") as out:
        writer = WARCWriter(out, gzip=True, warc_version="1.0")
        info = {"robots": "checked via crawler-commons", "format": "WARC File Format 1.0", "isPartOf": "CC-NEWS"}
        writer.write_record(writer.create_warcinfo_record("CC-NEWS-20190722100000-00001.warc.gz", info))
        sent = StatusAndHeaders("GET /news/1 HTTP/1.1", [("Host", "b.example"), ("Accept-Encoding", "br,gzip")])
        writer.write_record(writer.create_warc_record(url, "request", http_headers=sent, payload=BytesIO()))
        came = [
            ("X-Crawler-Transfer-Encoding", "chunked"), ("X-Crawler-Content-Encoding", "gzip"),
            ("Content-Type", "text/html; charset=UTF-8"), ("Content-Length", str(len(HTML))),
        ]  # fmt: skip
        offset = out.tell()
        more = {"WARC-Date": "2019-07-22T10:00:00Z", "WARC-IP-Address": "203.0.113.7"}
        http = StatusAndHeaders("200 OK", came, protocol="HTTP/1.1")
        record = writer.create_warc_record(
            url, "response", payload=BytesIO(HTML), http_headers=http, warc_headers_dict=more
        )
        writer.write_record(record)
    return offset


def test_common_crawl_s_news_is_read_by_the_code_that_reads_ours(tmp_path):
    offset = common_crawl_news(tmp_path / "CC-NEWS-1.warc.gz")
    [page] = iter_pages(tmp_path / "CC-NEWS-1.warc.gz")
    assert (page.url, page.body) == ("https://b.example/news/1", HTML)
    assert page.fetched_at == datetime(2019, 7, 22, 10, tzinfo=UTC)
    assert page.content_type == "text/html; charset=UTF-8"
    assert read_page(tmp_path, "CC-NEWS-1.warc.gz", offset) == page


@pytest.mark.parametrize("content", [b"no archive", gzip.compress(b"no archive"), b""])
def test_a_file_that_is_no_archive_is_an_error_or_empty(tmp_path, content):
    path = tmp_path / "x.warc.gz"
    path.write_bytes(content)
    if content:
        with pytest.raises(PageError, match="not a readable WARC file"):
            list(iter_pages(path))
    else:
        assert list(iter_pages(path)) == []


def test_a_file_that_is_cut_off_gives_the_pages_before_the_cut(tmp_path):
    bodies = [HTML + random.Random(n).randbytes(20_000) for n in range(3)]
    places = archive(tmp_path, *(response(f"https://a.example/{n}", body) for n, body in enumerate(bodies)))
    path = tmp_path / places[0].file
    path.write_bytes(path.read_bytes()[: places[2].offset + 10_000])
    assert [page.url for page in iter_pages(path)] == ["https://a.example/0", "https://a.example/1"]
    with pytest.raises(PageError, match="cut off"):
        read_page(tmp_path, places[2].file, places[2].offset)


def test_a_damaged_page_is_not_read(tmp_path):
    [place] = archive(tmp_path, response(), run="whole")
    plain = gzip.decompress((tmp_path / place.file).read_bytes()[place.offset :])
    (tmp_path / "damaged.warc.gz").write_bytes(gzip.compress(plain.replace("fährt".encode(), b"fahrt ")))
    with pytest.raises(PageError, match="damaged"):
        read_page(tmp_path, "damaged.warc.gz", 0)
