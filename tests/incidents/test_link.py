import random
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casualties.incidents import LinkedReport, link, link_articles, neighbourhood
from casualties.incidents.filed import lookup_keys, stored_keys
from casualties.incidents.mention import mention
from casualties.model import Actor, Basis, DateSpan, Event, EventReport, EventType, Figure, Place, Victim, key

NOON = datetime(2019, 7, 23, 12, 0, tzinfo=UTC)
IDLIB = Place(name="Idlib", admin1="Idlib", country="SYR", lat=35.8, lon=36.7, precision="admin1")
MAARAT = Place(name="Maarat al-Numan", admin1="Idlib", country="SYR", lat=35.64, lon=36.68, precision="exact")
ALEPPO = Place(name="Aleppo", admin1="Aleppo", country="SYR", lat=36.2, lon=37.16, precision="exact")
SYRIA = Place(name="Syria", country="SYR", lat=35.0, lon=38.0, precision="country")
_numbers = count()


def on(day: int, until: int | None = None) -> DateSpan:
    return DateSpan(start=date(2019, 7, day), end=date(2019, 7, until or day))


def tells(killed=None, *, article=None, ordinal=0, **more) -> EventReport:
    """A report of an air strike on Maarat al-Numan on 22 July, unless said otherwise."""
    article = article or f"article {next(_numbers)}"
    figure = Figure(low=killed, best=killed, high=killed) if isinstance(killed, int) else killed
    fields = {
        "report_id": key(article, ordinal), "article_id": article, "version_id": article, "ordinal": ordinal,
        "extractor_version": "1", "publisher": article, "published": NOON, "killed": figure,
        "type": EventType.AIR_STRIKE, "place": MAARAT, "date": on(22),
    }  # fmt: skip
    return EventReport(**(fields | more))


def groups(*reports, terms=None, existing=()):
    """The clusters of reports, each as the set of its report_ids."""
    linking = link(reports, existing, terms=terms)
    found = {}
    for new in linking.links:
        found.setdefault(new.incident_id, set()).add(new.report_id)
    return {frozenset(ids) for ids in found.values()}


def are_one(*reports, terms=None):
    return groups(*reports, terms=terms) == {frozenset(r.report_id for r in reports)}


def test_one_strike_told_by_two_outlets_is_one_incident():
    assert are_one(tells(38), tells(38))


def test_a_risen_toll_is_still_the_same_incident():
    assert are_one(tells(38), tells(43, published=NOON + timedelta(hours=8)))
    assert are_one(tells(Figure(low=20, best=20, high=None, basis="at_least")), tells(43))


def test_strikes_on_one_town_on_following_days_are_two():
    assert not are_one(tells(38, date=on(22)), tells(12, date=on(23)))
    assert not are_one(tells(38, date=on(22)), tells(38, date=on(24)))


def test_strikes_on_two_towns_on_one_day_are_two():
    assert not are_one(tells(38), tells(38, place=ALEPPO))


def test_a_place_that_is_close_by_is_the_same_place():
    near = Place(name="Kafr Ruma", admin1="Idlib", country="SYR", lat=35.63, lon=36.63, precision="exact")
    assert are_one(tells(38), tells(38, place=near))


def test_a_province_holds_its_towns_and_a_country_its_provinces():
    assert are_one(tells(38), tells(38, place=IDLIB))
    assert are_one(tells(38), tells(38, place=SYRIA))
    assert not are_one(tells(38), tells(38, place=Place(name="Hama", admin1="Hama", country="SYR", precision="admin1")))


def test_spellings_of_one_place_name_meet():
    def unmapped(name):
        return Place(name=name, country="SYR", precision="exact")

    assert are_one(tells(38, place=unmapped("Ma'arat al-Nu'man")), tells(38, place=unmapped("Maarat al Numan")))


def test_an_unknown_type_goes_with_any_but_a_flood_is_no_air_strike():
    assert are_one(tells(38), tells(38, type=EventType.UNKNOWN))
    assert are_one(tells(38), tells(38, type=EventType.SHELLING))
    assert not are_one(tells(38), tells(38, type=EventType.DISASTER))


def test_figures_that_cannot_be_one_keep_two_small_events_of_one_day_apart():
    assert not are_one(tells(2), tells(60))


def test_vague_words_alone_do_not_make_one_incident_of_an_areas_week():
    dozens = Figure(low=24, best=None, high=None, basis="vague")
    first = tells(dozens, place=IDLIB, date=None)
    assert not are_one(first, tells(dozens, place=IDLIB, date=None, published=NOON + timedelta(days=5)))


def test_two_events_of_one_article_are_never_one():
    assert not are_one(tells(38, article="a"), tells(38, article="a", ordinal=1))


def test_each_event_of_a_copy_joins_its_twin():
    original = [tells(59, article="a", place=IDLIB), tells(38, article="a", ordinal=1)]
    copy = [tells(59, article="b", place=IDLIB, copy_of="a"), tells(38, article="b", ordinal=1, copy_of="a")]
    assert groups(*original, *copy) == {
        frozenset({original[0].report_id, copy[0].report_id}),
        frozenset({original[1].report_id, copy[1].report_id}),
    }


def test_a_report_without_a_place_joins_by_its_figure():
    assert are_one(tells(38), tells(38, place=None))


def test_the_name_of_a_victim_brings_a_late_follow_up_home():
    first, trial = tells(1), tells(1, date=None, published=NOON + timedelta(days=90))
    victim = frozenset({"who: omar haddad", "omar haddad", "aged 34", "haddad"})
    assert are_one(first, trial, terms={first.report_id: victim, trial.report_id: victim})
    assert not are_one(first, trial)


def test_tolls_are_no_incidents():
    assert groups(tells(38, kind="toll")) == set()


def test_the_clues_of_a_link_add_up_to_a_match_and_name_the_report_they_are_about():
    first, second = tells(38), tells(38, actors=(Actor(name="Russia"),))
    linking = link([first, second], [])
    by_report = {new.report_id: new for new in linking.links}
    assert by_report[second.report_id].matched == first.report_id
    assert {clue.name for clue in by_report[second.report_id].clues} == {
        "prior",
        "same place",
        "same day",
        "same type",
        "same killed",
        "the same large number killed",
    }


@pytest.fixture(scope="module")
def newsflow():
    """Reports of eight strikes over three days in four towns, each told by one to seven outlets with noise."""
    chance = random.Random(7)
    reports = []
    for strike in range(8):
        where = strike % 4
        town = Place(name=f"Town {where}", admin1="Idlib", country="SYR", lat=35 + where, lon=36, precision="exact")
        for _ in range(chance.randint(1, 7)):
            number = 10 * strike + chance.choice((5, 5, 5, 6))
            day = chance.choice((on(20 + strike // 3), None))
            published = NOON - timedelta(days=2 - strike // 3, hours=chance.randint(0, 9))
            reports.append(tells(number, published=published, place=chance.choice((town, town, SYRIA)), date=day))
    return reports


@pytest.mark.parametrize("seed", range(5))
def test_the_order_in_which_reports_come_does_not_change_the_clusters(newsflow, seed):
    at_once = groups(*newsflow)
    shuffled = list(newsflow)
    random.Random(seed).shuffle(shuffled)
    assert groups(*shuffled) == at_once
    assert in_batches(shuffled, size=3) == at_once


def towns_and_areas():
    towns = [
        Place(name=f"Town {n}", admin1="Idlib", country="SYR", lat=35 + n / 10, lon=36, precision="exact")
        for n in range(3)
    ]
    return [*towns, IDLIB, SYRIA, None]


@st.composite
def newsflows(draw):
    kinds = st.sampled_from([EventType.AIR_STRIKE, EventType.SHELLING, EventType.UNKNOWN, EventType.DISASTER])
    words = st.sampled_from([frozenset(), frozenset({"qadri bakery", "qadri"}), frozenset({"who: omar haddad"})])
    flow = [
        (
            tells(
                draw(st.sampled_from([None, 3, 4, 20, 21, 38])),
                article=f"story {n // 2}" if draw(st.booleans()) else f"lone story {n}",
                ordinal=n,
                place=draw(st.sampled_from(towns_and_areas())),
                date=draw(st.sampled_from([None, on(21), on(22), on(21, 23)])),
                type=draw(kinds),
                published=NOON + timedelta(hours=draw(st.integers(-30, 60))),
            ),
            draw(words),
        )
        for n in range(draw(st.integers(2, 12)))
    ]
    return flow, draw(st.permutations(flow)), draw(st.integers(1, 5))


@given(newsflows())
@settings(max_examples=60, deadline=None)
def test_whatever_the_reports_their_order_and_batches_do_not_change_the_clusters(told):
    flow, shuffled, size = told
    terms = {report.report_id: words for report, words in flow}
    at_once = groups(*(report for report, _ in flow), terms=terms)
    assert in_batches([report for report, _ in shuffled], size, terms) == at_once


def in_batches(reports, size, terms=None):
    terms = terms or {}
    held: dict[str, LinkedReport] = {}
    for start in range(0, len(reports), size):
        batch = reports[start : start + size]
        near = neighbourhood(
            [LinkedReport(report=report, terms=terms.get(report.report_id, frozenset())) for report in batch],
            lambda keys: [linked for linked in held.values() if keys & stored_keys(mention(linked))],
        )
        for new in link(batch, near, terms=terms).links:
            report = next(r for r in reports if r.report_id == new.report_id)
            words = terms.get(new.report_id, frozenset())
            held[new.report_id] = LinkedReport(report=report, terms=words, incident_id=new.incident_id, opened_at=NOON)
    clusters: dict[str, set[str]] = {}
    for report_id, linked in held.items():
        clusters.setdefault(linked.incident_id, set()).add(report_id)
    return {frozenset(ids) for ids in clusters.values()}


def test_a_known_incident_keeps_its_id_when_reports_join():
    first = tells(38)
    held = LinkedReport(report=first, incident_id="known", opened_at=NOON)
    joining = tells(38)
    linking = link([joining], [held])
    assert [(new.report_id, new.incident_id) for new in linking.links] == [(joining.report_id, "known")]
    assert linking.merged == {}


def test_a_report_that_fits_two_incidents_merges_them_into_the_one_opened_first():
    later = LinkedReport(report=tells(38, place=SYRIA), incident_id="a later one", opened_at=NOON)
    older = LinkedReport(report=tells(40), incident_id="the older", opened_at=NOON - timedelta(hours=1))
    linking = link([tells(40, place=SYRIA), tells(38, place=IDLIB)], [later, older])
    assert linking.merged == {"a later one": "the older"}
    assert {new.incident_id for new in linking.links} == {"the older"}
    assert linking.touched == {"a later one", "the older"}


def test_an_incident_that_falls_apart_leaves_its_id_with_the_report_that_opened_it():
    opener, other = tells(40), tells(38, date=None, place=SYRIA)
    known = key("incident", opener.report_id)
    bridges = [tells(40, place=SYRIA), tells(38, place=IDLIB)]
    held = [LinkedReport(report=r, incident_id=known, opened_at=NOON) for r in (opener, other)]
    gone = [LinkedReport(report=r, incident_id=known, opened_at=NOON, withdrawn=True) for r in bridges]
    linking = link([], [*held, *gone])
    assert [(new.report_id, new.incident_id) for new in linking.links] == [
        (other.report_id, key("incident", other.report_id))
    ]
    assert set(linking.ended) == {other.report_id, *(r.report_id for r in bridges)}
    assert linking.touched == {known, key("incident", other.report_id)}


def test_a_newer_telling_of_an_article_inherits_the_incident_of_the_older():
    old = tells(59, article="a")
    new = tells(49, article="a", report_id="new", version_id="a2")
    withdrawn = LinkedReport(report=old, incident_id="known", opened_at=NOON, withdrawn=True)
    linking = link([new], [withdrawn])
    assert [(n.report_id, n.incident_id) for n in linking.links] == [("new", "known")]
    assert linking.ended == (old.report_id,)


def test_an_incident_that_nothing_tells_any_more_is_touched_and_its_link_ended():
    withdrawn = LinkedReport(report=tells(59), incident_id="known", opened_at=NOON, withdrawn=True)
    linking = link([], [withdrawn])
    assert (linking.links, linking.touched) == ((), {"known"})


def test_reports_that_nothing_new_touches_stay_where_they_are():
    apart = [LinkedReport(report=tells(38), incident_id=name, opened_at=NOON) for name in ("one", "two")]
    assert link([tells(5, place=ALEPPO)], apart).merged == {}


def test_keys_find_each_other_whichever_report_looks():
    places = [
        MAARAT,
        IDLIB,
        SYRIA,
        ALEPPO,
        None,
        Place(name="Maarat al-Numan"),
        Place(name="Nowhere known", country="SYR"),
    ]
    dates = [on(22), on(23), on(21, 23), on(1, 31), None]
    mentions = [mention(LinkedReport(report=tells(38, place=place, date=date_))) for place in places for date_ in dates]
    for a in mentions:
        for b in mentions:
            assert bool(lookup_keys(a) & stored_keys(b)) == bool(lookup_keys(b) & stored_keys(a))


def test_points_within_25_km_share_a_key_at_any_latitude_and_far_ones_do_not():
    chance = random.Random(3)
    for _ in range(300):
        lat, lon = chance.uniform(-70, 70), chance.uniform(-179, 179)
        a, b, far = (
            mention(LinkedReport(report=tells(place=Place(name=name, country="SYR", lat=y, lon=x, precision="exact"))))
            for name, y, x in (("a", lat, lon), ("b", lat + chance.uniform(-0.15, 0.15), lon), ("c", lat + 2, lon))
        )
        assert lookup_keys(a) & stored_keys(b)
        assert not lookup_keys(a) & stored_keys(far)


def test_articles_are_linked_without_a_warehouse():
    strike = Event(type=EventType.AIR_STRIKE, killed=Figure(low=38, best=38, high=38), place=MAARAT, date=on(22))
    toll = Event(kind="toll", killed=Figure(low=750, best=750, high=750), place=IDLIB)
    told = link_articles(
        [
            ("a", "Strike kills 38", "Thirty-eight people died.", NOON, [strike, toll]),
            ("b", "38 dead in town", "A raid left 38 dead.", NOON, [strike]),
            ("c", "Talks go on", "Nobody died.", None, []),
        ]
    )
    assert told["a"] == told["b"]
    assert (len(told["a"]), told["c"]) == (1, [])


def test_stories_of_one_day_that_share_rare_words_are_one_though_a_place_was_misread_unless_it_is_war():
    words = {f"rareword{n}" for n in range(8)} | {"aged 34", "suspect"}

    def told(kind):
        town, elsewhere = tells(1, type=kind), tells(1, type=kind, place=ALEPPO)
        return are_one(town, elsewhere, terms={r.report_id: frozenset(words) for r in (town, elsewhere)})

    assert told(EventType.SHOOTING)
    assert not told(EventType.AIR_STRIKE)


def test_a_large_number_of_dead_joins_two_places_of_one_country_outside_war():
    def crash(**more):
        return tells(32, type=EventType.ACCIDENT, **more)

    assert are_one(crash(), crash(place=ALEPPO))
    assert not are_one(tells(3, type=EventType.ACCIDENT), tells(3, type=EventType.ACCIDENT, place=ALEPPO))


def test_a_capital_stands_for_the_province_that_bears_its_name():
    village = Place(name="Kafr Hamra", admin1="Aleppo", country="SYR", lat=36.6, lon=37.6, precision="exact")
    assert are_one(tells(38, place=village), tells(38, place=ALEPPO))


def test_the_dead_of_a_disaster_rise_and_it_stays_one():
    first = tells(120, type=EventType.DISASTER)
    assert are_one(first, tells(2000, type=EventType.DISASTER, published=NOON + timedelta(days=1)))
    assert not are_one(first, tells(1, type=EventType.DISASTER, published=NOON + timedelta(days=1)))


def attack(killed, town=None, **more):
    """A report of Lions attacking a country, on a day or none."""
    fields = {"type": EventType.ARMED_CLASH, "place": town or SYRIA, "actors": (Actor(name="Lions"),), "date": on(20)}
    return tells(killed, **(fields | more))


def test_the_counts_of_groups_of_victims_gather_around_the_attack_with_so_many_dead():
    days = [NOON + timedelta(days=n) for n in range(4)]
    groups_told = [
        attack(9, scope="group", date=None, published=days[1]),
        attack(30, scope="group", date=None, published=days[2]),
    ]
    first = attack(40, date=None, published=NOON - timedelta(days=1))
    great = [attack(900), attack(1300, published=days[3])]
    assert are_one(*great, first, *groups_told)
    assert not are_one(*groups_told)


def test_what_is_told_of_a_town_gathers_around_it_but_not_what_others_did():
    great, town = attack(900), attack(40, town=MAARAT)
    late = {"date": None, "published": NOON + timedelta(days=5)}
    others = attack(40, scope="group", actors=(Actor(name="Tigers"),), **late)
    assert groups(great, town, others) == {
        frozenset({great.report_id, town.report_id}),
        frozenset({others.report_id}),
    }


def test_single_strikes_do_not_gather_around_a_day_of_bombing():
    bombs = {"type": EventType.AIR_STRIKE, "place": IDLIB}
    day, before = attack(700, **bombs), attack(45, **bombs | {"date": None, "published": NOON - timedelta(days=3)})
    family = attack(6, scope="group", **bombs | {"date": None, "published": NOON + timedelta(days=1)})
    assert not are_one(day, before)
    assert not are_one(day, family)


def test_raids_of_one_province_days_apart_with_one_small_number_are_two_in_a_war():
    raid = {"place": IDLIB, "date": None, "actors": (Actor(name="Lions"),)}
    assert not are_one(tells(4, **raid), tells(4, **raid, published=NOON + timedelta(days=5)))


def test_who_mourns_abroad_those_killed_in_a_great_attack_tells_of_that():
    great = attack(900, place=Place(name="Syria", country="SYR", precision="country"))
    capital = Place(name="Oslo", country="NOR", lat=59.9, lon=10.7, precision="exact")
    abroad = attack(6, town=capital, scope="group", date=None, published=NOON + timedelta(days=4))
    words = {abroad.report_id: frozenset({"syria", "mourners"}), great.report_id: frozenset({"syria"})}
    assert are_one(great, abroad, terms=words)
    assert not are_one(great, abroad)


def test_a_count_of_a_nations_dead_is_of_the_great_attack_though_it_is_told_on_another_day():
    nation = Place(name=None, country="NOR", precision="country")
    counted = attack(6, place=nation, scope="group", date=on(24), published=NOON + timedelta(days=1))
    assert are_one(attack(900), counted)


def test_the_side_that_was_attacked_tells_of_the_same_attack_that_day():
    defended = attack(200, actors=(Actor(name="Farmers", role="party"),))
    assert are_one(attack(900), defended)


def test_a_group_that_is_told_with_hostages_is_of_the_great_attack_wherever_they_are_held():
    camp = Place(name="Camp", admin1="Far", country="IRQ", lat=33.0, lon=43.0, precision="exact")
    told = {"scope": "group", "type": EventType.ABDUCTION, "town": camp, "date": None}
    great, held = attack(900, type=EventType.UNKNOWN), attack(6, **told, published=NOON + timedelta(days=2))
    words = frozenset({"hostages", "captives", "harvest festival", "harvest"})
    assert are_one(great, held, terms={great.report_id: words, held.report_id: words})


def test_who_names_no_doer_tells_of_the_strike_on_one_kind_of_site():
    where = {"place": IDLIB, "type": EventType.BOMBING, "date": None}
    great, vague = (
        attack(500, **where),
        attack(Figure(low=200, best=None, high=None, basis="vague"), **where, actors=()),
    )
    site = frozenset({"site: hospital"})
    assert are_one(great, vague, terms={great.report_id: site, vague.report_id: site})


def test_numbers_of_a_great_attack_that_rise_are_one():
    first = attack(600, date=None, published=NOON)
    later = [attack(n, published=NOON + timedelta(days=day)) for n, day in ((900, 2), (1200, 4), (1200, 5))]
    assert are_one(first, *later)


def test_summaries_and_what_happened_before_1900_have_no_incident():
    old = DateSpan(start=date(1865, 9, 12), end=date(1865, 9, 12))
    assert groups(tells(200, scope="summary"), tells(40, date=old)) == set()


def test_reports_that_share_no_outcome_are_one_only_in_one_town_on_one_day():
    hostages = Figure(low=200, best=200, high=200)
    taken = {"abducted": hostages, "type": EventType.UNKNOWN}
    assert not are_one(tells(700, place=IDLIB), tells(place=IDLIB, **taken))


def test_one_kind_of_site_brings_reports_of_an_area_together_and_two_keep_them_apart():
    def are_one_with(here, there):
        area = {"place": IDLIB, "date": None, "type": EventType.AIR_STRIKE}
        first, second = tells(12, **area), tells(14, **area)
        words = {first.report_id: frozenset({f"site: {here}"}), second.report_id: frozenset({f"site: {there}"})}
        return are_one(first, second, terms=words)

    assert are_one_with("church", "church")
    assert not are_one_with("church", "market")


def test_as_many_killed_and_injured_at_one_kind_of_site_are_one_though_a_town_was_misread_also_in_a_war():
    def are_one_at(*sites):
        counts = {"injured": Figure(low=14, best=14, high=14)}
        here, astray = tells(6, **counts), tells(6, place=ALEPPO, **counts)
        words = zip((here, astray), sites, strict=True)
        return are_one(here, astray, terms={r.report_id: frozenset({f"site: {site}", "parcels"}) for r, site in words})

    assert are_one_at("depot", "depot")
    assert not are_one_at("depot", "church")


def test_a_crash_is_known_again_weeks_later_by_its_large_number_though_it_rose():
    crash = {"type": EventType.ACCIDENT, "date": None}
    later = NOON + timedelta(days=12)
    first, next_day = tells(20, **crash), tells(21, **crash, published=NOON + timedelta(days=1))
    assert are_one(first, next_day, tells(21, **crash, published=later))
    assert not are_one(tells(7, **crash), tells(8, **crash, published=later))


def test_what_was_told_before_a_day_is_not_of_that_day():
    strike = {"place": IDLIB, "type": EventType.AIR_STRIKE}
    assert not are_one(tells(11, **strike), tells(11, **strike, date=None, published=NOON - timedelta(days=2)))


def test_trials_of_an_old_crime_meet_though_they_place_it_in_two_years():
    def trial(year):
        span = DateSpan(start=date(year, 1, 1), end=date(year, 12, 31), precision="year")
        return tells(19, type=EventType.UNKNOWN, place=SYRIA, date=span)

    first, second = trial(2005), trial(2006)
    words = frozenset({"court", "acquitted", "ravine murders", "ravine"})
    assert are_one(first, second, terms={first.report_id: words, second.report_id: words})


def test_who_tells_neither_day_nor_means_looks_back_at_the_great_attack():
    great = attack(900)
    back = {"date": None, "type": EventType.UNKNOWN, "place": SYRIA, "published": NOON + timedelta(days=16)}
    others = (Actor(name="raiders", role="perpetrator"),)
    assert are_one(great, replace(attack(120), **back, actors=others))
    assert not are_one(great, replace(attack(40), **back, actors=others))


def test_who_tells_of_hostages_and_hundreds_of_dead_that_day_means_the_great_attack():
    hundreds = Figure(low=200, best=None, high=None, basis=Basis.VAGUE)
    held = {"type": EventType.ABDUCTION, "place": SYRIA, "date": None, "actors": (Actor(name="gunmen"),)}
    that_day = replace(attack(200), killed=hundreds, published=NOON - timedelta(days=2), **held)
    assert are_one(attack(900, type=EventType.ABDUCTION), that_day)


def test_at_least_45_told_days_after_198_is_a_strike_of_its_own():
    first = tells(198, date=None, type=EventType.UNKNOWN)
    at_least = Figure(low=45, best=45, high=None)
    later = tells(45, date=None, type=EventType.UNKNOWN, published=NOON + timedelta(days=5))
    assert not are_one(first, replace(later, killed=at_least))


def test_many_killed_is_compatible_with_any_number():
    strike = {"type": EventType.AIR_STRIKE, "date": None}
    many = replace(tells(3, **strike), killed=Figure(low=3, best=None, high=None, basis=Basis.VAGUE))
    assert are_one(tells(50, **strike), many)


def test_undated_strikes_of_other_numbers_told_days_apart_are_two():
    strike = {"type": EventType.AIR_STRIKE, "date": None}
    first, next_one = tells(60, **strike), tells(45, **strike, published=NOON + timedelta(days=3))
    assert not are_one(first, next_one)
    assert are_one(first, tells(60, **strike, published=NOON + timedelta(days=3)))


def test_one_killed_by_the_doers_of_the_great_attack_on_no_day_and_by_no_means_is_of_it():
    back = {"date": None, "type": EventType.UNKNOWN, "published": NOON + timedelta(days=9)}
    assert are_one(attack(900), attack(1, **back))
    assert not are_one(attack(900), attack(1, **back, actors=(Actor(name="Bears"),)))


def test_hostages_held_abroad_are_of_the_attack_in_which_they_were_taken():
    abroad = Place(name="Amman", admin1="Amman", country="JOR", lat=31.95, lon=35.93, precision="exact")
    assert are_one(attack(900), attack(900, abroad, type=EventType.ABDUCTION, published=NOON + timedelta(days=4)))


def test_a_family_told_without_a_number_is_not_of_a_day_with_many_dead_by_no_means():
    day = attack(700, type=EventType.UNKNOWN, actors=())
    later = NOON + timedelta(days=3)
    family = {"date": None, "type": EventType.UNKNOWN, "actors": (), "scope": "group", "published": later}
    relatives = Figure(low=3, best=None, high=None, basis=Basis.VAGUE)
    assert not are_one(day, replace(attack(3, **family), killed=relatives))
    assert are_one(day, attack(13, **family))


def village(name, precision="admin1"):
    return Place(name=name, admin1="Idlib", country="SYR", lat=35.8, lon=36.7, precision=precision)


def test_two_villages_of_a_province_without_a_point_are_two():
    here, there = tells(15, place=village("Tell Amara")), tells(15, place=village("Beit Zarour"))
    words = {here.report_id: frozenset({"tell amara"}), there.report_id: frozenset({"beit zarour"})}
    assert not are_one(here, there, terms=words)
    assert are_one(here, tells(15, place=village("Tel Ammara")))
    assert are_one(here, there, terms=words | {there.report_id: frozenset({"beit zarour", "tell amara"})})
    assert are_one(here, tells(15, place=IDLIB))


def test_a_shelling_by_rebels_and_a_raid_by_the_state_are_two():
    state, rebels = ((Actor(name=name, role="perpetrator"),) for name in ("Syrian regime", "Nusra Front"))
    assert are_one(tells(15, place=IDLIB, actors=state), tells(15, actors=state))
    shelling = tells(15, place=IDLIB, actors=rebels, type=EventType.SHELLING)
    assert not are_one(shelling, tells(15, actors=state))


def test_a_few_killed_on_following_days_of_a_war_are_two():
    assert not are_one(tells(6), tells(6, date=on(23)))
    assert are_one(tells(60), tells(60, date=on(23)))


def test_as_many_civilians_and_fighters_are_two():
    civilians, fighters = (
        (Victim(outcome="killed", group=group, low=12, best=12, high=12),) for group in ("civilians", "combatants")
    )
    assert are_one(tells(12, victims=civilians), tells(12, victims=civilians))
    assert not are_one(tells(12, victims=civilians), tells(12, date=None, victims=fighters))
