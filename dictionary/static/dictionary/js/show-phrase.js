// One phrase over the whole screen, to be read by the person opposite.
//
//   <a data-show href="…">              in the row of the phrase; leads to its page in the dictionary by itself
//   <dialog id="show">                  the page's own, empty until a row fills it
//
// Closing it, by its button, Escape or the browser, leads back to the row.

const dialog = document.getElementById("show");
const place = (name) => dialog.querySelector(`[data-fact="${name}"]`);

function fill(link) {
  const row = link.closest(".word");
  const sound = row.querySelector(".hear")?.cloneNode(true);
  sound?.classList.add("large");
  sound?.setAttribute("aria-pressed", "false");
  dialog.querySelector(".rom").textContent = row.querySelector(".rom").textContent;
  place("gloss").textContent = row.querySelector(".gloss").textContent;
  place("hear").replaceChildren(...(sound ? [sound] : []));
  const states = { synthetic: sound?.dataset.voice === "synthetic", unreviewed: "unreviewed" in link.dataset };
  for (const part of dialog.querySelectorAll("[data-if]")) part.hidden = !states[part.dataset.if];
}

// What could not be played is said at the foot of the page, which an open dialog covers.
function carryAnnouncements(into) {
  const announcement = document.getElementById("announcement");
  if (announcement) into.append(announcement);
}

if (dialog?.showModal) {
  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("[data-show]");
    if (!link) return;
    event.preventDefault();
    fill(link);
    carryAnnouncements(dialog);
    dialog.showModal();
  });
  dialog.addEventListener("close", () => carryAnnouncements(document.body));
}
