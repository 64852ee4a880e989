// The same incidents as a table: sorted by any column, a hundred rows a page.
const ROWS = 100;
const COLUMNS = [
  ["Day", (i) => i.when, (i) => dateSaid(i)],
  ["Place", (i) => placeSaid(i).toLowerCase(), (i) => placeSaid(i)],
  ["Type", (i) => i.type, (i) => typeName(i.type)],
  ["Killed", (i) => i.best ?? -1, (i) => figure(i), "n"],
  ["Injured", (i) => i.injured_best ?? i.injured_low ?? -1, (i) => figure(i, "injured"), "n"],
  ["Sources", (i) => i.independent_sources ?? 0, (i) => number.format(i.independent_sources ?? 0), "n"],
  ["Known to", (i) => i.rank, (i) => ({ admin1: "province", admin2: "district" }[i.place_precision] ?? i.place_precision ?? "–")],
  ["Notes", (i) => marks(i, false).length, (i) => marks(i, false)],
];
const sorting = { column: 0, down: true, page: 0 };

function drawTable(incidents) {
  const { column, down } = sorting, value = COLUMNS[column][1];
  const sorted = [...incidents].sort((a, b) => {
    const [x, y] = [value(a), value(b)];
    return (x < y ? -1 : x > y ? 1 : 0) * (down ? -1 : 1);
  });
  const pages = Math.max(1, Math.ceil(sorted.length / ROWS));
  sorting.page = Math.min(sorting.page, pages - 1);
  const from = sorting.page * ROWS, shown = sorted.slice(from, from + ROWS);
  const turn = (by) => { sorting.page += by; drawTable(incidents); $("#table-view").scrollTop = 0; };
  const head = COLUMNS.map(([name, , , kind], number_) => h("th", {
    scope: "col", class: kind ?? false, "aria-sort": number_ === column ? (down ? "descending" : "ascending") : false,
  }, h("button", { type: "button", onclick: () => {
    Object.assign(sorting, { column: number_, down: number_ === column ? !down : number_ !== 1 && number_ !== 2, page: 0 });
    drawTable(incidents);
    $("#table-view").querySelectorAll("th button")[number_].focus();
  } }, name)));
  const rows = shown.map((incident) => h("tr", {}, COLUMNS.map(([, , said, kind], number_) => number_ === 1
    ? h("th", { scope: "row" }, h("button", { type: "button", class: "link", "data-id": incident.incident_id, onclick: () => openCard(incident) }, said(incident)))
    : h("td", { class: kind ?? false }, said(incident)))));
  $("#table-view").replaceChildren(
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Rows" },
      h("table", {}, h("caption", { class: "hidden" }, "Incidents; automatically extracted, unverified"),
        h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows))),
    h("nav", { class: "pages", "aria-label": "Pages of the table" },
      h("button", { type: "button", disabled: sorting.page === 0, onclick: () => turn(-1) }, "Previous"),
      h("span", {}, sorted.length ? `${number.format(from + 1)}–${number.format(from + shown.length)} of ${number.format(sorted.length)}` : "No incident matches"),
      h("button", { type: "button", disabled: sorting.page >= pages - 1, onclick: () => turn(1) }, "Next")));
}
