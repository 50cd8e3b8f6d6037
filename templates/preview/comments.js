// The window on one paragraph: its places in the files, its comments, and a new one.

import { keyOf, partsOf } from "./rows.js";

const words = JSON.parse(document.getElementById("words").textContent);
const dialog = document.getElementById("place");
const author = document.getElementById("comment-author");
const text = document.getElementById("comment-text");
const status = document.getElementById("place-status");
const part = document.getElementById("place-part");
let parts = [];
const unsent = new Map(); // what was begun and not sent, by the words that it is about

/** Put values into a sentence. */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** The address that opens a place in the editor, or "" if none is set. */
export function editorAddress({ path, line, column }) {
  const pattern = remembered("editor");
  if (!isOfAnEditor(pattern)) return "";
  const plain = path.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/").replace("%3A", ":");
  const rooted = /(?:[^/:]|\/\/)\/\{path\}/.test(pattern); // the pattern has the first stroke of the path already
  return filled(pattern, { path: rooted ? plain.replace(/^\//, "") : plain, line, column });
}

/** Whether a pattern opens a program: no script, no page of the web, nothing of the system that others could have put here. */
export function isOfAnEditor(pattern) {
  return /^[a-z][a-z0-9+.-]*:/i.test(pattern)
    && !/^(javascript|vbscript|data|blob|file|filesystem|about|view-source|https?|wss?|ftp|mailto|tel|sms|ms-(?!vscode)|search|shell|intent)/i.test(pattern);
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

/** Open the window on the row `id`. */
export function open(id) {
  parts = partsOf(id);
  if (!parts.length) return;
  part.replaceChildren(...parts.map(({ words: begun }, number) => new Option(begun, number)));
  document.getElementById("place-choice").hidden = parts.length < 2;
  author.value = remembered("author");
  text.value = unsent.get(about()) ?? "";
  choose();
  dialog.showModal();
  document.getElementById("place-title").focus();
}

/** The words of the row, without their number: what is begun follows them. */
function about() {
  return parts[0].words.replace(/^[\d.]+\s*/, "");
}

function choose() {
  const { places, words: begun } = parts[part.value];
  document.getElementById("place-words").textContent = begun;
  document.getElementById("place-words").hidden = parts.length > 1;
  document.getElementById("place-list").replaceChildren(...places.map((place) => {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = filled(words.place_in, { language: words[place.language] ?? place.language, place: `${place.shown}:${place.line}` });
    button.addEventListener("click", async () => { status.textContent = await follow(place); });
    item.append(button);
    return item;
  }));
  status.textContent = "";
  listComments();
}

/** Show in the window the comments that the panel has on this part. */
export function listComments() {
  if (!parts.length) return;
  const mine = new Set(parts[part.value].places.map(keyOf));
  const comments = [...document.querySelectorAll("#panel .desk-comments > li")].filter((item) => mine.has(item.dataset.on));
  document.getElementById("place-comments").replaceChildren(...comments.map((item) => item.cloneNode(true)));
}

/** Send something about comments; returns whether it was taken and what to say. */
export async function send(message) {
  try {
    const answer = await fetch("comments", {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message),
    });
    const said = await answer.json();
    if (answer.ok) return [true, filled(words.commented, said)];
    return [false, { place: words.gone, broken: words.comment_later, length: words.no_words }[said.reason] ?? words.refused];
  } catch {
    return [false, words.lost];
  }
}

document.getElementById("comment-send").addEventListener("click", async () => {
  if (!text.value.trim()) {
    status.textContent = words.no_words;
    return;
  }
  remember("author", author.value);
  const [taken, told] = await send({
    place: parts[part.value].names[0], audience: document.getElementById("audience").value, author: author.value, text: text.value,
  });
  status.textContent = told;
  if (!taken) return;
  text.value = "";
  unsent.delete(about());
});
text.addEventListener("input", () => unsent.set(about(), text.value));
part.addEventListener("change", choose);
dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
