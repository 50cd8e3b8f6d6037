// The desk: asks for the report once, then listens for what changes.

import { filled, follow, isOfAnEditor, listComments, open, remember, remembered, send } from "./comments.js";
import { elementOf, markComments, partNamed, placeOnPages, take, toChange } from "./rows.js";

const at = (id) => document.getElementById(id);
const words = JSON.parse(at("words").textContent);
let reading = null; // the row whose place the pages show
let revision = -1;
let source = null;
let blocked = 0;
let time = "";
let turn = 0;

// The report

let asked = 0;

async function begin(marked) {
  const audience = at("audience").value;
  const mine = ++asked;
  const answer = await fetch(`view?audience=${audience}`);
  if (!answer.ok) throw new Error(String(answer.status));
  const view = await answer.json();
  if (mine !== asked || view.revision < revision) return; // something newer came meanwhile
  revision = view.revision;
  document.body.dataset.audience = audience;
  at("members").hidden = audience !== "members";
  document.body.dataset.languages = view.languages.join(" ");
  for (const option of at("show").options)
    option.hidden = option.disabled = !["both", "source", ...view.languages].includes(option.value);
  if (view.languages.length < 2 && at("show").value === "both") show(view.languages[0]);
  dress(view.style);
  title(view.title);
  const others = take(view.rows, view.rows.map((row) => row.id), { whole: true, marked });
  if (others.length) tell(others);
  else at("status").textContent = filled(words.connected, { time: view.state.time });
  standing(view.state);
  pages(view.pages);
}

function listen() {
  source?.close();
  source = new EventSource(`events?audience=${at("audience").value}`);
  source.addEventListener("hello", async (event) => {
    lost(false);
    const news = JSON.parse(event.data);
    if (news.revision !== revision) await begin(revision >= 0).catch(() => lost(true));
  });
  source.addEventListener("rows", async (event) => {
    const news = JSON.parse(event.data);
    if (news.before !== revision) {
      await begin(true).catch(() => lost(true));
      return;
    }
    revision = news.revision;
    dress(news.style);
    title(news.title);
    const others = take(news.rows, news.order);
    reading = elementOf(others[0]) ?? reading;
    tell(others);
  });
  source.addEventListener("state", (event) => standing(JSON.parse(event.data)));
  source.addEventListener("pages", (event) => pages(JSON.parse(event.data)));
  source.addEventListener("error", () => {
    sayWhyLost();
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, 2000);
  });
}

function dress(mark) {
  const link = at("report-style");
  const address = `report.css?audience=${at("audience").value}&v=${mark}`;
  if (link.getAttribute("href") !== address) link.setAttribute("href", address);
}

function title(words_) {
  if (words_) document.title = words_; // a report that could not be read yet has none
}

function tell(others) {
  if (!others.length) return;
  at("status").textContent = others.length === 1 ? words.changed_one : filled(words.changed_many, { count: others.length });
}

function standing(state) {
  if (state.turn < turn) return;
  turn = state.turn;
  const panel = at("panel");
  const openParts = new Map([...panel.querySelectorAll("details")].map((part) => [part.dataset.part, part.open]));
  if (!panel.querySelector(".desk-comments")) openParts.delete("comments"); // the first comment opens the list
  const focused = document.activeElement?.closest("#panel") ? document.activeElement.closest("details")?.dataset.part : "";
  const scrolled = panel.scrollTop;
  if (panel.dataset.html !== state.panel) {
    panel.innerHTML = state.panel;
    panel.dataset.html = state.panel;
    for (const part of panel.querySelectorAll("details")) if (openParts.has(part.dataset.part)) part.open = openParts.get(part.dataset.part);
    settings(panel);
    if (focused) panel.querySelector(`[data-part="${focused}"] summary`)?.focus({ preventScroll: true });
    panel.scrollTop = scrolled;
  }
  const overlay = at("overlay");
  if (overlay.dataset.html !== state.overlay) {
    overlay.innerHTML = state.overlay;
    overlay.dataset.html = state.overlay;
    overlay.hidden = !state.overlay;
  }
  const mended = blocked && !state.blocked;
  blocked = state.blocked;
  time = state.time;
  at("status").classList.toggle("blocked", blocked > 0);
  if (blocked) at("status").textContent = filled(words.blocked, { count: blocked });
  else if (mended) at("status").textContent = words.mended;
  else if (!document.querySelector("#report > .row.changed")) at("status").textContent = filled(words.connected, { time });
  at("status").title = filled(words.connected, { time });
  markComments(state.comments);
  listComments();
}

function settings(panel) {
  const home = panel.querySelector("#settings");
  if (!home) return;
  home.replaceChildren(at("editor-form").content.cloneNode(true), at("keys").content.cloneNode(true));
  const field = home.querySelector("#editor");
  field.value = remembered("editor");
  field.addEventListener("change", () => {
    const pattern = field.value.trim();
    const refused = pattern && !isOfAnEditor(pattern);
    field.setAttribute("aria-invalid", String(Boolean(refused)));
    at("status").textContent = refused ? words.no_editor : "";
    if (!refused) remember("editor", pattern);
  });
  home.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
}

function lost(is) {
  const told = is ? words[is] ?? words.lost : "";
  if (is) at("status").textContent = at("status").title = "";
  at("lost").hidden = !is;
  if (at("lost").textContent !== told) at("lost").textContent = told;
}

/** The program does not answer, or another one does that has its own address. */
async function sayWhyLost() {
  lost(await fetch("preview.css").then(({ ok }) => (ok ? "lost" : "moved"), () => "lost"));
}

const sizes = new ResizeObserver(() => {
  const bar = document.querySelector(".desk-bar");
  const fixed = getComputedStyle(bar).position === "sticky";
  document.documentElement.style.setProperty("--bar", `${fixed ? bar.offsetHeight : 0}px`);
  document.documentElement.style.setProperty("--overlay", `${at("overlay").offsetHeight}px`);
});
sizes.observe(document.querySelector(".desk-bar"));
sizes.observe(at("overlay"));

// Choices

function show(which) {
  at("show").value = which;
  document.body.dataset.show = which;
  remember("show", which);
}

at("show").addEventListener("change", (event) => {
  const reading = document.elementFromPoint(innerWidth / 3, innerHeight / 3)?.closest(".row");
  show(event.target.value);
  reading?.scrollIntoView({ block: "start" });
});

at("audience").addEventListener("change", async () => {
  source?.close();
  revision = -1;
  at("status").textContent = words.reading;
  await begin(false).catch(() => lost(true));
  listen();
});

at("view").addEventListener("change", () => {
  const wanted = at("view").value === "pages";
  if (wanted) reading = document.elementFromPoint(innerWidth / 3, innerHeight / 3)?.closest(".row") ?? reading;
  at("pages").hidden = !wanted;
  at("report").hidden = wanted;
  if (!wanted) return;
  if (at("pages").dataset.state === "ready") showPages();
  else askForPages();
});

at("panel-button").addEventListener("click", () => {
  const hidden = at("panel").toggleAttribute("hidden");
  at("panel-button").setAttribute("aria-expanded", String(!hidden));
  remember("panel", hidden ? "hidden" : "");
});

at("to-panel").addEventListener("click", (event) => {
  event.preventDefault();
  if (at("panel").hidden) at("panel-button").click();
  at("panel").focus();
});

// Pages

function askForPages() {
  fetch(`pages?audience=${at("audience").value}`, { method: "POST" }).catch(() => lost(true));
}

function pages(news) {
  const status = at("pages-status");
  at("pages").dataset.state = news.state;
  at("pages-progress").hidden = news.state !== "making";
  at("pages-frame").hidden = !at("pages-frame").hasAttribute("src") && news.state !== "ready";
  if (news.share) at("pages-progress").value = news.share;
  else at("pages-progress").removeAttribute("value");
  status.textContent = { old: words.pages_old, failed: words.pages_failed, none: "" }[news.state] ?? "";
  if (news.state === "making") status.textContent = news.page ? filled(words.making_page, news) : words.making;
  const old = news.state === "old" || (news.revision ?? revision) !== revision; // the text changed while they were set
  if (old && at("view").value === "pages") askForPages();
  if (news.state !== "ready") return;
  const choice = at("pages-language");
  const before = choice.value || document.documentElement.lang;
  choice.replaceChildren(...news.languages.map((language) => new Option(words[language] ?? language, language)));
  choice.value = news.languages.includes(before) ? before : news.languages[0];
  choice.marks = news.marks;
  at("pages-choice").hidden = false;
  if (at("view").value === "pages") showPages();
}

/** Show the pages, from where the reader was in the text or where it changed. */
function showPages() {
  const language = at("pages-language").value;
  const frame = at("pages-frame");
  const address = `pages/${language}.pdf?audience=${at("audience").value}&v=${at("pages-language").marks[language]}#nameddest=${placeOnPages(reading, language)}`;
  frame.title = filled(words.pages_title, { language: words[language] ?? language });
  if (frame.getAttribute("src") !== address) frame.setAttribute("src", address);
}

at("make-pages").addEventListener("click", askForPages);
at("pages-language").addEventListener("change", showPages);

// Going from one place to another

document.addEventListener("click", async (event) => {
  const own = event.target.closest("#panel, #overlay, #place"); // a report's own HTML can't send anybody anywhere
  const go = own && event.target.closest("a.go");
  const settle = own && event.target.closest(".desk-settle");
  const handle = event.target.closest(".handle");
  if (settle) {
    settle.disabled = true;
    const [taken, told] = await send({ name: settle.dataset.name, done: settle.dataset.done === "1" });
    if (!taken) at("status").textContent = told;
    settle.disabled = false;
  } else if (handle) {
    open(handle.closest(".row").dataset.row);
  } else if (go) {
    event.preventDefault();
    const part = go.dataset.target ? partNamed(go.dataset.target) : null;
    if (part) reach(part);
    else if (go.dataset.file) {
      const { file, line, column } = go.dataset;
      at("status").textContent = await follow({ file, path: go.dataset.path, line, column });
    }
  } else {
    const inner = event.target.closest('#report a[href^="#"]');
    const part = inner && document.getElementById(decodeURIComponent(inner.hash.slice(1)));
    if (part && !part.closest(".notes")) {
      event.preventDefault();
      reach(part);
    }
  }
});

function reach(part) {
  if (at("view").value === "pages") {
    at("view").value = "text";
    at("view").dispatchEvent(new Event("change"));
  }
  part.scrollIntoView({ block: "center" });
  const row = part.closest(".row") ?? part;
  row.classList.remove("reached");
  requestAnimationFrame(() => row.classList.add("reached"));
  row.querySelector(".handle")?.focus({ preventScroll: true });
}

document.addEventListener("keydown", (event) => {
  if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    change(event.key === "ArrowDown" ? 1 : -1);
    return;
  }
  const handle = event.target.closest?.(".handle");
  if (!handle || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
  event.preventDefault();
  const handles = [...document.querySelectorAll("#report .handle:not([hidden])")];
  const next = handles[handles.indexOf(handle) + (event.key === "ArrowDown" ? 1 : -1)];
  if (!next) return;
  next.focus();
});

document.addEventListener("focusin", (event) => {
  if (!event.target.matches?.(".handle")) return;
  document.querySelector('#report .handle[tabindex="0"]')?.setAttribute("tabindex", "-1");
  event.target.tabIndex = 0;
});

function change(step) {
  if (!toChange(step)) at("status").textContent = words.previous;
}

at("previous-change").addEventListener("click", () => change(-1));
at("next-change").addEventListener("click", () => change(1));

if (remembered("show")) show(remembered("show"));
if (remembered("panel") === "hidden" || innerWidth < 900) at("panel-button").click();
begin(false).then(listen).catch(() => {
  lost(true);
  setTimeout(() => location.reload(), 3000);
});
