// One incident in full: figures, who, according to whom, who denies it, the sentences with their links, its history.
let opened = null, opener = null;

function openCard(incident, { focus = true } = {}) {
  if (!opened) opener = document.activeElement?.dataset?.id ?? incident.incident_id;
  opened = incident;
  const card = $("#card");
  card.setAttribute("aria-labelledby", "card-title");
  card.replaceChildren(...cardParts(incident));
  card.hidden = false;
  $("#list").hidden = true;
  $("#side").scrollTop = 0;
  ringAround(incident);
  writeAddress(incident.incident_id);
  if (focus) {
    $("#card-title").focus({ preventScroll: true });
    card.scrollIntoView({ block: "nearest" });
  }
}

function closeCard() {
  if (!opened) return;
  opened = null;
  $("#card").hidden = true;
  $("#list").hidden = false;
  ringAround(null);
  writeAddress();
  [...document.querySelectorAll("[data-id]")].find((element) => element.dataset.id === opener && element.offsetParent)?.focus();
}

function link(report) {
  let address = null;
  try { address = new URL(report.url); } catch { /* no address: the title alone */ }
  if (!["http:", "https:"].includes(address?.protocol)) return h("span", {}, report.title);
  return h("a", { href: address.href, target: "_blank", rel: "noopener noreferrer" }, report.title || address.href);
}

function fact(name, ...said) {
  return said.flat().some(Boolean) ? [h("dt", {}, name), h("dd", {}, ...said)] : [];
}

function actorsSaid(incident, role) {
  const named = (incident.actors ?? []).filter((actor) => actor.role === role);
  return named.map((actor) => (actor.status === "stated" ? actor.name : `${actor.name} (${actor.status})`)).join(", ");
}

function victimsSaid(incident) {
  return (incident.victims ?? []).map((victim) => {
    const count = victim.best ?? victim.low ?? victim.high ?? null;
    return `${victim.group.replaceAll("_", " ")}: ${count === null ? "" : `${number.format(count)} `}${victim.outcome}`;
  }).join(", ");
}

const denied = (denial) => (denial.actor && denial.actor !== denial.by ? `${denial.by} (for ${denial.actor})` : denial.by);
const other = (incident) => h("button", { type: "button", class: "link", onclick: () => openCard(incident) },
  `${figure(incident)} killed, ${placeSaid(incident)}, ${dateSaid(incident)}`);

function reportOf(report) {
  return h("li", {},
    h("p", { class: "dim" }, h("strong", {}, report.publisher), ` ${timeSaid(report.published)}`,
      figure(report) === "–" ? "" : ` · ${figure(report)} killed`,
      report.copy && h("span", { class: "mark quiet" }, "a copy: adds no source")),
    h("p", { class: "headline" }, link(report)),
    report.quote && h("blockquote", {}, report.quote.trim()));
}

function stateOf(state) {
  const killed = state.killed === null ? "killed unsaid" : `${number.format(state.killed)} killed`;
  const rose = state.before !== null && state.before !== state.killed ? ` (was ${number.format(state.before)})` : "";
  return h("li", {}, h("span", { class: "dim" }, timeSaid(state.at)), ` ${state.change}: ${killed}${rose}, ${plural(state.reports, "report")}`);
}

function cardParts(incident) {
  const whole = byId.get(incident.part_of), told = incident.told ?? [], states = incident.states ?? [];
  const others = OUTCOMES.slice(1).filter((outcome) => figure(incident, outcome) !== "–");
  const range = incident.best === null ? "The number of killed is not said." : {
    "killed": "All independent reports tell this number.", "or more": "Open upwards: at least this many, or a vague word.",
    "at most": "An upper bound; no lower one is told.",
  }[rangeSaid(incident)] ?? `Reports tell ${number.format(incident.killed_low)} to ${number.format(incident.killed_high)}.`;
  return [
    h("button", { type: "button", class: "back", onclick: closeCard }, "← All incidents"),
    h("h2", { id: "card-title", tabindex: "-1" }, titleOf(incident)),
    h("p", { class: "dim" }, dateSaid(incident), incident.date_precision && incident.date_precision !== "day" ? ` (known to the ${incident.date_precision})` : ""),
    h("p", { class: "big" }, h("b", {}, figure(incident)), " killed"),
    h("p", { class: "dim" }, range),
    h("p", { class: "marks" }, marks(incident)),
    h("p", { class: "unverified" }, "Automatically extracted, unverified."),
    whole ? h("p", { class: "note" }, "Part of ", other(whole), ", whose figure includes this one. It is added to no sum.")
      : incident.part_of && h("p", { class: "note" }, `Part of incident ${incident.part_of}, whose figure includes this one.`),
    incident.parts.length ? h("div", { class: "note" }, "Of these:", h("ul", {}, incident.parts.map((part) => h("li", {}, other(part))))) : "",
    h("dl", {},
      others.flatMap((outcome) => fact(capital(outcome), figure(incident, outcome))),
      fact("Among them", victimsSaid(incident)),
      fact("By", actorsSaid(incident, "perpetrator")),
      fact("Parties", actorsSaid(incident, "party")),
      fact("Against", actorsSaid(incident, "target")),
      fact("Denied by", (incident.denials ?? []).map(denied).join(", ")),
      fact("According to", (incident.sources ?? []).join(", ")),
      fact("Outlets", `${(incident.publishers ?? []).join(", ")} (${plural(incident.independent_sources ?? 0, "independent source")})`),
      fact("Place", PRECISION_WORDS[incident.place_precision] ?? "No report says where."),
      fact("Confidence", `${Math.round(100 * (incident.confidence ?? 0))} % (of its surest report)`),
      fact("Incident", h("code", {}, incident.incident_id))),
    h("h3", {}, `What was reported (${number.format(incident.reports ?? told.length)})`),
    h("ol", { class: "told" }, told.map(reportOf)),
    incident.reports > told.length ? h("p", { class: "dim" }, `${plural(incident.reports - told.length, "more report")} in reports.csv.`) : "",
    h("h3", {}, "How its numbers came to be"),
    h("ol", { class: "states" }, states.map(stateOf)),
  ].filter(Boolean);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && opened && !event.target.closest("form")) closeCard();
});
