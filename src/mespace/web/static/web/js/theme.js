// Light, dark or as the system: set before the first paint, so nothing flashes. Loaded as a plain script in <head>.
(() => {
  const root = document.documentElement;
  const system = matchMedia("(prefers-color-scheme: dark)");
  const read = () => { try { return localStorage.getItem("theme") || "system"; } catch { return "system"; } };
  const apply = () => {
    const wish = read();
    root.classList.toggle("dark", wish === "dark" || (wish === "system" && system.matches));
    for (const button of document.querySelectorAll("[data-theme-set]")) button.setAttribute("aria-pressed", String(button.dataset.themeSet === wish));
  };
  root.classList.add("scripted");
  apply();
  system.addEventListener("change", apply);
  addEventListener("storage", apply);
  addEventListener("beforeprint", () => root.classList.remove("dark")); // paper is white
  addEventListener("afterprint", apply);
  document.addEventListener("DOMContentLoaded", apply);
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-theme-set]");
    if (!button) return;
    try { localStorage.setItem("theme", button.dataset.themeSet); } catch { /* private mode: for this page only */ }
    apply();
  });
})();
