// “I can't listen now”: the question turns into its twin without sound, and back. Without this script the twin stands
// in its fold below the sound.

/** Let the fold of a form turn its question. Who cannot listen to one question cannot listen to the others of the page either. */
export function silence(form) {
  const twin = form.querySelector("details.twin");
  const legend = form.querySelector("legend");
  const heard = legend.textContent;
  const own = twin.querySelector("[data-question]");
  const names = twin.querySelector("[data-names]");
  const rings = form.querySelector(".spoken");
  const labels = [...twin.querySelectorAll("[data-for]")].map((item) => labelOf(form, item));
  let isAsked = false;

  twin.querySelector("summary").addEventListener("click", () => { isAsked = true; });
  twin.addEventListener("toggle", () => {
    const isSilent = twin.open;
    legend.textContent = isSilent && own ? own.textContent : heard;
    for (const label of labels) label.show(isSilent);
    if (rings) rings.hidden = isSilent;
    if (isSilent) rings?.querySelector('.hear[aria-pressed="true"]')?.click();
    if (!isAsked) return;
    isAsked = false;
    const said = isSilent ? twin.dataset.said : twin.dataset.back;
    form.querySelector("[role=status]").textContent = said.replace("{question}", legend.textContent);
    for (const other of document.querySelectorAll("details.twin")) other.open = isSilent;
  });
  // What the script shows in the question itself need not stand in the fold as well.
  for (const part of [own, names]) if (part) part.hidden = true;
  if (twin.open) twin.dispatchEvent(new Event("toggle"));
}

/** The name of a thing that is only heard, which becomes its word. */
function labelOf(form, item) {
  const label = form.querySelector(`[data-name="${item.dataset.for}"]`);
  const number = label.textContent;
  return {
    show(isSilent) {
      label.textContent = isSilent ? item.textContent : number;
      label.classList.toggle("rom", isSilent);
      if (isSilent) label.lang = item.lang;
      else label.removeAttribute("lang");
    },
  };
}
