from datetime import date

import pytest

from casualties.reports.wording import actors_said, counted, date_said, figure_said, period_said, place_said


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        ((None, None, None), "–"),
        ((59, 59, 59), "59"),
        ((0, 0, 0), "0"),
        ((59, 59, None), "59+"),
        ((24, None, None), "24+"),
        ((None, 20, 20), "≤20"),
        ((None, None, 20), "≤20"),
        ((51, 52, 52), "52 (51–52)"),
        ((19, 19, 25), "19 (19–25)"),
        ((813, 2445, None), "2,445 (813–)"),
    ],
)
def test_a_figure_is_said_in_few_signs(figure, said):
    row = dict(zip(("killed_low", "killed_best", "killed_high"), figure, strict=True))
    assert figure_said(row, "killed") == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2019, 7, 22), date(2019, 7, 22), "2019-07-22"),
        (date(2019, 7, 22), date(2019, 7, 24), "2019-07-22…24"),
        (date(2019, 7, 31), date(2019, 8, 1), "2019-07-31…08-01"),
        (date(2019, 12, 31), date(2020, 1, 1), "2019-12-31…2020-01-01"),
    ],
)
def test_days_are_said_without_repeating_month_and_year(start, end, said):
    assert date_said(start, end) == said


def test_a_period_may_be_unsaid():
    assert period_said(None, None) == "unsaid"


def test_a_place_names_nothing_twice():
    assert place_said({"place": "Idlib", "admin1": "Idlib", "country": "SYR"}) == "Idlib, SYR"
    assert place_said({"place": None, "admin1": None, "country": None}) == "place unsaid"


def test_both_sides_of_a_clash_are_named_where_no_perpetrator_is():
    parties = [{"name": n, "role": "party", "status": "stated"} for n in ("army", "rebels")]
    assert actors_said(parties) == "army, rebels"
    culprit = {"name": "IS", "role": "perpetrator", "status": "claimed"}
    assert actors_said([*parties, culprit]) == "IS (claimed)"


def test_one_is_singular():
    assert (counted(1, "copy", "copies"), counted(1200, "copy", "copies")) == ("1 copy", "1,200 copies")
