// The reading page: code can be copied, addresses too, and the table of contents shows where the reader is.
import { word } from "../js/texts.js";

async function copy(button, text, label) {
  try {
    await navigator.clipboard.writeText(text);
    label.textContent = word("copied");
  } catch {
    label.textContent = word("copyFailed");
  }
  setTimeout(() => { label.textContent = button.dataset.label; }, 2500);
}

for (const code of document.querySelectorAll(".kb-prose pre")) {
  const box = Object.assign(document.createElement("div"), { className: "kb-code" });
  const button = Object.assign(document.createElement("button"), { type: "button", className: "copy-code", textContent: word("copy") });
  button.dataset.label = word("copy");
  button.setAttribute("aria-live", "polite");
  code.replaceWith(box);
  box.append(code, button);
  button.addEventListener("click", () => copy(button, code.innerText, button));
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  const label = button.querySelector("span");
  button.dataset.label = label.textContent;
  button.addEventListener("click", () => copy(button, button.dataset.copy, label));
}

const lines = new Map([...document.querySelectorAll(".kb-toc a")].map((line) => [decodeURIComponent(line.hash.slice(1)), line]));
if (lines.size) {
  const headings = [...lines.keys()].map((id) => document.getElementById(id)).filter(Boolean);
  const mark = () => {
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top < innerHeight * 0.25);
    const here = (passed.at(-1) ?? headings[0])?.id;
    for (const [id, line] of lines) id === here ? line.setAttribute("aria-current", "location") : line.removeAttribute("aria-current");
  };
  let waits = false;
  addEventListener("scroll", () => { if (!waits) { waits = true; requestAnimationFrame(() => { waits = false; mark(); }); } }, { passive: true });
  mark();
}
