// Forms: sent once, asked before what cannot be undone, first error in focus, a word before unsent text is left behind.
import { shape, word } from "./texts.js";

const touched = new Set();

function ask(asking) {
  const dialog = shape("kit-confirm");
  const [no, yes] = dialog.querySelectorAll("button");
  dialog.querySelector("h2").textContent = asking.dataset.confirmTitle || word("confirm");
  dialog.querySelector("p").textContent = asking.dataset.confirm;
  no.textContent = word("cancel");
  yes.textContent = asking.dataset.confirmLabel || word("confirm");
  if (asking.dataset.confirmDanger !== undefined) yes.dataset.variant = "destructive";
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => { resolve(dialog.returnValue === "yes"); dialog.remove(); }, { once: true }));
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const asking = event.submitter?.dataset.confirm ? event.submitter : form.dataset.confirm ? form : null;
  if (asking && form.elements.confirmed?.value !== "1") {
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    if (!(await ask(asking))) return;
    const flag = form.elements.confirmed ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "confirmed" }));
    flag.value = "1";
    form.requestSubmit(submitter ?? undefined);
    return;
  }
  if (form.method !== "post" || form.dataset.noGuard !== undefined) return;
  if (form.dataset.sending) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  form.dataset.sending = "1";
  touched.delete(form);
  const button = event.submitter;
  if (button) { button.setAttribute("aria-disabled", "true"); button.setAttribute("aria-busy", "true"); }
}, true);

function release(form) {
  delete form.dataset.sending;
  if (form.elements.confirmed?.type === "hidden") form.elements.confirmed.value = "";
  for (const button of form.querySelectorAll("[aria-busy]")) { button.removeAttribute("aria-busy"); button.removeAttribute("aria-disabled"); }
}

addEventListener("pageshow", (event) => { if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(release); });
document.addEventListener("htmx:finally:request", (event) => { const form = event.target.closest?.("form"); if (form) release(form); });
document.addEventListener("input", (event) => { const form = event.target.closest?.("form[data-unsaved]"); if (form) touched.add(form); });
addEventListener("beforeunload", (event) => { if ([...touched].some((form) => form.isConnected && !form.dataset.sending)) event.preventDefault(); });

export function start() {
  const first = document.querySelector("[data-form-errors]") && document.querySelector("[data-invalid] :is(input, select, textarea):not([type=hidden])");
  const summary = document.querySelector("[data-form-errors]");
  (first ?? summary)?.focus();
}
