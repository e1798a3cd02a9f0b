/* Warns before a login ends that nothing was sent in for a while. The time counts from the loading of a page and from each
   answer that htmx got, in any tab: the session is the same in all of them. The server decides; this is only a clock.

   [data-idle="1800"]      seconds without a request after which the login has ended
   data-idle-warning       seconds before that at which the note is shown
   data-idle-address       a page that is cheap to ask for and needs the login
   [data-idle-part=…]      what is shown: soon, unreachable, over */

"use strict";

const CHECK_EVERY = 5000;  // milliseconds
const RENEWED_AT_MOST_EVERY = 60;  // seconds; the server's habit, see accounts/middleware.py

function watchIdle(note) {
  const { idle, idleWarning, idleAddress } = note.dataset;
  const login = note.querySelector("[data-idle-login]");
  const channel = new BroadcastChannel("session");
  let ends = 0;
  let leftFor = null;

  const show = (...parts) => {
    note.querySelectorAll("[data-idle-part]").forEach((part) => { part.hidden = !parts.includes(part.dataset.idlePart); });
  };
  const renewed = () => {
    ends = Date.now() + (Number(idle) - RENEWED_AT_MOST_EVERY) * 1000;
    // Whoever pressed the button goes on where they were.
    if (leftFor && note.contains(document.activeElement)) leftFor.focus({ preventScroll: true });
    show();
  };
  const answered = (address) => {
    if (new URL(address, window.location.href).pathname === login.pathname) {
      ends = 0;
      check();
    } else {
      renewed();
      channel.postMessage("renewed");
    }
  };
  const check = () => {
    const left = ends - Date.now();
    if (left <= 0) {
      login.search = new URLSearchParams({ next: window.location.pathname + window.location.search });
      show("over");
    } else if (left <= Number(idleWarning) * 1000) {
      // Once: an alert is read aloud at each change.
      if (!note.querySelector("[data-idle-part=soon]").hidden) return;
      const time = new Date(ends).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
      note.querySelector("[data-idle-time]").textContent = time;
      show("soon");
    }
  };

  note.addEventListener("focusin", (event) => {
    if (event.relatedTarget && !note.contains(event.relatedTarget)) leftFor = event.relatedTarget;
  });
  note.querySelector("[data-idle-stay]").addEventListener("click", () => {
    fetch(idleAddress, { method: "HEAD" }).then((answer) => answered(answer.url), () => show("soon", "unreachable"));
  });
  document.addEventListener("htmx:afterRequest", ({ detail: { xhr } }) => { if (xhr.responseURL) answered(xhr.responseURL); });
  document.addEventListener("visibilitychange", check);
  channel.addEventListener("message", renewed);
  renewed();
  channel.postMessage("renewed");
  window.setInterval(check, CHECK_EVERY);
}

document.querySelectorAll("[data-idle]").forEach(watchIdle);
