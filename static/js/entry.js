/* The entry form's habits in the browser. The page works without them.

   form[data-draft]   what is typed is kept in this tab until it is saved, so that a session that ran out costs nothing:
                      after logging in again, the page offers to put the text back. Nothing is kept once the tab is closed.
   .last-year         last year's text stands open beside the field on a wide screen, closed on a narrow one */

"use strict";

function fieldsOf(form) {
  return [...form.querySelectorAll("textarea, input[type=text]")].filter((field) => field.name);
}

function keepDraft(form) {
  const key = `entry-${form.dataset.draft}`;
  const fields = fieldsOf(form);
  const shown = Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const read = () => {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const kept = read();
  const unsaved = kept && fields.some((field) => field.name in kept && kept[field.name] !== shown[field.name]);
  if (unsaved) offer(form, fields, kept, key);
  else sessionStorage.removeItem(key);

  form.addEventListener("input", () => {
    sessionStorage.setItem(key, JSON.stringify(Object.fromEntries(fields.map((field) => [field.name, field.value]))));
  });
}

/* The server may have saved a newer text meanwhile, so the reader decides; putting back writes only into the form. */
function offer(form, fields, kept, key) {
  const note = form.querySelector("[data-draft-note]");
  note.hidden = false;
  note.querySelector("[data-draft-restore]").addEventListener("click", () => {
    fields.forEach((field) => {
      if (field.name in kept) field.value = kept[field.name];
    });
    note.hidden = true;
    fields[0].dispatchEvent(new Event("input", { bubbles: true }));
    fields[0].focus();
  });
  note.querySelector("[data-draft-discard]").addEventListener("click", () => {
    sessionStorage.removeItem(key);
    note.hidden = true;
    fields[0].focus();
  });
}

if (window.matchMedia("(width < 48rem)").matches) {
  document.querySelectorAll("details.last-year").forEach((details) => { details.open = false; });
}
document.querySelectorAll("form[data-draft]").forEach(keepDraft);
