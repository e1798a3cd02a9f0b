/* What is typed is kept in this tab until it is saved, so that a session that ran out, or a save that was refused, costs nothing.

   The rules:
   - Every field of the form is kept at each change: texts, choices and ticks. The hidden fields are kept with them: they say
     which version the typing started from, and go back into the form with it. So whoever puts back a text over something that
     was saved meanwhile gets the page with both texts and wipes out nothing.
   - What is kept is dropped only when the page shows the very same as saved, field by field, or when its reader discards it.
     A comment or a reason is shown outside its form; with data-draft-once it is looked for on the page.
   - What differs is offered at the top of the page, and nothing happens until its reader chooses. What is typed before that
     is kept beside it, also when it is replaced by putting back; it is then offered in its turn.
   - The key names the person. Nobody is offered, and nobody drops, what somebody else typed in this tab.
   - Closing the tab or logging out ends it all. The page works without this script.

   form[data-draft="7-entry-12"]   the key: the person and the form
   data-draft-holds                the page came back without having saved, and shows what was sent
   data-draft-once                 the form starts empty each time
   data-draft-page                 the page's own address, where the form is sent to one that shows no page */

"use strict";

const isBox = (field) => field.type === "checkbox" || field.type === "radio";

/* Name → values of each field, as they are now or as the server sent them. */
function readFields(fields, asSent = false) {
  const values = {};
  for (const field of fields) {
    values[field.name] ??= [];
    if (!isBox(field)) values[field.name].push(asSent ? field.defaultValue : field.value);
    else if (asSent ? field.defaultChecked : field.checked) values[field.name].push(field.value);
  }
  return values;
}

function writeFields(fields, values) {
  const changed = fields.filter((field) => {
    const wanted = values[field.name];
    if (!wanted) return false;
    const before = isBox(field) ? field.checked : field.value;
    if (isBox(field)) field.checked = wanted.includes(field.value);
    else field.value = wanted[0];
    return before !== (isBox(field) ? field.checked : field.value);
  });
  changed.forEach((field) => field.dispatchEvent(new Event("input", { bubbles: true })));
}

/* As the server saves a text: it changes line ends and takes away what cannot be seen. */
const tidy = (text) => text.normalize("NFC").replace(/\r\n?/g, "\n").replace(/[^\P{C}\n\t]/gu, "").trim();
const same = (some, others) => some.length === others.length && some.every((text, n) => tidy(text) === tidy(others[n]));

function labelOf(field) {
  const label = isBox(field) && field.closest("fieldset") ? field.closest("fieldset").querySelector("legend") : field.labels[0];
  return label ? label.firstChild.textContent.trim() : field.name;
}

function standsOnPage(text) {
  const squash = (some) => tidy(some).replace(/\s/g, "");
  return [...document.querySelectorAll("main :is(p, div, blockquote)")].some((part) => squash(part.textContent) === squash(text));
}

function keepDraft(form) {
  const { draft, draftHolds: holds, draftOnce: once, draftPage: address } = form.dataset;
  const key = `draft-${draft}`;
  const note = form.querySelector("[data-draft-note]");
  const fields = [...form.querySelectorAll("input[name], textarea[name]")].filter(({ name }) => name !== "csrfmiddlewaretoken");
  const typed = fields.filter((field) => field.type !== "hidden");
  const names = [...new Set(typed.map((field) => field.name))];
  const differing = (some, others) => names.filter((name) => some[name] && others[name] && !same(some[name], others[name]));
  const sent = readFields(fields, true);
  const isSaved = ({ values }) => {
    const missing = differing(values, sent);
    return missing.every((name) => once && values[name].every(standsOnPage));
  };

  let kept = JSON.parse(sessionStorage.getItem(key) || "[]");  // From before this page, the newest last.
  let own = null;  // What is typed on this page.
  const store = () => {
    const all = own ? [...kept, own] : kept;
    if (all.length) sessionStorage.setItem(key, JSON.stringify(all));
    else sessionStorage.removeItem(key);
  };
  const keep = (isSent) => {
    const values = readFields(fields);
    own = holds || differing(values, sent).length ? { values, isSent } : null;
    store();
  };
  const offer = () => {
    const newest = kept.at(-1);
    note.hidden = !newest;
    if (!newest) return;
    const labels = differing(newest.values, readFields(fields)).map((name) => labelOf(typed.find((field) => field.name === name)));
    note.querySelector("[data-draft-fields]").textContent = new Intl.ListFormat(document.documentElement.lang).format(labels);
  };
  const chosen = (field) => {
    store();
    offer();
    field.focus();
  };

  // A page that came back shows what was sent, put together with what was saved meanwhile where that is needed.
  kept = kept.filter((one) => (holds ? !one.isSent : !isSaved(one)));
  kept.forEach((one) => { one.isSent = false; });
  keep(false);
  // A browser may have put the form back by itself.
  if (own) kept = kept.filter((one) => differing(one.values, own.values).length);
  store();
  // Whoever logs in is led back to the page that the form was sent from, which must be one that can be opened.
  if (holds && address) window.history.replaceState(null, "", address);

  form.addEventListener("input", () => keep(false));
  // Logging out in another tab empties what is kept; the form still holds it when it is sent.
  form.addEventListener("submit", () => keep(true));
  note.querySelector("[data-draft-restore]").addEventListener("click", () => {
    const { values } = kept.pop();
    const [first] = differing(values, readFields(fields));
    if (own) kept.push(own);
    writeFields(fields, values);
    keep(false);
    chosen(typed.find((field) => field.name === (first || names[0])));
  });
  note.querySelector("[data-draft-discard]").addEventListener("click", () => {
    kept.pop();
    chosen(typed[0]);
  });
  document.querySelector("main").prepend(note);
  offer();
}

document.querySelectorAll("form[data-draft]").forEach(keepDraft);

/* Once loaded, when the browser has gone to the part of the page that the address names. Errors come first. */
window.addEventListener("load", () => {
  const note = document.querySelector("[data-draft-note]:not([hidden])");
  if (!note || document.querySelector("[data-error-summary]")) return;
  // A page that is loaded again would be scrolled to where it was left.
  window.history.scrollRestoration = "manual";
  note.focus({ preventScroll: true });
  note.scrollIntoView();
});
