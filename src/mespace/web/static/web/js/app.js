// Everything that improves a page which already works without scripts.
import "./toasts.js";
import "./dialogs.js";
import "./keys.js";
import "./live.js";
import "./course.js";
import * as drafts from "./drafts.js";
import * as editor from "./editor.js";
import * as files from "./files.js";
import * as forms from "./forms.js";
import * as palette from "./palette.js";
import * as reach from "./reach.js";

drafts.start();
editor.start();
files.start();
forms.start();
palette.start();
reach.start();
document.addEventListener("htmx:after:swap", () => { drafts.start(); editor.start(); files.start(); reach.start(); });
