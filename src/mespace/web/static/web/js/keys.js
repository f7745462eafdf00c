// Keyboard shortcuts from data-hotkey: "Mod+k", "Shift+?", "g i". Letters are taken by their place on the keyboard, so they work in
// the Russian layout as well (the reason why no library is used: those that were tried look at the letter typed).

const PAUSE = 1200;
let typed = [];
let timer;

const inText = (element) => element.matches?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit])");
const shown = (element) => element.closest("[popover]") !== null || element.getClientRects().length > 0;

function stroke(event) {
  const letter = /^Key([A-Z])$/.exec(event.code)?.[1].toLowerCase() ?? /^Digit(\d)$/.exec(event.shiftKey ? "" : event.code)?.[1];
  const key = letter ?? (event.code === "Slash" && !event.shiftKey ? "/" : event.key);
  const mod = event.ctrlKey || event.metaKey;
  const shift = event.shiftKey && (letter !== undefined || key === "?" || key.length > 1);
  return `${mod ? "Mod+" : ""}${event.altKey ? "Alt+" : ""}${shift ? "Shift+" : ""}${key}`;
}

function find(path, near) {
  const found = [...document.querySelectorAll("[data-hotkey]")].filter((element) => element.dataset.hotkey === path && shown(element));
  return found.find((element) => element.form && element.form === near?.form) ?? found[0];
}

function begins(path) { return [...document.querySelectorAll("[data-hotkey]")].some((element) => element.dataset.hotkey.startsWith(`${path} `)); }

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || ["Shift", "Control", "Alt", "Meta"].includes(event.key)) return;
  const now = stroke(event);
  if (inText(event.target) && !now.startsWith("Mod+")) { typed = []; return; }
  if (document.querySelector("dialog[open]") && !event.target.closest("dialog")?.querySelector(`[data-hotkey="${CSS.escape(now)}"]`)) return;
  clearTimeout(timer);
  const path = [...typed, now].join(" ");
  const target = find(path, event.target) ?? find(now, event.target);
  if (target) {
    event.preventDefault();
    typed = [];
    if (inText(target)) target.focus();
    else target.click();
  } else if (begins(path)) {
    typed = [...typed, now];
    timer = setTimeout(() => { typed = []; }, PAUSE);
  } else typed = [];
});

function wordsOf(element) {
  const copy = (element.querySelector(".nav-word") ?? element).cloneNode(true);
  copy.querySelectorAll("kbd, .count, .sr-only").forEach((part) => part.remove());
  return copy.textContent.trim();
}

function fillHelp(list) {
  const rows = new Map();
  for (const element of document.querySelectorAll("[data-hotkey]")) {
    const label = element.dataset.hotkeyWord || element.getAttribute("aria-label") || wordsOf(element.labels?.[0] ?? element);
    if (label && !rows.has(element.dataset.hotkey)) rows.set(element.dataset.hotkey, label);
  }
  list.replaceChildren(...[...rows].map(([keys, label]) => {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    term.textContent = label;
    const value = document.createElement("dd");
    keys.replace("Shift+?", "?").split(" ").forEach((one, index) => {
      if (index) value.append(" ");
      value.append(Object.assign(document.createElement("kbd"), { className: "kbd", textContent: one.replace("Mod", /Mac|iP/.test(navigator.platform) ? "⌘" : "Ctrl").replaceAll("+", " ").replace("Enter", "↵") }));
    });
    row.append(term, value);
    return row;
  }));
}

document.addEventListener("kit:open", (event) => {
  const list = event.target.querySelector("[data-keys-list]");
  if (list) fillHelp(list);
});

