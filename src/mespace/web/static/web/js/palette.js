// Ctrl-K: search (answered by the server) and this page's actions, in one list moved through by arrows.
import { word } from "./texts.js";

const WAIT = 150;

function attach(dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const note = dialog.querySelector(".palette-note");
  let options = [];
  let active = -1;
  let timer;
  let asked = 0;

  function choose(index) {
    options[active]?.setAttribute("aria-selected", "false");
    active = options.length ? (index + options.length) % options.length : -1;
    const option = options[active];
    if (!option) { input.removeAttribute("aria-activedescendant"); return; }
    option.setAttribute("aria-selected", "true");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function add(label, hint, iconName, act) {
    const option = document.createElement("div");
    option.id = `palette-${options.length}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const icon = dialog.querySelector("svg").cloneNode(true);
    const use = icon.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${iconName}`));
    const name = document.createElement("span");
    name.textContent = label;
    const side = document.createElement("span");
    side.className = "option-note";
    side.textContent = hint;
    option.append(icon, name, side);
    option.addEventListener("click", () => { dialog.close(); act(); });
    const index = options.push(option) - 1;
    option.addEventListener("mousemove", () => { if (index !== active) choose(index); });
    list.append(option);
  }

  const actions = (query) => [...document.querySelectorAll("[data-command], .nav-list a")]
    .filter((element) => !dialog.contains(element))
    .map((element) => ({ element, label: (element.dataset.command || (element.querySelector(".nav-word") ?? element).textContent).trim() }))
    .filter(({ label }) => label.toLowerCase().includes(query));

  function show(query, items) {
    options = [];
    list.replaceChildren();
    for (const item of items) add(item.label, item.note ?? "", item.icon ?? "file-text", () => location.assign(item.url));
    for (const { element, label } of actions(query)) add(label, word("onThisPage"), "corner-down-right", () => element.click());
    choose(0);
    note.textContent = options.length ? "" : word("nothingFound");
  }

  async function ask() {
    const query = input.value.trim();
    const mine = ++asked;
    show(query.toLowerCase(), []);
    if (!query) return;
    note.textContent = word("searching");
    try {
      const response = await fetch(`${dialog.dataset.source}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" } });
      const { items } = response.ok ? await response.json() : { items: [] };
      if (mine === asked) show(query.toLowerCase(), items);
    } catch {
      if (mine === asked) note.textContent = word("offline");
    }
  }

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") choose(active + 1);
    else if (event.key === "ArrowUp") choose(active - 1);
    else if (event.key === "Enter") options[active]?.click();
    else return;
    event.preventDefault();
  });
  dialog.addEventListener("kit:open", () => { input.select(); input.focus(); ask(); });
}

export const start = () => { const dialog = document.getElementById("kit-palette"); if (dialog) attach(dialog); };
