// Short news in a corner. What must not be missed is a message on the page, not a toast.
import { shape } from "./texts.js";

const STAY = 7000;

export function toast({ text, title = "", tone = "info" }) {
  const box = shape("kit-toast");
  box.dataset.tone = tone;
  box.setAttribute("role", tone === "bad" ? "alert" : "status");
  box.querySelector("h2").textContent = title;
  box.querySelector("p").textContent = text;
  const toaster = document.getElementById("toaster");
  const close = () => { box.remove(); if (!toaster.children.length) toaster.hidePopover?.(); };
  box.querySelector("[data-close]").addEventListener("click", close);
  if (toaster.matches(":popover-open")) toaster.hidePopover();
  toaster.showPopover?.(); // shown anew: above a dialog that was opened since
  toaster.append(box);
  if (tone === "bad") return;
  let timer = setTimeout(close, STAY);
  for (const [on, off] of [["mouseenter", "mouseleave"], ["focusin", "focusout"]]) {
    box.addEventListener(on, () => clearTimeout(timer));
    box.addEventListener(off, () => { clearTimeout(timer); timer = setTimeout(close, STAY); });
  }
}

document.addEventListener("toast", (event) => toast(event.detail.value ?? event.detail));
