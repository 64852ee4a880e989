// The map: sharp points where the place is exact, soft areas where it is not, a tint where only the country is known.
const KM = { near: 12, admin2: 25, admin1: 60 }; // how far a soft area reaches
const map = L.map("map", { preferCanvas: true, worldCopyJump: true, zoomControl: true, minZoom: 1, maxZoom: 11, zoomSnap: 0.5 });
map.attributionControl.setPrefix(false);
const outlines = topojson.feature(JSON.parse($("#world").textContent), "countries").features
  .filter((outline) => outline.id !== "010") // Antarctica goes round the pole, which no flat map shows whole
  .map((outline) => ({ ...outline, geometry: { ...outline.geometry, coordinates: unwrapped(outline.geometry.coordinates) } }));
// Outlines have a canvas of their own, beneath, so that spots change without drawing them again.
map.createPane("land").style.zIndex = 200;
const ground = L.canvas({ pane: "land" });
const land = L.layerGroup().addTo(map), tints = L.featureGroup().addTo(map), spots = L.featureGroup().addTo(map);
let there = new Map(); // spot: its incidents that match
const ring = L.layerGroup().addTo(map);
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// A ring that crosses the date line goes on beyond it, instead of all the way back across the map.
function unwrapped(coordinates) {
  if (typeof coordinates[0][0] !== "number") return coordinates.map(unwrapped);
  let turn = 0, before = coordinates[0][0];
  return coordinates.map(([lon, lat]) => {
    if (Math.abs(lon - before) > 180) turn += lon < before ? 360 : -360;
    before = lon;
    return [lon + turn, lat];
  });
}

L.Canvas.include({
  _updateSoft(layer) {
    if (!this._drawing || layer._empty()) return;
    const { x, y } = layer._point, radius = Math.max(layer._radius, 1), ctx = this._ctx;
    const shade = ctx.createRadialGradient(x, y, 0, x, y, radius);
    const [red, green, blue] = layer.options.rgb;
    for (const [at, part] of [[0, 1], [0.5, 0.7], [1, 0]]) {
      shade.addColorStop(at, `rgba(${red}, ${green}, ${blue}, ${part * layer.options.strength})`);
    }
    ctx.fillStyle = shade;
    ctx.beginPath();
    ctx.arc(x, y, radius, 0, Math.PI * 2);
    ctx.fill();
  },
});
const Soft = L.CircleMarker.extend({ _updatePath() { this._renderer._updateSoft(this); } });

function pixels(metres, lat) {
  const perPixel = (40075016.7 * Math.cos((lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
  return Math.max(9, metres / perPixel);
}

// Points shrink where the map shows many.
function dot(deaths) {
  const crowded = there.size > 300 ? Math.min(1, Math.max(0.5, 0.28 + 0.14 * map.getZoom())) : 1;
  return Math.min(26, 3.5 + 1.5 * Math.sqrt(deaths)) * crowded;
}

function drawLand() {
  land.clearLayers();
  const style = { fillColor: colour("--land"), fillOpacity: 1, color: colour("--border"), weight: 0.7 };
  land.addLayer(L.geoJSON({ type: "FeatureCollection", features: outlines }, { style, interactive: false, pane: "land", renderer: ground }));
}

function bySpot(incidents) {
  const found = new Map();
  for (const incident of incidents) {
    const spot = spotOf(incident);
    if (!spot) continue;
    if (!found.has(spot)) found.set(spot, []);
    found.get(spot).push(incident);
  }
  return found;
}

function hint(spot) {
  const found = there.get(spot), total = sums(found), first = found[0];
  const where = first.place_precision === "country" ? countryName(first.country) : placeSaid(first);
  const deaths = `${number.format(total.best)} ${total.best === 1 ? "death" : "deaths"}`;
  return h("div", {}, h("strong", {}, where), h("br"), `${plural(found.length, "incident")}, ${deaths}`,
    h("br"), h("small", {}, PRECISION_WORDS[first.place_precision] ?? ""));
}

function drawSpots(incidents) {
  tints.clearLayers();
  spots.clearLayers();
  there = bySpot(incidents);
  const rgb = colour("--mark-rgb").split(",").map(Number), mark = `rgb(${rgb})`, edge = colour("--panel");
  const layers = [];
  for (const [spot, found] of there) {
    const first = found[0], deaths = sums(found).best;
    const strength = Math.min(0.62, 0.22 + 0.1 * Math.log2(1 + found.length));
    if (first.place_precision === "country") {
      const code = data.countries[first.country]?.[1];
      const outline = outlines.find((o) => (code ? Number(o.id) === code : o.properties.name === countryName(first.country)));
      if (!outline) continue;
      const style = { fillColor: mark, fillOpacity: strength * 0.5, color: mark, weight: 1, dashArray: "3 4" };
      for (const shape of L.geoJSON(outline, { style }).getLayers()) tints.addLayer(Object.assign(shape, { spot }));
      continue;
    }
    const at = [first.lat, first.lon];
    if (first.place_precision === "exact") {
      const style = { radius: dot(deaths), deaths, fillColor: mark, fillOpacity: 0.72, color: edge, weight: 1 };
      layers.push([deaths, Object.assign(L.circleMarker(at, style), { spot })]);
    } else {
      const metres = 1000 * (KM[first.place_precision] ?? KM.admin1);
      const soft = new Soft(at, { radius: pixels(metres, first.lat), metres, rgb, strength });
      layers.push([Infinity, Object.assign(soft, { spot })]);
    }
  }
  // The large first, so that the small lie on top of them and can be clicked.
  layers.sort((a, b) => b[0] - a[0]);
  for (const [, layer] of layers) spots.addLayer(layer);
}

const told = L.tooltip({ sticky: true, direction: "auto", offset: [12, 0] });
for (const group of [tints, spots]) {
  group.on("click", (event) => chooseSpot(event.layer.spot, there.get(event.layer.spot)));
  group.on("mouseover mousemove", (event) => {
    told.setLatLng(event.latlng);
    if (told.spot === event.layer.spot && map.hasLayer(told)) return;
    told.spot = event.layer.spot;
    map.openTooltip(told.setContent(hint(told.spot)));
  });
  group.on("mouseout", () => map.closeTooltip(told));
}

map.on("zoomend", () => spots.eachLayer((layer) => {
  const { metres, deaths } = layer.options;
  layer.setRadius(metres ? pixels(metres, layer.getLatLng().lat) : dot(deaths));
}));

function showAll(incidents) {
  const points = incidents.filter((incident) => incident.lat !== undefined).map((incident) => [incident.lat, incident.lon]);
  if (points.length) map.fitBounds(L.latLngBounds(points).pad(0.15), { maxZoom: 7, animate: false });
  else map.setView([20, 20], 2, { animate: false });
}

function ringAround(incident) {
  ring.clearLayers();
  if (!incident || incident.lat === undefined) return;
  const at = [incident.lat, incident.lon];
  ring.addLayer(L.circleMarker(at, { radius: 15, fill: false, color: colour("--ink"), weight: 2, interactive: false }));
  if (!map.getBounds().pad(-0.1).contains(at)) map.panTo(at, { animate: false });
}
