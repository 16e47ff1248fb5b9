// What every page starts. Each module minds one thing and listens on the document, so that parts htmx brings in later work too.
import "./announce.js";
import "./bulk.js";
import "./count.js";
import "./dialogs.js";
import "./draft.js";
import "./focus.js";
import "./grid.js";
import "./insert.js";
import "./keys.js";
import "./live.js";
import "./lock.js";
import "./menus.js";
import "./omnibox.js";
import "./pay.js";
import "./photo.js";
import "./rove.js";
import "./sheet.js";

// Every module listens now: whoever waits for the page (a test, a screen reader's script) need not guess.
document.documentElement.setAttribute("data-ready", "");
