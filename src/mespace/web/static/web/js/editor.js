// The Markdown editor: toolbar (an element of GitHub's), preview, and pasted, dropped or picked files that are uploaded and linked.
import "../vendor/markdown-toolbar/markdown-toolbar.js";
import { csrf, word } from "./texts.js";

function attach(editor) {
  if (editor.dataset.on) return;
  editor.dataset.on = "1";
  const area = editor.querySelector("textarea");
  const box = editor.querySelector(".editor-box");
  const note = editor.querySelector(".editor-note");
  const preview = editor.querySelector("[data-preview]");
  const shown = editor.querySelector(".editor-preview");
  const { uploadUrl, previewUrl } = editor.dataset;
  const changed = () => area.dispatchEvent(new Event("input", { bubbles: true }));

  function insert(text) {
    area.setRangeText(text, area.selectionStart, area.selectionEnd, "end");
    changed();
  }

  function replace(mark, text) {
    const at = area.value.indexOf(mark);
    if (at < 0) return;
    area.setRangeText(text, at, at + mark.length, "preserve");
    changed();
  }

  async function upload(file) {
    const name = file.name || "image.png";
    const mark = `![${word("uploading", { name: name.replace(/[[\]]/g, "") })}](…${Math.random().toString(36).slice(2, 8)})`;
    insert(`${area.selectionStart && area.value[area.selectionStart - 1] !== "\n" ? "\n" : ""}${mark}\n`);
    note.textContent = word("uploading", { name });
    try {
      const body = new FormData();
      body.append("file", file, name);
      const response = await fetch(uploadUrl, { method: "POST", body, headers: { "X-CSRFToken": csrf(), Accept: "application/json" } });
      const answer = await response.json().catch(() => ({}));
      if (!response.ok) throw new Error(answer.error || word("refused", { status: response.status }));
      const label = (answer.name ?? name).replace(/[[\]]/g, "");
      replace(mark, `${file.type.startsWith("image/") ? "!" : ""}[${label}](attachment:${answer.id})`);
      note.textContent = word("uploaded", { name });
    } catch (error) {
      replace(mark, "");
      note.textContent = word("uploadFailed", { name, reason: error instanceof TypeError ? word("uploadLost") : error.message });
    }
  }

  async function uploadAll(files) { for (const file of files) await upload(file); }

  if (uploadUrl) {
    area.addEventListener("paste", (event) => {
      const files = [...event.clipboardData.files];
      if (!files.length || event.clipboardData.types.includes("text/plain")) return;
      event.preventDefault();
      uploadAll(files);
    });
    box.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) { event.preventDefault(); box.classList.add("dropping"); } });
    box.addEventListener("dragleave", () => box.classList.remove("dropping"));
    box.addEventListener("drop", (event) => {
      box.classList.remove("dropping");
      if (!event.dataTransfer.files.length) return;
      event.preventDefault();
      uploadAll(event.dataTransfer.files);
    });
    editor.querySelector("[data-pick-image]").addEventListener("click", () => {
      const picker = Object.assign(document.createElement("input"), { type: "file", multiple: true });
      picker.addEventListener("change", () => uploadAll(picker.files));
      picker.click();
    });
  }

  preview?.addEventListener("click", async () => {
    const on = preview.getAttribute("aria-pressed") !== "true";
    preview.setAttribute("aria-pressed", String(on));
    area.hidden = on;
    shown.hidden = !on;
    note.textContent = "";
    if (!on) { area.focus(); return; }
    if (!area.value.trim()) { shown.textContent = word("previewEmpty"); return; }
    try {
      const response = await fetch(previewUrl, { method: "POST", body: new URLSearchParams({ text: area.value }), headers: { "X-CSRFToken": csrf() } });
      if (!response.ok) throw new Error(String(response.status));
      shown.innerHTML = await response.text(); // cleaned by the server, as every message is
    } catch {
      preview.setAttribute("aria-pressed", "false");
      area.hidden = false;
      shown.hidden = true;
      note.textContent = word("previewFailed");
    }
  });
}

export const start = () => document.querySelectorAll("[data-editor]").forEach(attach);
