// The forms of acts open in a dialog instead of on a page of their own; menus made of <details> close when one looks elsewhere.
import { word } from "../js/texts.js";
import { toast } from "../js/toasts.js";

const dialog = document.getElementById("act-dialog");

document.addEventListener("click", async (event) => {
  const link = event.target.closest?.("[data-act-form]");
  if (link && dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey && event.button === 0) {
    event.preventDefault();
    link.closest("details.drop")?.removeAttribute("open");
    try {
      const response = await fetch(link.href, { headers: { "HX-Request": "true" } });
      if (!response.ok) throw new Error(String(response.status));
      dialog.innerHTML = await response.text();
      dialog.showModal();
      dialog.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    } catch {
      toast({ text: word("offline"), tone: "bad" });
    }
    return;
  }
  const cancel = event.target.closest?.("[data-close-dialog]");
  if (cancel && dialog?.open && dialog.contains(cancel)) {
    event.preventDefault();
    dialog.close();
  }
  for (const menu of document.querySelectorAll("details.drop[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.drop[open]")) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
