// Polling by htmx: answers are compared by ETag, nothing is asked while the tab is hidden, and a dead network is said once.
import { word } from "./texts.js";
import { toast } from "./toasts.js";

const tags = new WeakMap();
let offline = false;
const polls = (ctx) => /every\s/.test(ctx?.sourceElement?.getAttribute("hx-trigger") ?? "") && ctx.request.method === "GET";

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (!polls(ctx)) return;
  if (document.hidden) { event.preventDefault(); return; }
  const known = tags.get(ctx.sourceElement);
  if (known) ctx.request.headers["If-None-Match"] = known;
});

document.addEventListener("htmx:after:request", (event) => {
  const { ctx } = event.detail;
  offline = false;
  const tag = ctx.response.headers.get("ETag");
  if (polls(ctx) && ctx.response.status === 200) { if (tag) tags.set(ctx.sourceElement, tag); else tags.delete(ctx.sourceElement); }
});

document.addEventListener("htmx:error", (event) => {
  if (!event.detail.ctx || offline) return;
  offline = true;
  toast({ text: word("offline"), tone: "bad" });
});
