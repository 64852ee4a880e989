// Puts the page together, and again after each change of filters, of the view, or from light to dark.
let view = "map";
const drawn = { map: false, table: false }; // whether a view shows what matches now

function chooseSpot(spot, there = []) {
  chosen.spot = spot === chosen.spot ? null : spot;
  closeCard();
  update();
  if (chosen.spot && there.length === 1) openCard(there[0]);
}

function sumSaid(incidents) {
  const total = sums(incidents), all = data.incidents.length;
  const range = total.low === total.high ? "" : ` (${number.format(total.low)} to ${number.format(total.high)})`;
  const open = total.open ? ` ${plural(total.open, "number is", "numbers are")} open, so the true sum may lie outside.` : "";
  const parts = total.parts ? ` ${plural(total.parts, "part")} of others not added.` : "";
  return [h("b", {}, `${plural(total.best, "death")}${range}`), ` in ${plural(total.incidents, "incident")}.${open}${parts}`,
    incidents.length < all ? h("span", { class: "dim" }, ` Filtered: ${number.format(incidents.length)} of ${number.format(all)}.`) : ""];
}

function drawView() {
  if (drawn[view]) return;
  drawn[view] = true;
  if (view === "table") return drawTable(matching());
  drawSpots(matching({ spot: false }));
  drawTimeline(matching({ dates: false }));
}

function update() {
  readForm();
  const incidents = matching();
  $("#sum").replaceChildren(...sumSaid(incidents));
  drawList(incidents);
  drawn.map = drawn.table = false;
  drawView();
  writeAddress(opened?.incident_id);
}

function show(name) {
  view = name;
  for (const each of ["map", "table"]) {
    $(`#${each}-view`).hidden = each !== name;
    $(`#show-${each}`).setAttribute("aria-pressed", String(each === name));
  }
  if (name === "map") map.invalidateSize({ animate: false });
  drawView();
}

function feedSaid(feed) {
  const since = feed.last_success_at ? `last read ${timeSaid(feed.last_success_at)}` : "never read";
  return h("li", {}, h("strong", {}, feed.publisher), ` ${feed.last_status ?? "not asked yet"}, ${plural(feed.failures, "failure")} in a row, ${since}`);
}

function drawCoverage() {
  const failing = data.feeds.filter((feed) => feed.failures > 0), last = data.days.at(-1);
  const answered = last ? `${number.format(last.feeds_answered)} of ${plural(last.feeds_polled, "feed")} answered on ${daySaid(last.day)}` : "no feed was read yet";
  const missing = gaps.length ? `${plural(gaps.length, "day")} with gaps` : "no day with gaps";
  $("#coverage summary").textContent = `Coverage: ${answered}; ${missing}.`;
  $("#coverage div").replaceChildren(
    h("p", {}, "Where no outlet reports, or none could be read, nothing is counted. A quiet day may be a day on which nobody looked."),
    gaps.length ? h("p", {}, h("strong", {}, "Days on which three in ten feeds or more could not be read: "),
      gaps.slice(-60).map((day) => `${daySaid(day.day)} (${day.feeds_answered} of ${day.feeds_polled})`).join("; ")) : "",
    failing.length ? h("ul", {}, failing.slice(0, 100).map(feedSaid)) : h("p", {}, "All listed feeds answered when last asked."));
}

function start() {
  const { state, sums: all } = data, shown = data.incidents.length, known = all.incidents + all.parts;
  $("#state").textContent = state.loaded_at
    ? `State of ${timeSaid(state.loaded_at)}. ${shown < known ? `The newest ${number.format(shown)} of ${number.format(known)} incidents; all are in the files beside this page. ` : ""}Extractor ${state.extractor_version}.`
    : "Nothing has been loaded yet.";
  fillForm();
  const wanted = byId.get(readAddress());
  readForm();
  drawCoverage();
  drawLand();
  showAll(matching());
  update();
  if (wanted) openCard(wanted, { focus: false });
  const changed = () => { chosen.spot = null; closeCard(); update(); };
  let typing = 0;
  form.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(changed, 120); });
  form.addEventListener("reset", () => setTimeout(changed));
  form.addEventListener("submit", (event) => event.preventDefault());
  $("#show-map").addEventListener("click", () => show("map"));
  $("#show-table").addEventListener("click", () => show("table"));
  document.addEventListener("click", (event) => { if (!event.target.closest("#types")) $("#types").open = false; });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { drawLand(); drawn.map = false; drawView(); ringAround(opened); });
  new ResizeObserver(() => { if (view === "map" && plot) plot.setSize({ width: $("#timeline").clientWidth, height: 120 }); }).observe($("#timeline"));
}

start();
