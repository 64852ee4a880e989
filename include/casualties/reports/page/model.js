// The data of the page, and how figures, dates and places are said. Strings of strangers become text nodes, never HTML.
const data = JSON.parse(document.getElementById("data").textContent);
const OUTCOMES = ["killed", "injured", "missing", "displaced", "abducted"];
const PRECISIONS = ["exact", "near", "admin2", "admin1", "country"];
const PRECISION_WORDS = {
  exact: "The exact place is told.",
  near: "Near this place; the exact spot is not told.",
  admin2: "Somewhere in this district; the point is its middle.",
  admin1: "Somewhere in this province; the point is its middle.",
  country: "Only the country is told.",
};
const number = new Intl.NumberFormat("en");
const $ = (selector) => document.querySelector(selector);

// An element with attributes, listeners (onclick and so on) and children; a string child is text.
function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

function prepare(incident) {
  incident.low = incident.killed_low ?? incident.killed_best ?? incident.killed_high ?? null;
  incident.best = incident.killed_best ?? incident.killed_low ?? incident.killed_high ?? null;
  incident.high = incident.killed_high ?? incident.killed_best ?? incident.killed_low ?? null;
  incident.rank = PRECISIONS.includes(incident.place_precision) ? PRECISIONS.indexOf(incident.place_precision) : 5;
  incident.when = incident.day ?? "";
  incident.parts = [];
  incident.words = [
    incident.place, incident.admin1, countryName(incident.country), typeName(incident.type), incident.incident_id,
    ...(incident.sources ?? []), ...(incident.publishers ?? []), ...(incident.actors ?? []).map((a) => a.name),
    ...(incident.told ?? []).flatMap((r) => [r.title, r.quote]),
  ].join("\n").toLowerCase();
}

const countryName = (code) => data.countries[code]?.[0] ?? code ?? "";
const typeName = (type) => type.replaceAll("_", " ");
const titleOf = (incident) => `${["unknown", "other"].includes(incident.type) ? "Incident" : capital(typeName(incident.type))}, ${placeSaid(incident)}`;
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
const plural = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many ?? `${one}s`}`;

// As the command line says it: 59, 59+ (at least), ≤20 (at most), 61 (59–61), – (unsaid).
function figure(row, outcome = "killed") {
  const low = row[`${outcome}_low`] ?? null, high = row[`${outcome}_high`] ?? null;
  const best = row[`${outcome}_best`] ?? low ?? high;
  if (best === null) return "–";
  const said = number.format(best);
  if ((low === null || low === best) && (high === null || high === best)) {
    if (low === null) return `≤${said}`;
    return high === null ? `${said}+` : said;
  }
  return `${said} (${low === null ? "" : number.format(low)}–${high === null ? "" : number.format(high)})`;
}

function placeSaid(incident) {
  const names = [incident.place, incident.admin1, countryName(incident.country)].filter(Boolean);
  return [...new Set(names)].join(", ") || "place unsaid";
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat("en-GB", {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "UTC",
});
const daySaid = (day) => (day ? DAY.format(new Date(`${day}T00:00Z`)) : "unsaid");
const timeSaid = (time) => (time ? `${TIME.format(new Date(time))} UTC` : "");

function dateSaid(incident) {
  if (!incident.date_start) return incident.day ? `reported ${daySaid(incident.day)}` : "date unsaid";
  if (incident.date_start === incident.date_end) return daySaid(incident.date_start);
  return DAY.formatRange(new Date(`${incident.date_start}T00:00Z`), new Date(`${incident.date_end}T00:00Z`));
}

// Sums over incidents that are no part of another; an open figure counts with its stated number.
function sums(incidents) {
  const total = { incidents: 0, parts: 0, low: 0, best: 0, high: 0, open: 0 };
  for (const incident of incidents) {
    if (incident.part_of) { total.parts += 1; continue; }
    total.incidents += 1;
    total.low += incident.low ?? 0;
    total.best += incident.best ?? 0;
    total.high += incident.high ?? 0;
    total.open += incident.open_figure ? 1 : 0;
  }
  return total;
}

data.incidents.forEach(prepare);
const byId = new Map(data.incidents.map((incident) => [incident.incident_id, incident]));
for (const incident of data.incidents) byId.get(incident.part_of)?.parts.push(incident);
const gaps = data.days.filter((day) => day.gap);
