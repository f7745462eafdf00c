// Words and shapes that scripts show come from the page (web/kit/_texts.html), so they are translated there.
const holder = document.getElementById("kit-texts");

export const word = (name, values = {}) =>
  (holder?.dataset[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");

export const shape = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

export const sizeWords = (bytes) =>
  bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} ${word("sizeUnit")}` : `${(bytes / 1048576).toFixed(1)} ${word("sizeUnitBig")}`;

export const csrf = () =>
  document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? JSON.parse(document.body.getAttribute("hx-headers:inherited") ?? "{}")["X-CSRFToken"] ?? "";
