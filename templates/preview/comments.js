// The window on one paragraph: its places in the files, its comments, and a new one.

import { placesOf } from "./rows.js";

const words = JSON.parse(document.getElementById("words").textContent);
const dialog = document.getElementById("place");
const author = document.getElementById("comment-author");
const text = document.getElementById("comment-text");
const status = document.getElementById("place-status");
let shown = null;

/** Put values into a sentence. */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The address that opens a place in the editor, or "" if none is set. */
export function editorAddress({ path, line, column }) {
  const pattern = remembered("editor");
  if (!/^[a-z][a-z0-9+.-]*:/i.test(pattern) || /^(javascript|data|vbscript|blob|file):/i.test(pattern)) return "";
  return filled(pattern, { path: encodeURI(path), line, column });
}

/** Copy a place, or open it in the editor that is set; returns what to say about it. */
export async function follow(place) {
  const address = place.path ? editorAddress(place) : "";
  if (address) {
    window.location.assign(address);
    return "";
  }
  const told = `${place.file}:${place.line}`;
  try {
    await navigator.clipboard.writeText(told);
    return filled(words.copied, { place: told });
  } catch {
    return filled(words.copy_failed, { place: told });
  }
}

/** Keep a setting in this browser; private windows may refuse. */
export function remember(name, value) {
  try {
    localStorage.setItem(`reportgen.${name}`, value);
  } catch { /* then it holds for this page only */ }
}

/** Return a setting, or "". */
export function remembered(name) {
  try {
    return localStorage.getItem(`reportgen.${name}`) ?? "";
  } catch {
    return "";
  }
}

/** Open the window on the row `id`; `cellPart` is the part within it that was chosen, if one was. */
export function open(id) {
  const places = placesOf(id);
  if (!places.length) return;
  shown = places;
  const list = document.getElementById("place-list");
  list.replaceChildren(...onePerPlace(places).map((place) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = `${words[place.language] ?? place.language}: ${place.file}:${place.line}`;
    button.addEventListener("click", async () => { status.textContent = await follow(place); });
    item.append(button);
    return item;
  }));
  const mine = new Set(places.map(({ name }) => name));
  const comments = [...document.querySelectorAll("#panel .desk-comments > li")]
    .filter((item) => mine.has(item.querySelector(".go")?.dataset.target));
  document.getElementById("place-comments").replaceChildren(...comments.map((item) => item.cloneNode(true)));
  author.value = remembered("author");
  text.value = "";
  status.textContent = "";
  dialog.showModal();
  document.getElementById("place-title").focus();
}

function onePerPlace(places) {
  const known = new Map();
  for (const place of places) {
    const key = `${place.language} ${place.file}:${place.line}`;
    if (!known.has(key)) known.set(key, place);
  }
  return [...known.values()];
}

/** Send something about comments; returns whether it was taken and what to say. */
export async function send(message) {
  try {
    const answer = await fetch("comments", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message),
    });
    const said = await answer.json();
    if (answer.ok) return [true, filled(words.commented, said)];
    return [false, said.reason === "place" ? words.gone : words.refused];
  } catch {
    return [false, words.lost];
  }
}

document.getElementById("comment-send").addEventListener("click", async () => {
  remember("author", author.value);
  const [taken, told] = await send({
    place: shown[0].name, audience: document.getElementById("audience").value, author: author.value, text: text.value,
  });
  status.textContent = told;
  if (taken) text.value = "";
});
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
