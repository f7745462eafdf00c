// Small conveniences: buttons that open a dialog, close a message, copy a text, print.
import { word } from "./texts.js";
import { toast } from "./toasts.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("[data-open], [data-dismiss], [data-copy]");
  if (!button) {
    if (event.target.matches?.("dialog[open]") && outside(event)) event.target.close();
    return;
  }
  if (button.dataset.dismiss !== undefined) button.closest(".note")?.remove();
  if (button.dataset.copy !== undefined) {
    await navigator.clipboard.writeText(button.dataset.copy);
    toast({ text: word("copied"), tone: "good" });
  }
  if (button.dataset.open) {
    const dialog = document.getElementById(button.dataset.open);
    if (!dialog || dialog.open) return;
    document.querySelectorAll("[popover]:popover-open").forEach((menu) => menu.hidePopover());
    dialog.showModal();
    dialog.dispatchEvent(new CustomEvent("kit:open", { bubbles: true }));
  }
});

function outside(event) {
  const box = event.target.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}
