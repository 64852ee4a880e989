// Deaths over time: the stated numbers solid, the highest told behind them. Dragging chooses dates; gaps are hatched.
const SECONDS = 86400;
const toSeconds = (day) => Date.parse(`${day}T00:00Z`) / 1000;
const toDay = (seconds) => new Date(seconds * 1000).toISOString().slice(0, 10);
let plot = null;

function bin(day, unit) {
  if (unit === "day") return toSeconds(day);
  if (unit === "month") return toSeconds(`${day.slice(0, 7)}-01`);
  const seconds = toSeconds(day), monday = (new Date(seconds * 1000).getUTCDay() + 6) % 7;
  return seconds - monday * SECONDS;
}

function binned(incidents) {
  const dated = incidents.filter((incident) => incident.when && !incident.part_of);
  const days = dated.map((incident) => incident.when).sort();
  const span = days.length ? (toSeconds(days.at(-1)) - toSeconds(days[0])) / SECONDS : 0;
  const unit = span <= 130 ? "day" : span <= 1100 ? "week" : "month";
  const found = new Map();
  for (const incident of dated) {
    const at = bin(incident.when, unit), before = found.get(at) ?? [0, 0];
    found.set(at, [before[0] + (incident.best ?? 0), before[1] + (incident.high ?? 0)]);
  }
  const times = [...found.keys()].sort((a, b) => a - b);
  return { unit, times, best: times.map((t) => found.get(t)[0]), high: times.map((t) => found.get(t)[1]) };
}

function hatch(u, from, to, style) {
  const left = u.valToPos(from, "x", true), right = u.valToPos(to, "x", true);
  if (right < u.bbox.left || left > u.bbox.left + u.bbox.width) return;
  u.ctx.fillStyle = style;
  const start = Math.max(left, u.bbox.left), end = Math.min(right, u.bbox.left + u.bbox.width);
  u.ctx.fillRect(start, u.bbox.top, Math.max(end - start, 1), u.bbox.height);
}

function drawTimeline(incidents) {
  const box = $("#timeline"), { unit, times, best, high } = binned(incidents);
  plot?.destroy();
  plot = null;
  const gapWords = gaps.length ? " Grey: days on which the feeds could not be read." : "";
  $("#timeline-hint").textContent = times.length
    ? `Deaths by ${unit}; pale: the highest number told. Drag to choose dates. What is known only to a month or year stands at its first day.${gapWords}` : "";
  const peak = times.length ? best.indexOf(Math.max(...best)) : -1;
  box.setAttribute("aria-label", peak < 0 ? "Timeline: nothing to show" :
    `Deaths by ${unit} from ${daySaid(toDay(times[0]))} to ${daySaid(toDay(times.at(-1)))}; ` +
    `most, ${number.format(best[peak])}, in the ${unit} of ${daySaid(toDay(times[peak]))}.`);
  if (!times.length) return;
  const step = unit === "day" ? SECONDS : unit === "week" ? 7 * SECONDS : 30 * SECONDS;
  const mark = `rgb(${colour("--mark-rgb")})`, pale = `rgba(${colour("--mark-rgb")}, .32)`;
  const axis = { stroke: colour("--dim"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false }, font: "11px system-ui" };
  const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });
  const long = new Intl.DateTimeFormat("en-GB", { month: "short", year: "numeric", timeZone: "UTC" });
  const ticksSaid = (u, ticks) => ticks.map((t) => (unit === "day" ? short : long).format(new Date(t * 1000)));
  const bars = uPlot.paths.bars({ size: [0.85, 42], align: 1 });
  const series = (label, fill) => ({ label, fill, stroke: fill, width: 0, paths: bars, points: { show: false } });
  plot = new uPlot({
    width: box.clientWidth, height: 120, legend: { show: false }, tzDate: (ts) => uPlot.tzDate(new Date(ts * 1000), "Etc/UTC"),
    cursor: { drag: { x: true, y: false, setScale: false }, points: { show: false }, y: false },
    scales: { x: { range: () => [times[0] - step, times.at(-1) + 2 * step] }, y: { range: (u, min, max) => [0, Math.max(max, 1) * 1.08] } },
    axes: [{ ...axis, size: 26, values: ticksSaid, space: 70, incrs: [1, 2, 3, 7, 14, 30, 91, 182, 365, 730, 1826].map((d) => d * SECONDS) }, { ...axis, size: 46, values: (u, ticks) => ticks.map((t) => (Number.isInteger(t) ? number.format(t) : "")) }],
    series: [{}, series("highest told", pale), series("deaths", mark)],
    hooks: {
      drawClear: [(u) => {
        for (const day of gaps) hatch(u, toSeconds(day.day), toSeconds(day.day) + SECONDS, colour("--gap"));
        if (form.from.value || form.to.value) {
          const from = form.from.value ? toSeconds(form.from.value) : u.scales.x.min;
          hatch(u, from, form.to.value ? toSeconds(form.to.value) + SECONDS : u.scales.x.max, colour("--chosen"));
        }
      }],
      setSelect: [(u) => {
        if (u.select.width < 3) return;
        const days = [u.select.left, u.select.left + u.select.width].map((x) => toDay(u.posToVal(x, "x")));
        [form.from.value, form.to.value] = days;
        u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        update();
      }],
    },
  }, [times, high, best], box);
}
