-- The compact place index. Read-only once built.
CREATE TABLE place (
    id INTEGER PRIMARY KEY,      -- GeoNames id; from 2^40 on for places that have none here
    name TEXT NOT NULL,
    kind TEXT NOT NULL,          -- country, region, water, admin1, admin2, city, district, site
    country TEXT,                -- ISO 3166 alpha-3
    admin1 INTEGER,              -- id of its province
    admin2 INTEGER,              -- id of its district or county
    lat REAL,
    lon REAL,
    population INTEGER NOT NULL
);
CREATE TABLE name (
    key TEXT PRIMARY KEY,        -- folded name, or "~" + country + skeleton
    places BLOB NOT NULL         -- uint64 little-endian: place id * 2, plus 1 where it is the main name
) WITHOUT ROWID;
CREATE TABLE member (region INTEGER NOT NULL, place INTEGER NOT NULL);  -- regions in common use and what lies in them
