/* What is typed is kept in this tab until it is saved, so that a session that ran out costs nothing: after logging in again,
   the page offers to put the text back. Nothing is kept once the tab is closed. The page works without it.

   form[data-draft="entry-12"]   the key under which this form's text is kept
   data-draft-version            the version that the form started from
   data-draft-mine               the reader saved that version
   data-draft-holds              the page came back without having saved, and shows the typed text itself */

"use strict";

function fieldsOf(form) {
  return [...form.querySelectorAll("textarea, input[type=text]")].filter((field) => field.name);
}

/* A text that was kept is offered, unless the next version is this person's own: then it was saved, and what is kept is old. */
function keepDraft(form) {
  const { draft: key, draftVersion, draftMine, draftHolds } = form.dataset;
  const fields = fieldsOf(form);
  const texts = () => Object.fromEntries(fields.map((field) => [field.name, field.value]));
  const keep = () => sessionStorage.setItem(key, JSON.stringify({ version: Number(draftVersion), texts: texts() }));
  if (draftHolds) {
    keep();
  } else {
    const shown = texts();
    const kept = JSON.parse(sessionStorage.getItem(key) || "null");
    const saved = kept && draftMine && Number(draftVersion) === kept.version + 1;
    const differs = kept && fields.some((field) => kept.texts[field.name] !== shown[field.name]);
    if (differs && !saved) offer(form, fields, kept.texts, key);
    else sessionStorage.removeItem(key);
  }
  form.addEventListener("input", keep);
  // Logging out in another tab empties what is kept; the form still holds it when it is sent.
  form.addEventListener("submit", keep);
}

/* The server may have saved a newer text meanwhile, so the reader decides; putting back writes only into the form. */
function offer(form, fields, texts, key) {
  const note = form.querySelector("[data-draft-note]");
  note.hidden = false;
  note.querySelector("[data-draft-restore]").addEventListener("click", () => {
    fields.forEach((field) => {
      if (field.name in texts) field.value = texts[field.name];
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

document.querySelectorAll("form[data-draft]").forEach(keepDraft);
