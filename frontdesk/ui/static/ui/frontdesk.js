// What every page starts. Each module minds one thing and listens on the document, so that parts htmx brings in later work too.
import "./announce.js";
import "./bulk.js";
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
import "./photo.js";
import "./rove.js";
import "./sheet.js";
