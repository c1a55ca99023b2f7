// A lesson in the reviewers' room: its sounds play in place, and what is typed is not left by mistake.
//
// Without this script a sound opens beside the page, and every button is a form's own.

const form = document.querySelector(".review form");
const sound = new Audio();
let pressed = null;

function release() {
  pressed?.setAttribute("aria-pressed", "false");
  pressed = null;
}

for (const name of ["ended", "error", "pause"]) sound.addEventListener(name, release);

document.querySelector(".review")?.addEventListener("click", (event) => {
  const link = event.target.closest("a.hear");
  if (!link) return;
  event.preventDefault();
  const isPlaying = pressed === link;
  sound.pause();
  release();
  if (isPlaying) return;
  sound.src = link.href;
  pressed = link;
  link.setAttribute("aria-pressed", "true");
  sound.play().catch(release);
});

const typed = () => [...form.querySelectorAll("textarea:not([readonly])")].some((one) => one.value !== one.defaultValue);
let isSent = false;
form?.addEventListener("submit", () => { isSent = true; });
addEventListener("beforeunload", (event) => { if (form && !isSent && typed()) event.preventDefault(); });
