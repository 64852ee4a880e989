"""Which pages are fetched, and how they are spread over batches."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta

from casualties.model import Entry, key
from casualties.pages.plan import plan_targets

NOW = datetime(2025, 11, 10, tzinfo=UTC)


def entry(url, feed="feed", published=None):
    return Entry(
        entry_id=key(feed, url), feed_id=feed, publisher=feed, url=url, link=url, title="A title", published=published
    )


def pages(host, count):
    return [entry(f"https://{host}/{n:04}", published=NOW - timedelta(hours=n)) for n in range(count)]


def plan(entries, known=(), *, batch_pages=100, host_cap=200, allowed=()):
    return plan_targets(entries, set(known), batch_pages=batch_pages, host_cap=host_cap, allowed=frozenset(allowed))


def batches_of(targets):
    found = {}
    for target in targets:
        found.setdefault(target.batch, []).append(target.url.split("/")[2])
    return {batch: Counter(hosts) for batch, hosts in found.items()}


def test_an_article_is_one_target_however_many_feeds_announce_it():
    [target] = plan([entry("https://a.example/1", "one"), entry("https://a.example/1", "two")])
    assert {e.feed_id for e in target.entries} == {"one", "two"}


def test_editions_of_an_article_are_one_target():
    [target] = plan([entry("http://www.a.example/1"), entry("https://m.a.example/1"), entry("https://a.example/1/")])
    assert len(target.entries) == 3


def test_what_is_known_is_not_fetched():
    assert [t.url for t in plan(pages("a.example", 3), ["https://a.example/0001"])] == [
        "https://a.example/0000",
        "https://a.example/0002",
    ]


def test_no_entries_are_no_targets():
    assert plan([]) == []


def test_a_batch_holds_whole_hosts():
    targets = plan([e for n in range(20) for e in pages(f"h{n}.example", 30)])
    assert len(targets) == 600
    where = {}
    for target in targets:
        where.setdefault(target.url.split("/")[2], set()).add(target.batch)
    assert all(len(batches) == 1 for batches in where.values())
    assert all(sum(hosts.values()) <= 100 for hosts in batches_of(targets).values())
    assert len(batches_of(targets)) == 7  # three hosts of 30 in each


def test_small_hosts_fill_up_batches():
    targets = plan([*pages("a.example", 70), *pages("b.example", 60), *pages("c.example", 30), *pages("d.example", 40)])
    assert batches_of(targets) == {
        0: {"a.example": 70, "c.example": 30},
        1: {"b.example": 60, "d.example": 40},
    }


def test_a_host_larger_than_a_batch_is_split_evenly_and_says_so():
    targets = plan([*pages("big.example", 250), *pages("small.example", 10)], host_cap=1000)
    assert batches_of(targets) == {
        0: {"big.example": 84},
        1: {"big.example": 83},
        2: {"big.example": 83},
        3: {"small.example": 10},
    }
    assert {t.host_batches for t in targets if "big" in t.url} == {3}
    assert {t.host_batches for t in targets if "small" in t.url} == {1}


def test_of_a_host_only_so_many_of_the_newest_are_taken():
    targets = plan(pages("a.example", 30), host_cap=10)
    assert sorted(t.url[-4:] for t in targets) == [f"{n:04}" for n in range(10)]


def test_articles_without_a_date_come_after_those_with_one():
    undated = [entry(f"https://a.example/u{n}") for n in range(5)]
    targets = plan([*undated, *pages("a.example", 5)], host_cap=6)
    assert sum("/u" in t.url for t in targets) == 1


def test_the_operators_own_hosts_are_not_capped():
    entries = pages("127.0.0.1:8099", 30)
    assert len(plan(entries, host_cap=10)) == 10
    assert len(plan(entries, host_cap=10, allowed=["127.0.0.1:8099"])) == 30
    assert len(plan(entries, host_cap=10, allowed=["127.0.0.1"])) == 30


def test_the_plan_does_not_depend_on_the_order_of_the_entries():
    entries = [e for n in range(9) for e in pages(f"h{n}.example", 25 + n)]
    first = plan(entries, host_cap=20)
    for seed in range(3):
        random.Random(seed).shuffle(entries)
        assert plan(entries, host_cap=20) == first
