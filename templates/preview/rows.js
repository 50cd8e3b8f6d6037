// The report as rows of cells. Rows are put in, replaced and moved so that the reader stays where he reads.

const state = new Map(); // id of a row → { row, element }
const changed = [];
let changeNow = -1;

/** The element that shows a part of the report, in the first language that shows it. */
export function partNamed(name) {
  for (const cell of document.querySelectorAll("#report .cell")) {
    if (cell.offsetParent === null) continue;
    const found = cell.querySelector(`[id="${CSS.escape(`${cell.lang}.${name}`)}"]`);
    if (found) return found;
  }
  return state.get(`${name}/heading`)?.element ?? null;
}

/** The element of a row. */
export const elementOf = (id) => state.get(id)?.element ?? null;

/** The name by which the pages know the place of a row, or of what stands before it. */
export function placeOnPages(row, language) {
  for (let one = row; one; one = one.previousElementSibling) {
    const named = one.querySelector(`:scope > .cell[lang="${CSS.escape(language)}"] [id]`);
    if (named) return encodeURIComponent(named.id.slice(language.length + 1));
  }
  return "";
}

/** A place in the files by one word, as comments name theirs. */
export const keyOf = ({ file, line, column }) => `${file}:${line}:${column}`;

/** Every place in the files of a row, with the part of the page it belongs to. */
export function placesOf(id) {
  const row = state.get(id)?.row;
  if (!row) return [];
  return Object.entries(row.cells).flatMap(([language, cell]) =>
    Object.entries(cell.places).map(([name, place]) => ({ language, name, ...place })));
}

/** The texts that a row shows, each with its names on the page, its places in the files and how it begins. */
export function partsOf(id) {
  const parts = new Map();
  for (const place of placesOf(id)) {
    const first = placesOf(id).find(({ name }) => name === place.name);
    const key = `${first.language} ${keyOf(first)}`;
    const part = parts.get(key) ?? { names: [], places: [], words: begun(place.name) };
    if (!part.names.includes(place.name)) part.names.push(place.name);
    if (!part.places.some(({ language, file, line }) => language === place.language && file === place.file && line === place.line))
      part.places.push(place);
    parts.set(key, part);
  }
  return [...parts.values()];
}

function begun(name) {
  const words = partNamed(name)?.textContent.trim().replace(/\s+/g, " ") ?? "";
  return words.length > 90 ? `${words.slice(0, 90).replace(/\s\S*$/, "")} …` : words;
}

const NUMBERS = /<a class="(?:number|source)"[^>]*>.*?<\/a>|(<a class="call")[^>]*>.*?<\/a>|<span class="(?:chapter-|source-)?number">.*?<\/span>|<strong>R[\d.]+<\/strong>|<th scope="row" class="no">.*?<\/th>| (?:id|href|title|aria-label(?:ledby)?)="[^"]*"/g;

/** What is read in a cell, without the numbers that change when something else comes before it. */
function readIn(cell) {
  cell.read ??= cell.html.replace(NUMBERS, "$1");
  return cell.read;
}

/** Take over rows: all of them where `whole`, else those that changed. Returns those that say what none said before. */
export function take(rows, order, { whole = false, marked = true } = {}) {
  const anchor = whereTheReaderIs();
  const report = document.getElementById("report");
  const before = new Set([...state.values()].flatMap(({ row }) => Object.values(row.cells).map(readIn)));
  const others = [];
  for (const row of rows) {
    const known = state.get(row.id);
    const same = known && sameWords(known.row, row);
    if (same) {
      known.row = row;
      continue;
    }
    const element = known?.element ?? newRow(row);
    const isNew = marked && before.size && Object.values(row.cells).some((cell) => !before.has(readIn(cell)));
    fill(element, row, known?.row, isNew && known);
    state.set(row.id, { row, element });
    if (isNew) others.push(row.id);
  }
  if (order ?? whole) place(report, order ?? rows.map((row) => row.id));
  const written = others.filter((id) => placesOf(id).length); // the others, such as what is missing, only follow from them
  if (others.length) noteChanges(others, written.length ? written : others);
  anchor();
  return written.length ? written : others;
}

/** Go to the next or previous row that changed; false where there is none. */
export function toChange(step) {
  const there = changed.filter((id) => state.has(id));
  if (!there.length) return false;
  changeNow = (changeNow + step + there.length) % there.length;
  const { element } = state.get(there[changeNow]);
  element.scrollIntoView({ block: element.offsetHeight > innerHeight / 2 ? "start" : "center" });
  element.querySelector(".handle").focus({ preventScroll: true });
  return true;
}

/** Show which rows bear comments. */
export function markComments(comments) {
  const open = new Map();
  for (const { place, done } of comments) if (place && !done) open.set(place, (open.get(place) ?? 0) + 1);
  for (const [id, { element }] of state) {
    const number = [...new Set(placesOf(id).map(keyOf))].reduce((sum, key) => sum + (open.get(key) ?? 0), 0);
    element.querySelector(".handle").dataset.comments = number || "";
    element.classList.toggle("commented", number > 0);
  }
}

function sameWords(one, other) {
  const languages = Object.keys(one.cells);
  return languages.length === Object.keys(other.cells).length && languages.every((language) => {
    const [a, b] = [one.cells[language], other.cells[language]];
    return b && a.html === b.html && a.state === b.state && a.original === b.original;
  });
}

function newRow(row) {
  const element = document.createElement("div");
  element.className = "row";
  element.dataset.row = row.id;
  const handle = document.createElement("button");
  handle.type = "button";
  handle.className = "handle";
  handle.tabIndex = -1;
  element.append(handle);
  return element;
}

function fill(element, row, before, marked) {
  for (const cell of element.querySelectorAll(":scope > .cell")) cell.remove();
  const words = JSON.parse(document.getElementById("words").textContent);
  for (const [language, { html, state: standing, original }] of Object.entries(row.cells)) {
    const cell = document.createElement("div");
    cell.className = "cell";
    cell.lang = language;
    cell.dataset.state = standing;
    cell.dataset.original = original ? "yes" : "";
    if (standing) cell.setAttribute("aria-description", words[standing]);
    cell.replaceChildren(harmless(html));
    setApart(cell, language);
    element.insertBefore(cell, element.querySelector(".handle"));
    const old = before?.cells[language]?.html;
    if (marked && old !== undefined && old !== html) showWhatIsNew(cell, old);
  }
  inStep(element);
  const [first] = Object.values(row.cells).flatMap((cell) => Object.values(cell.places));
  const handle = element.querySelector(".handle");
  handle.setAttribute("aria-label", first ? `${words.handle} ${first.shown}:${first.line}` : words.handle);
  handle.title = first ? `${first.shown}:${first.line}` : "";
  handle.hidden = !first;
}

/** Let paragraph stand beside paragraph: what stands in a cell, or in its one box, shares the lines of the row's grid. */
function inStep(element) {
  const cells = [...element.querySelectorAll(":scope > .cell")];
  const boxes = cells.map((cell) => cell.children.length === 1 && cell.firstElementChild.matches(".answer, .finding"));
  const stepped = boxes.every(Boolean);
  const lines = cells.map((cell) => (stepped ? cell.firstElementChild : cell).children.length);
  const plain = stepped || cells.every((cell) => [...cell.children].every((part) => !part.matches(".answer, .finding")));
  element.classList.toggle("stepped", stepped);
  element.style.setProperty("--lines", plain ? Math.max(1, ...lines) : 1);
  element.classList.toggle("loose", !plain);
}

/** What the templates made, without what would act or load by itself where the page's policy has no word on it. */
function harmless(html) {
  const made = document.createElement("template");
  made.innerHTML = html;
  for (const part of made.content.querySelectorAll("base, embed, form, frame, frameset, iframe, link, meta, object, script, style, template")) part.remove();
  return made.content;
}

/** Both languages stand in one page: give each its own identifiers. */
function setApart(cell, language) {
  for (const part of cell.querySelectorAll("[id]")) part.id = `${language}.${part.id}`;
  for (const part of cell.querySelectorAll("[aria-labelledby]"))
    part.setAttribute("aria-labelledby", `${language}.${part.getAttribute("aria-labelledby")}`);
  for (const link of cell.querySelectorAll('a[href^="#"]')) link.setAttribute("href", `#${language}.${link.hash.slice(1)}`);
}

function place(report, order) {
  const wanted = new Set(order);
  for (const [id, { element }] of state) {
    if (wanted.has(id)) continue;
    element.remove();
    state.delete(id);
  }
  let next = report.firstElementChild;
  for (const id of order) {
    const element = state.get(id)?.element;
    if (!element) continue;
    if (element === next) next = next.nextElementSibling;
    else report.insertBefore(element, next);
  }
  const handles = report.querySelectorAll(".handle:not([hidden])");
  if (handles.length && !report.querySelector('.handle[tabindex="0"]')) handles[0].tabIndex = 0;
}

/** Remember the row at the top of the window; the function returned puts it there again. */
function whereTheReaderIs() {
  const top = document.querySelector(".desk-bar").getBoundingClientRect().bottom;
  const reading = [...document.querySelectorAll("#report > .row")].find((row) => row.getBoundingClientRect().bottom > top + 8);
  const at = reading?.getBoundingClientRect().top;
  return () => {
    if (reading?.isConnected && window.scrollY > 0) window.scrollBy({ top: reading.getBoundingClientRect().top - at, behavior: "instant" });
  };
}

function noteChanges(all, ids) {
  for (const row of document.querySelectorAll("#report > .row.changed")) row.classList.remove("changed");
  for (const id of all) state.get(id).element.classList.add("changed");
  for (const id of ids) {
    const known = changed.indexOf(id);
    if (known >= 0) changed.splice(known, 1);
    changed.push(id);
  }
  if (changed.length > 200) changed.splice(0, changed.length - 200);
  changeNow = changed.length - ids.length - 1;
}

/** Underline the words that are new, where the browser can do that without touching the text. */
function showWhatIsNew(cell, old) {
  if (!window.Highlight || !CSS.highlights) return;
  const bare = document.createElement("template");
  bare.innerHTML = old;
  const [was, now] = [bare.content.textContent, cell.textContent];
  let start = 0;
  while (start < Math.min(was.length, now.length) && was[start] === now[start]) start += 1;
  let end = 0;
  while (end < Math.min(was.length, now.length) - start && was.at(-1 - end) === now.at(-1 - end)) end += 1;
  while (start > 0 && /\S/.test(now[start - 1])) start -= 1;
  const range = rangeOf(cell, start, now.length - end);
  if (!range) return;
  const highlight = CSS.highlights.get("new") ?? new Highlight();
  if (highlight.size > 100) highlight.clear();
  highlight.add(range);
  CSS.highlights.set("new", highlight);
}

function rangeOf(cell, start, end) {
  if (end <= start) return null;
  const range = new Range();
  const walk = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let begun = false;
  while (walk.nextNode()) {
    const { length } = walk.currentNode;
    if (!begun && passed + length > start) {
      range.setStart(walk.currentNode, start - passed);
      begun = true;
    }
    if (begun && passed + length >= end) {
      range.setEnd(walk.currentNode, end - passed);
      return range;
    }
    passed += length;
  }
  return null;
}
