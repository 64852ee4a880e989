"""Titles without the names of their sites."""

import pytest

from casualties.articles.titles import strip_site


@pytest.mark.parametrize(
    ("title", "names", "expected"),
    [
        ("Blast kills nine at market | Valley Times", ["Valley Times"], "Blast kills nine at market"),
        ("Blast kills nine at market - Valley Times Online", ["Valley Times"], "Blast kills nine at market"),
        ("Blast kills nine at market – World – vtimes", ["www.vtimes.com"], "Blast kills nine at market – World"),
        ("Blast kills nine – Monitor", ["Valley Times"], "Blast kills nine – Monitor"),
        ("Air strikes kill nine - Syria", ["syriawatch.example"], "Air strikes kill nine - Syria"),
        ("Blast kills nine-year-old", ["old"], "Blast kills nine-year-old"),
        ("Valley Times", ["Valley Times"], "Valley Times"),
        ("", ["Valley Times", ""], ""),
    ],
)
def test_only_the_name_of_the_site_is_taken_off(title, names, expected):
    assert strip_site(title, *names) == expected
