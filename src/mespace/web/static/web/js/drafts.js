// What is typed into a form[data-draft] survives a dead network and a closed tab: kept in this browser under the person's id.
// It goes when the server says that the form was accepted; signing out wipes everybody's drafts in this browser.
import { shape, word } from "./texts.js";

const PREFIX = "draft:";
const user = document.body.dataset.user;
const nameOf = (key) => `${PREFIX}${user}:${key}`;
const keeps = (field) =>
  field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type) && !field.disabled && !field.readOnly &&
  !field.closest("[data-no-draft]") && !/one-time-code|password/.test(field.autocomplete);

const store = {
  read(name) { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } },
  write(name, value) { try { localStorage.setItem(name, JSON.stringify(value)); } catch { /* full or forbidden: nothing is kept */ } },
  remove(name) { try { localStorage.removeItem(name); } catch { /* forbidden */ } },
  wipe() { try { for (const name of Object.keys(localStorage)) if (name.startsWith(PREFIX)) localStorage.removeItem(name); } catch { /* forbidden */ } },
};

const valueOf = (field) => (["checkbox", "radio"].includes(field.type) ? field.checked : field.multiple ? [...field.selectedOptions].map((option) => option.value) : field.value);
const slotOf = (field) => (["checkbox", "radio"].includes(field.type) ? `${field.name}=${field.value}` : field.name);
const snapshot = (form) => Object.fromEntries([...form.elements].filter(keeps).map((field) => [slotOf(field), valueOf(field)]));

function fill(form, values) {
  for (const field of [...form.elements].filter(keeps)) {
    const value = values[slotOf(field)];
    if (value === undefined) continue;
    if (["checkbox", "radio"].includes(field.type)) field.checked = value;
    else if (field.multiple) for (const option of field.options) option.selected = value.includes(option.value);
    else field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

function attach(form) {
  if (form.dataset.draftOn || !user) return;
  form.dataset.draftOn = "1";
  const name = nameOf(form.dataset.draft);
  const fresh = snapshot(form);
  const kept = store.read(name);
  const refused = form.querySelector("[data-form-errors]");
  if (kept && !refused && Object.entries(kept.values).some(([slot, value]) => fresh[slot] !== undefined && JSON.stringify(fresh[slot]) !== JSON.stringify(value))) {
    fill(form, kept.values);
    const note = shape("kit-draft");
    note.querySelector("p").textContent = word("draftRestored");
    const discard = note.querySelector("button");
    discard.textContent = word("draftDiscard");
    discard.addEventListener("click", () => { clearTimeout(timer); fill(form, fresh); clearTimeout(timer); store.remove(name); note.remove(); });
    form.prepend(note);
  }
  let timer;
  const save = () => {
    const values = snapshot(form);
    if (JSON.stringify(values) === JSON.stringify(fresh)) store.remove(name);
    else store.write(name, { at: Date.now(), values });
  };
  form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(save, 300); });
  form.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(save, 300); });
  form.addEventListener("submit", () => { clearTimeout(timer); save(); });
  addEventListener("pagehide", () => { if (timer && form.isConnected && !form.dataset.draftGone) { clearTimeout(timer); save(); } });
}

export function accepted(key) {
  store.remove(nameOf(key));
  for (const form of document.querySelectorAll(`form[data-draft="${CSS.escape(key)}"]`)) form.dataset.draftGone = "1";
}

export function start() {
  for (const message of document.querySelectorAll("[data-message]")) {
    for (const tag of message.dataset.tags.split(" ")) if (tag.startsWith(PREFIX)) store.remove(nameOf(tag.slice(PREFIX.length)));
  }
  document.querySelectorAll("form[data-draft]").forEach(attach);
}

document.addEventListener("draft:accepted", (event) => accepted((event.detail.value ?? event.detail).key));
document.addEventListener("submit", (event) => { if (event.target.matches("[data-sign-out]")) { document.querySelectorAll("form[data-draft]").forEach((form) => { form.dataset.draftGone = "1"; }); store.wipe(); } });
