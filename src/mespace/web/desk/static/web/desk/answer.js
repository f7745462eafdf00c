// The answer editor: the draft is kept on the server while one types, templates are inserted where the cursor stands, an internal
// note never turns into a message unasked, and others learn that an answer is being written.
import { csrf, word } from "../js/texts.js";
import { toast } from "../js/toasts.js";

const WAIT = 700;
const WRITING_FOR = 40000;
const form = document.querySelector("[data-reply]");
const area = form?.querySelector("textarea[name=body]");
const what = () => form.querySelector("[name=what]:checked")?.value ?? "";

function drafts() {
  const state = document.getElementById("draft-state");
  let timer;
  let sent = false;
  let kept = area.value;
  let keptWhat = what();
  const changed = () => area.value !== kept || (area.value && what() !== keptWhat);
  const body = () => new URLSearchParams({ body: area.value, what: what() });
  async function keep() {
    clearTimeout(timer);
    timer = undefined;
    if (sent || !changed()) return;
    const [text, kind] = [area.value, what()];
    try {
      const response = await fetch(form.dataset.draftUrl, { method: "POST", body: body(), headers: { "X-CSRFToken": csrf() } });
      if (!response.ok) throw new Error(String(response.status));
      [kept, keptWhat] = [text, kind];
      state.innerHTML = await response.text();
      delete form.dataset.unsavedDraft;
    } catch {
      state.textContent = form.dataset.notKept;
      form.dataset.unsavedDraft = "1";
      timer = setTimeout(keep, 5000);
    }
  }
  const soon = () => { clearTimeout(timer); timer = setTimeout(keep, WAIT); };
  area.addEventListener("input", soon);
  area.addEventListener("blur", keep); // at once: what is done next may load the page anew
  form.addEventListener("change", (event) => { if (event.target.name === "what") soon(); });
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
  addEventListener("pageshow", (event) => { if (event.persisted) sent = false; });
  addEventListener("pagehide", () => {
    if (!sent && changed()) fetch(form.dataset.draftUrl, { method: "POST", body: body(), headers: { "X-CSRFToken": csrf() }, keepalive: true });
  });
  addEventListener("beforeunload", (event) => { if (!sent && form.dataset.unsavedDraft) event.preventDefault(); });
}

function guardNotes() {
  let wasNote = what() === "note" && area.value.trim() !== "";
  const mark = () => {
    if (!area.value.trim()) wasNote = false;
    else if (what() === "note") wasNote = true;
    if (wasNote && what() !== "note") {
      Object.assign(form.dataset, { confirm: form.dataset.noteQuestion, confirmTitle: form.dataset.noteTitle, confirmLabel: form.dataset.noteLabel });
    } else delete form.dataset.confirm;
  };
  area.addEventListener("input", mark);
  form.addEventListener("change", (event) => {
    mark();
    if (event.target.name === "what") area.focus();
  });
  form.addEventListener("click", (event) => { if (event.target.name === "what") area.focus(); });
}

function templates() {
  const list = form.querySelector("[data-template-url]");
  if (!list) return;
  form.querySelector(".template-button").hidden = true;
  list.addEventListener("change", async (event) => {
    event.stopPropagation();
    if (!list.value) return;
    const url = list.dataset.templateUrl.replace(/\/0\/$/, `/${list.value}/`);
    list.value = "";
    try {
      const response = await fetch(url);
      if (!response.ok) throw new Error(String(response.status));
      const text = await response.text();
      area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      area.focus();
    } catch {
      toast({ text: word("offline"), tone: "bad" });
    }
  });
}

function presence() {
  const box = document.getElementById("presence");
  if (!box) return;
  const notes = document.getElementById("presence-notes");
  let typedAt = 0;
  area?.addEventListener("input", () => {
    const began = Date.now() - typedAt > WRITING_FOR;
    typedAt = area.value.trim() ? Date.now() : 0;
    if (began && typedAt) say();
  });
  async function say() {
    if (document.hidden) return;
    const writing = typedAt && Date.now() - typedAt < WRITING_FOR ? "1" : "";
    const body = new URLSearchParams({ seen: box.dataset.seen, writing });
    try {
      const response = await fetch(box.dataset.url, { method: "POST", body, headers: { "X-CSRFToken": csrf() } });
      if (!response.ok) return;
      const html = (await response.text()).trim();
      if (html !== notes.dataset.shown) { notes.innerHTML = html; notes.dataset.shown = html; }
    } catch { /* the next one will tell */ }
  }
  say();
  setInterval(say, 10000);
  document.addEventListener("visibilitychange", say);
}

if (form) {
  drafts();
  guardNotes();
  templates();
}
presence();
document.addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-to-answer]") || !area) return;
  event.preventDefault();
  area.focus();
  form.scrollIntoView({ block: "nearest" });
});
if (area && location.hash === "#answer") { area.focus(); area.setSelectionRange(area.value.length, area.value.length); }
