// What scrolls sideways can be reached and scrolled by keyboard.
export function start() {
  for (const box of document.querySelectorAll(".prose pre, .prose table, .table-box")) {
    if (box.scrollWidth > box.clientWidth + 1) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
addEventListener("resize", start);
