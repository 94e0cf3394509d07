// Keeps the page up to date: fetches the live part every two seconds while somebody looks.
const live = document.querySelector("[data-live]");
const parser = new DOMParser();
let shown = "";

/** True while a person is typing a reply; then no card may be moved or replaced. */
function isWriting() {
  return [...live.querySelectorAll(".reply input[name=text]")].some((field) => field.value !== "" || field === document.activeElement);
}

/** Changes what people read and leaves the forms alone. */
function updateInPlace(fresh) {
  live.querySelector(".counts").replaceWith(fresh.querySelector(".counts"));
  for (const phone of fresh.querySelectorAll(".phone")) {
    document.getElementById(phone.id)?.querySelector(".chat").replaceWith(phone.querySelector(".chat"));
  }
}

async function refresh() {
  const answer = await fetch(live.dataset.live, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const html = await answer.text();
  if (html === shown) return;
  shown = html;
  const fresh = parser.parseFromString(html, "text/html").body;
  if (isWriting()) return updateInPlace(fresh);
  const focused = live.contains(document.activeElement) && document.activeElement.closest(".phone")?.id;
  if (focused) return updateInPlace(fresh);
  live.replaceChildren(...fresh.childNodes);
}

async function loop() {
  try {
    if (!document.hidden) await refresh();
  } catch {
    // The sandbox is away for a moment; the next round tries again.
  }
  setTimeout(loop, 2000);
}

setTimeout(loop, 2000);
