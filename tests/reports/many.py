"""As many incidents as asked, in the shape of ``page_data``: the same for the same number."""

import random
from datetime import date, timedelta
from typing import Any

TYPES = ("air_strike", "shelling", "bombing", "shooting", "armed_clash", "disaster", "unknown")
COUNTRIES = {"SDN": ["Sudan", 729], "MMR": ["Myanmar", 104], "UKR": ["Ukraine", 804], "SYR": ["Syria", 760]}
MIDDLES = {"SDN": (15.0, 30.0), "MMR": (21.0, 96.0), "UKR": (49.0, 32.0), "SYR": (35.0, 38.0)}
PRECISIONS = ("exact", "exact", "exact", "near", "admin2", "admin1", "country")
LAST = date(2026, 3, 20)


def many(count: int, days: int = 700) -> dict[str, Any]:
    """``count`` incidents of ``days`` days with one to four reports each; one in a hundred is a part of another."""
    chance = random.Random(count)
    incidents = [_incident(number, chance, days) for number in range(count)]
    incidents.sort(key=lambda row: (row["day"], row["incident_id"]), reverse=True)
    whole = [row for row in incidents if not row.get("part_of")]
    deaths = sum(row["killed_best"] for row in whole)
    return {
        "state": {"loaded_at": "2026-03-20T20:00Z", "run_id": "run", "extractor_version": "1", "views": "v"},
        "sums": {"incidents": len(whole), "parts": count - len(whole), "deaths": deaths, "deaths_low": deaths,
                 "deaths_high": deaths, "open_figures": 0},
        "incidents": incidents,
        "countries": COUNTRIES,
        "feeds": [
            {"publisher": f"Outlet {n}", "title": "World", "last_status": "timeout" if n < 3 else "ok",
             "failures": 4 if n < 3 else 0,
             "last_polled_at": "2026-03-20T20:00Z", "last_success_at": "2026-03-19T08:00Z"}
            for n in range(40)
        ],
        "days": [
            {"day": str(LAST - timedelta(days=back)), "feeds_polled": 40, "feeds_answered": 12 if back % 90 < 4 else 39,
             "polls": 3000, "articles": 900, "gap": back % 90 < 4}
            for back in reversed(range(days))
        ],
    }  # fmt: skip


def _incident(number: int, chance: random.Random, days: int) -> dict[str, Any]:
    country = chance.choice(list(COUNTRIES))
    precision = chance.choice(PRECISIONS)
    killed = int(chance.paretovariate(1.1))
    spread = chance.choice((0, 0, 0, killed // 3))
    day = str(LAST - timedelta(days=int(days * chance.random() ** 1.3)))
    town = chance.randrange(400)
    near = random.Random(f"{country} {town}")
    middle = MIDDLES[country]
    lat, lon = middle if precision == "country" else (middle[0] + near.gauss(0, 2), middle[1] + near.gauss(0, 2.5))
    row: dict[str, Any] = {
        "incident_id": f"{number:016x}", "day": day, "deaths": killed, "killed_low": max(killed - spread, 0),
        "killed_best": killed, "killed_high": killed + spread, "type": chance.choice(TYPES), "date_start": day,
        "date_end": day, "date_precision": "day", "country": country, "lat": round(lat, 4), "lon": round(lon, 4),
        "place_precision": precision, "sources": ["local officials"], "publishers": ["Outlet 1"], "reports": 1,
        "independent_sources": 1 + chance.randrange(4), "confidence": round(chance.random(), 2), "revision": 1,
        "first_reported": f"{day}T08:00Z", "last_reported": f"{day}T08:00Z",
    }  # fmt: skip
    if precision != "country":
        row |= {"place": f"Town {town}", "admin1": f"Province {town % 20}"}
    if number % 100 == 99:
        row["part_of"] = f"{number - 1:016x}"
    if chance.random() < 0.1:
        row |= {"sources_disagree": True, "denials": [{"by": "the army", "actor": None}]}
    row["actors"] = [
        {"name": "government forces", "role": "perpetrator", "status": chance.choice(("stated", "accused"))}
    ]
    row["told"] = [
        {"publisher": f"Outlet {n}", "published": f"{day}T{8 + n:02}:00Z",
         "title": f"Story {number}.{n} on what befell the town",
         "url": f"https://outlet-{n}.example/{number}",
         "quote": f"At least {killed} people were killed in the town that day, officials said in story {number}. " * 2,
         "killed_low": killed, "killed_best": killed, "killed_high": killed, "copy": n > 2}
        for n in range(1 + chance.randrange(4))
    ]  # fmt: skip
    row["states"] = [{"at": f"{day}T08:00Z", "change": "opened", "killed": killed, "before": None, "reports": 1}]
    return row
