"""Speed of extraction beside Trafilatura on the same pages: prints, asserts nothing about time."""

import gzip
import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from casualties.articles.clean import clean_page
from casualties.events import extract_events

pytestmark = pytest.mark.bench

DAY = date(2019, 11, 21)
START = (
    "import time; t = time.process_time(); from casualties.events import extract_events; from datetime import date; \
extract_events('Blast kills six in Homs', 'A bomb killed six people in Homs on Monday.', date(2023, 10, 9)); \
print(time.process_time() - t)"
)


def test_extraction_beside_trafilatura_on_the_same_pages(capsys):
    import trafilatura

    folder = Path(__file__).resolve().parents[3] / "shared/pages/aeb/html"
    pages = [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))[::2]]
    if not pages:
        pytest.skip("needs the real pages of ../shared/pages")
    articles = [clean_page(page, "https://a.example/story") for page in pages]
    extract_events("Blast kills six in Homs", "A bomb killed six people in Homs on Monday.", DAY)  # loads what it needs
    ours = theirs = 0.0
    for page, article in zip(pages, articles, strict=True):  # in turns, so that both suffer alike from what else runs
        started = time.process_time()
        trafilatura.extract(page)
        between = time.process_time()
        extract_events(article.title, article.text, DAY)
        theirs, ours = theirs + between - started, ours + time.process_time() - between
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    with capsys.disabled():
        each = f"extraction {1e3 * ours / len(pages):.1f} ms, trafilatura {1e3 * theirs / len(pages):.1f} ms"
        print(f"\n{each}: {ours / theirs:.2f}, aim 0.25; peak of both {peak} MB")


def test_what_the_first_article_costs_a_new_process(capsys):
    started = subprocess.run([sys.executable, "-c", START], capture_output=True, text=True, check=True)
    with capsys.disabled():
        print(f"\nstart and first article {float(started.stdout):.2f} s of CPU, aim 1")


def test_casualty_stories_a_second(capsys):
    sentence = "A bomb killed {} people and wounded {} others in Homs on Monday, the Syrian Observatory said. "
    filler = "The council met in the town hall to talk about water, roads and the price of bread this winter. "
    stories = [sentence.format(n, n + 3) + filler * 25 + sentence.format(n, n + 3) for n in range(2, 102)]
    started = time.process_time()
    for story in stories:
        extract_events("Bomb kills people in Homs", story, DAY)
    spent = time.process_time() - started
    with capsys.disabled():
        print(f"\n{len(stories) / spent:.0f} stories/s of {len(stories[0]) // 6} words, aim 160")
