// What is shown: the form, the place chosen on the map, and the same in the address, so that a view can be passed on.
const form = $("#filters");
const chosen = { types: new Set(), spot: null };

function fillForm() {
  const counts = (key) => {
    const found = new Map();
    for (const incident of data.incidents) if (incident[key]) found.set(incident[key], (found.get(incident[key]) ?? 0) + 1);
    return found;
  };
  const countries = [...counts("country")].sort((a, b) => countryName(a[0]).localeCompare(countryName(b[0])));
  for (const [code, count] of countries) {
    form.country.append(h("option", { value: code }, `${countryName(code)} (${number.format(count)})`));
  }
  const types = [...counts("type")].sort((a, b) => b[1] - a[1]);
  for (const [type, count] of types) {
    const box = h("input", { type: "checkbox", name: "type", value: type });
    $("#types fieldset").append(h("label", {}, box, ` ${typeName(type)} (${number.format(count)})`));
  }
  const days = data.incidents.map((incident) => incident.when).filter(Boolean).sort();
  for (const input of [form.from, form.to]) [input.min, input.max] = [days[0] ?? "", days.at(-1) ?? ""];
}

function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  for (const name of ["from", "to", "country", "precision", "sources", "text"]) {
    if (asked.has(name)) form[name].value = asked.get(name);
  }
  for (const box of form.querySelectorAll("[name=type]")) box.checked = asked.getAll("type").includes(box.value);
  return asked.get("incident");
}

function writeAddress(incidentId) {
  const told = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !(name === "precision" && value === "5") && !(name === "sources" && value === "1")) told.append(name, value);
  }
  if (incidentId) told.set("incident", incidentId);
  history.replaceState(null, "", `#${told}`);
}

function readForm() {
  chosen.types = new Set([...form.querySelectorAll("[name=type]:checked")].map((box) => box.value));
  const said = [...chosen.types].map(typeName).join(", ");
  $("#types summary span").textContent = said || "all";
}

// Incidents that match; without the dates for the timeline, without the place for the map.
function matching({ dates = true, spot = true } = {}) {
  const { from, to, country } = Object.fromEntries(["from", "to", "country"].map((name) => [name, form[name].value]));
  const precision = Number(form.precision.value), sources = Number(form.sources.value) || 0;
  const words = form.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  return data.incidents.filter((incident) =>
    (!dates || ((!from || incident.when >= from) && (!to || (incident.when && incident.when <= to)))) &&
    (!country || incident.country === country) &&
    (!chosen.types.size || chosen.types.has(incident.type)) &&
    incident.rank <= precision &&
    (incident.independent_sources ?? 0) >= (sources > 1 ? sources : 0) &&
    (!spot || !chosen.spot || spotOf(incident) === chosen.spot) &&
    words.every((word) => incident.words.includes(word)));
}

// Incidents of one spot of the map share it: a point with its extent, or a country.
function spotOf(incident) {
  if (incident.place_precision === "country") return `country ${incident.country}`;
  return incident.lat === undefined ? "" : `${incident.lat} ${incident.lon} ${incident.place_precision}`;
}
