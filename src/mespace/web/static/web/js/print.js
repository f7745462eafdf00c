// The print button of print views: shown where scripts run.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
