"""The list of expectations in docs/operations.md is the one that runs; ``python tests/quality/test_catalogue.py``
writes it anew.
"""

import re
from pathlib import Path

from casualties.quality.catalogue import as_markdown, catalogue
from casualties.settings import Settings

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "operations.md"
SECTION = re.compile(r"(?<=<!-- expectations -->\n).*(?=<!-- end of expectations -->)", re.DOTALL)


def test_the_manual_lists_every_expectation_with_its_severity_and_sentence():
    (listed,) = SECTION.findall(MANUAL.read_text(encoding="utf-8"))
    assert listed.strip() == as_markdown(Settings()).strip()


def test_a_name_stands_for_one_expectation_in_all_suites():
    names = [check.name for checks in catalogue(Settings()).values() for check in checks]
    assert len(names) == len(set(names))


if __name__ == "__main__":
    text = MANUAL.read_text(encoding="utf-8")
    MANUAL.write_text(SECTION.sub(lambda _: "\n" + as_markdown(Settings()) + "\n", text), encoding="utf-8")
