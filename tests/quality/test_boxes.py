import pytest

from casualties.quality.boxes import country_boxes, degrees_outside


@pytest.mark.parametrize(
    ("country", "lat", "lon"),
    [
        ("SYR", 35.64, 36.67),  # Maarat al-Numan
        ("UKR", 44.95, 34.10),  # Simferopol, which one of the sources counts to Russia
        ("RUS", 66.4, -172.3),  # the east of Chukotka, beyond the 180th meridian
        ("FJI", -16.8, 179.99),
        ("XKX", 42.66, 21.17),
        ("PSE", 31.5, 34.47),
    ],
)
def test_a_place_lies_inside_its_country(country, lat, lon):
    assert degrees_outside(country, lat, lon) == 0


@pytest.mark.parametrize(
    ("country", "lat", "lon", "degrees"),
    [("SYR", 30.3, 38.0, 2.0), ("IRQ", 33.0, 50.6, 2.0), ("FJI", -17.0, 172.5, 2.0), ("SOM", 45.31, 2.04, 38.86)],
)
def test_a_place_outside_is_told_by_how_far(country, lat, lon, degrees):
    assert degrees_outside(country, lat, lon) == pytest.approx(degrees, abs=0.01)


def test_an_unknown_country_has_no_outside():
    assert degrees_outside("ZZZ", 0, 0) is None


def test_every_box_is_on_earth():
    assert len(country_boxes()) > 240
    assert all(-90 <= s <= n <= 90 and -180 <= w <= 180 and -180 <= e <= 180 for w, s, e, n in country_boxes().values())
