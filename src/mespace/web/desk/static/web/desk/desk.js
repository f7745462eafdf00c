// What scripts add to the desk. Every page works without them.
import "./queue.js";
import "./answer.js";
import "./acts.js";
