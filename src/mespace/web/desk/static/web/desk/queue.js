// The queue: moving through rows by keys, choosing rows (kept while the table is polled), filters that apply by themselves.
const rows = () => [...document.querySelectorAll("[data-row]")];
const linkOf = (row) => row?.querySelector("[data-row-link]");
const current = () => document.activeElement?.closest?.("[data-row]") ?? null;
const chosen = new Set();
let last = "";

function step(by) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(current());
  const from = at >= 0 ? at : all.findIndex((row) => row.id === last);
  const row = all[Math.min(all.length - 1, Math.max(0, from < 0 ? 0 : from + by))];
  last = row.id;
  linkOf(row).focus();
  row.scrollIntoView({ block: "nearest" });
}

function say() {
  const bar = document.getElementById("bulk");
  if (!bar) return;
  const words = bar.querySelector(".bulk-count");
  bar.classList.toggle("has-chosen", chosen.size > 0);
  words.textContent = chosen.size ? words.dataset.chosenSome.replace("{count}", chosen.size) : words.dataset.chosenNone;
}

function restore() {
  for (const box of document.querySelectorAll("[data-row] input[name=ticket]")) box.checked = chosen.has(box.value);
  for (const key of [...chosen]) if (!document.getElementById(`pick-${key}`)) chosen.delete(key);
  say();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-row-step], [data-row-open], [data-row-pick], [data-clear-chosen]");
  if (!button) return;
  if (button.dataset.rowStep) step(Number(button.dataset.rowStep));
  const row = current() ?? document.getElementById(last);
  if (button.dataset.rowOpen !== undefined) linkOf(row)?.click();
  if (button.dataset.rowPick !== undefined) row?.querySelector("input[name=ticket]")?.click();
  if (button.dataset.clearChosen !== undefined) { chosen.clear(); restore(); }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-row] input[name=ticket]")) {
    if (event.target.checked) chosen.add(event.target.value);
    else chosen.delete(event.target.value);
    say();
  }
  if (event.target.closest("[data-filters]") || event.target.matches("[data-submit-on-change]")) {
    if (event.target.value || event.target.closest("[data-filters]")) event.target.form.requestSubmit();
  }
});

// Empty filters need not stand in the address; a site belongs to its customer.
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-filters]")) return;
  for (const field of event.target.elements) if (field.name && !field.value) field.disabled = true;
});
addEventListener("pageshow", () => {
  for (const field of document.querySelectorAll("[data-filters] :disabled")) field.disabled = false;
  for (const box of document.querySelectorAll("[data-row] input[name=ticket]:checked")) chosen.add(box.value);
  say();
});
document.addEventListener("htmx:after:swap", restore);
say();
