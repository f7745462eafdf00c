// File inputs: the chosen files as a list with sizes, each removable; files can be added in several goes and by dropping.
import { shape, sizeWords, word } from "./texts.js";
import { toast } from "./toasts.js";

function attach(box) {
  if (box.dataset.on) return;
  box.dataset.on = "1";
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector(".file-list");
  const limit = Number(box.dataset.maxBytes) || Infinity;
  let chosen = [];
  const show = () => {
    const transfer = new DataTransfer();
    chosen.forEach((file) => transfer.items.add(file));
    input.files = transfer.files;
    list.replaceChildren(...chosen.map((file, index) => {
      const row = shape("kit-file");
      row.querySelector(".file-name").textContent = file.name;
      row.querySelector(".muted").textContent = sizeWords(file.size);
      const button = row.querySelector("button");
      button.setAttribute("aria-label", word("remove", { name: file.name }));
      button.addEventListener("click", () => { chosen.splice(index, 1); show(); input.focus(); });
      return row;
    }));
  };
  const add = (files) => {
    const fitting = [...files].filter((file) => {
      if (file.size > limit) toast({ text: word("tooBig", { name: file.name, limit: sizeWords(limit) }), tone: "bad" });
      return file.size <= limit;
    });
    chosen = input.multiple ? [...chosen, ...fitting.filter((file) => !chosen.some((other) => other.name === file.name && other.size === file.size && other.lastModified === file.lastModified))] : fitting.slice(-1);
    show();
  };
  input.addEventListener("change", () => add(input.files));
  box.addEventListener("dragover", (event) => { event.preventDefault(); box.classList.add("dropping"); });
  box.addEventListener("dragleave", () => box.classList.remove("dropping"));
  box.addEventListener("drop", (event) => { event.preventDefault(); box.classList.remove("dropping"); add(event.dataTransfer.files); });
}

export const start = () => document.querySelectorAll("[data-file-input]").forEach(attach);
