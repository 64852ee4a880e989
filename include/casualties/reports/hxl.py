"""The hashtags of the Humanitarian Exchange Language (HXL 1.1) for the columns of ``analytics.incidents``."""

_OUTCOMES = ("killed", "injured", "missing", "displaced", "abducted")
_ENDS = {"low": "min", "best": "est", "high": "max"}

# In the words of hxlstandard.org: a hashtag, then attributes in any order.
HXL = {
    "incident_id": "#event+id+code",
    "day": "#date+counted",
    "deaths": "#affected+killed+num",
    **{f"{what}_{end}": f"#affected+{what}+{tag}" for what in _OUTCOMES for end, tag in _ENDS.items()},
    "type": "#event+type",
    "date_start": "#date+occurred+start",
    "date_end": "#date+occurred+end",
    "date_precision": "#date+occurred+precision",
    "place": "#loc+name",
    "admin1": "#adm1+name",
    "country": "#country+code+v_iso3",
    "lat": "#geo+lat",
    "lon": "#geo+lon",
    "place_precision": "#geo+precision",
    "perpetrators": "#org+perpetrator+name+list",
    "sources": "#meta+source+list",
    "publishers": "#meta+publisher+list",
    "reports": "#indicator+reports+num",
    "independent_sources": "#indicator+sources+num",
    "sources_disagree": "#meta+disputed",
    "confidence": "#meta+confidence",
    "first_reported": "#date+reported+first",
    "last_reported": "#date+reported+last",
    "part_of": "#event+id+parent",
}
