// Keeps a campaign's page up to date: the server sends the parts of the page that changed, each with the id of the
// element it replaces the contents of, and a sentence for those who cannot see them change.
const secondsBetweenAnnouncements = 20;
let lastAnnouncement = 0;

const secondsBeforeNextTry = 20;

for (const root of document.querySelectorAll("[data-live]")) follow(root.dataset.live, 3);

// A browser asks again by itself when a stream breaks, but not when it was refused, for instance because too many are open.
function follow(address, tries) {
  const source = new EventSource(address);
  let summary = "";
  source.addEventListener("error", () => {
    if (source.readyState !== EventSource.CLOSED || tries === 0) return;
    setTimeout(() => follow(address, tries - 1), secondsBeforeNextTry * 1000);
  });
  source.addEventListener("parts", (event) => {
    const parts = new DOMParser().parseFromString(event.data, "text/html");
    for (const part of parts.querySelectorAll("[data-live-part]")) replace(part);
    summary = parts.querySelector("[data-live-summary]")?.textContent ?? summary;
    announce(summary, secondsBetweenAnnouncements);
  });
  source.addEventListener("end", () => {
    source.close();
    announce(summary, 0);
  });
}

function replace(part) {
  const place = document.getElementById(part.id);
  if (!place || place.innerHTML === part.innerHTML || place.querySelector("dialog[open]")) return;
  const focused = place.contains(document.activeElement) ? document.activeElement : null;
  const scrolls = [...place.querySelectorAll(".table-frame")].map((frame) => frame.scrollLeft);
  place.replaceChildren(...part.childNodes);
  place.querySelectorAll(".table-frame").forEach((frame, index) => (frame.scrollLeft = scrolls[index] ?? 0));
  if (focused) (find(place, focused) ?? document.getElementById("main")).focus({ preventScroll: true });
}

// The element that took the place of the one that had the focus.
function find(place, focused) {
  if (focused.id) return document.getElementById(focused.id);
  const name = focused.getAttribute("aria-labelledby");
  return name && place.querySelector(`[aria-labelledby="${CSS.escape(name)}"]`);
}

function announce(text, seconds) {
  const place = document.querySelector("[data-live-announcement]");
  if (!place || !text || place.textContent === text || Date.now() - lastAnnouncement < seconds * 1000) return;
  lastAnnouncement = Date.now();
  place.textContent = text;
}
