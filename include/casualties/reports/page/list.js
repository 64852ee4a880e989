// The list beside the map: the first of the matching incidents, more on demand.
const PAGE = 40;
const ORDERS = {
  newest: ["Newest", (a, b) => b.when.localeCompare(a.when) || (b.best ?? -1) - (a.best ?? -1)],
  deaths: ["Most deaths", (a, b) => (b.best ?? -1) - (a.best ?? -1) || b.when.localeCompare(a.when)],
  sources: ["Most sources", (a, b) => (b.independent_sources ?? 0) - (a.independent_sources ?? 0)],
  doubt: ["Least certain", (a, b) => (a.confidence ?? 0) - (b.confidence ?? 0)],
};
let order = "newest";

function marks(incident, place = true) {
  const said = [];
  if (incident.part_of) said.push(["part, not added", "quiet"]);
  if (incident.sources_disagree) said.push(["sources disagree", "warn"]);
  if (incident.denials) said.push(["denied", "warn"]);
  if (incident.open_figure) said.push(["open figure", "quiet"]);
  if (place && incident.rank >= 3) said.push([incident.rank === 3 ? "province only" : incident.rank === 4 ? "country only" : "place unsaid", "quiet"]);
  return said.map(([text, kind]) => h("span", { class: `mark ${kind}` }, text));
}

function item(incident) {
  const quote = (incident.told ?? []).find((report) => !report.copy)?.quote ?? incident.told?.[0]?.quote ?? "";
  const sources = plural(incident.independent_sources ?? 0, "independent source");
  return h("li", {}, h("button", { type: "button", class: "item", "data-id": incident.incident_id, onclick: () => openCard(incident) },
    h("span", { class: "figure" }, h("b", {}, incident.best === null ? "–" : number.format(incident.best)),
      h("small", {}, incident.best === null ? "unsaid" : rangeSaid(incident))),
    h("span", { class: "about" },
      h("strong", {}, titleOf(incident)),
      h("span", { class: "dim" }, `${dateSaid(incident)} · ${sources}`),
      quote && h("q", {}, quote.trim()),
      h("span", { class: "marks" }, marks(incident)))));
}

function rangeSaid(incident) {
  const low = incident.killed_low, high = incident.killed_high;
  if (low === undefined) return "at most";
  if (high === undefined) return "or more";
  return low === high ? "killed" : `${number.format(low)}–${number.format(high)} killed`;
}

function drawList(incidents) {
  const sorted = [...incidents].sort(ORDERS[order][1]), list = h("ul", { class: "items" });
  const choice = h("select", { onchange: (event) => { order = event.target.value; update(); } },
    Object.entries(ORDERS).map(([key, [words]]) => h("option", { value: key, selected: key === order }, words)));
  const more = h("button", { type: "button", class: "more", onclick: () => grow(true) });
  const grow = (focus) => {
    const from = list.childElementCount;
    list.append(...sorted.slice(from, from + PAGE).map(item));
    more.hidden = list.childElementCount >= sorted.length;
    more.textContent = `Show ${Math.min(PAGE, sorted.length - list.childElementCount)} more of ${number.format(sorted.length)}`;
    if (focus) list.children[from]?.querySelector("button").focus();
  };
  grow(false);
  const spot = chosen.spot && h("button", { type: "button", class: "chip", onclick: () => chooseSpot(null) },
    `Only at ${spotName()}`, h("span", { "aria-hidden": "true" }, " ×"), h("span", { class: "hidden" }, ": show all places"));
  $("#list").replaceChildren(
    h("div", { class: "head" }, h("h2", {}, plural(sorted.length, "incident")), h("label", {}, "Order ", choice)),
    spot || "",
    sorted.length ? list : h("p", { class: "empty" }, "No incident matches these filters."), more);
}

function spotName() {
  const there = data.incidents.find((incident) => spotOf(incident) === chosen.spot);
  return there.place_precision === "country" ? `${countryName(there.country)}, place unsaid` : placeSaid(there);
}
