"""What cleaning and finding copies cost: ratios against a baseline of the same run, and figures to read."""

import gzip
import resource
import time
from pathlib import Path

import numpy as np
import pytest

from casualties.articles.clean import clean_page
from casualties.articles.copies import CopyIndex
from casualties.articles.fingerprint import sketch

pytestmark = pytest.mark.bench

SIZES = (10_000, 100_000, 1_000_000)
WORDS = 400
SAMPLE = 1_000


def texts(rng: np.random.Generator, count: int) -> list[str]:
    """Texts of random words with the frequencies of a language."""
    vocabulary = np.array([f"word{n}" for n in range(20_000)])
    weights = 1 / np.arange(1, 20_001)
    return [" ".join(row) for row in vocabulary[rng.choice(20_000, (count, WORDS), p=weights / weights.sum())]]


def fill(index: CopyIndex, size: int, rng: np.random.Generator) -> None:
    """Bring an index to a size with sketches such as texts of this length have: uniform hashes, the lowest of many."""
    model = sketch(texts(rng, 1)[0])
    while len(index) < size:
        for row in np.sort(rng.integers(0, int(model[-1]), (10_000, len(model)), dtype=np.uint32), axis=1):
            index.add(row.copy(), int(np.searchsorted(row, 2**32 // 16)))


def test_copies_cost_the_same_among_ten_thousand_articles_and_a_million(capsys):
    rng = np.random.default_rng(1)
    sample, index = texts(rng, SAMPLE), CopyIndex()
    cost: dict[int, float] = {}
    for size in SIZES:
        fill(index, size - SAMPLE, rng)
        started = time.process_time()
        for text in sample:
            hashes = sketch(text)
            keys = int(np.searchsorted(hashes, 2**32 // 16))
            index.alike(hashes, keys)
            index.add(hashes, keys)
        cost[size] = (time.process_time() - started) / SAMPLE
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        with capsys.disabled():
            speed = f"{cost[size] * 1e3:.2f} ms each, {1 / cost[size]:,.0f}/s (aim 500)"
            print(f"\ncopies among {size:,}: {speed}, peak {peak} MB")


def test_cleaning_beside_bare_trafilatura(capsys):
    import trafilatura

    folder = Path(__file__).resolve().parents[3] / "shared/pages/aeb/html"
    pages = [gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.html.gz"))[::3]]
    if not pages:
        pytest.skip("needs the real pages of ../shared/pages")
    clean_page(pages[0], "https://a.example/story")  # loads what is loaded once
    ours = theirs = 0.0
    for page in pages * 3:  # in turns, so that both suffer alike from what else runs
        started = time.process_time()
        trafilatura.extract(page)
        between = time.process_time()
        clean_page(page, "https://a.example/story")
        theirs, ours = theirs + between - started, ours + time.process_time() - between
    with capsys.disabled():
        per_page = 1e3 / len(pages * 3)
        times = f"clean_page {ours * per_page:.1f} ms, trafilatura {theirs * per_page:.1f} ms"
        print(f"\n{times}: {ours / theirs:.2f}, aim 1.5")
