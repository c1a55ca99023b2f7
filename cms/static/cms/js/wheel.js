// The wheel of progress: sixteen spokes fill clockwise, the hub when all is done.
// The same arithmetic as the template tag `wheel`.

const SPOKES = 16;

/** Fill `wheel` as far as `done` of `total`; `label` says it to a screen reader where no text beside it does. */
export function turn(wheel, done, total, label = "") {
  const share = total ? Math.min(done / total, 1) : 0;
  const whole = share === 1;
  const spokes = whole ? SPOKES + 1 : Math.max(Math.floor(share * SPOKES), share ? 1 : 0);
  wheel.querySelector(".wheel-done").setAttribute("stroke-dasharray", `${spokes} ${SPOKES}`);
  const hub = wheel.querySelector(":scope > .wheel-done");
  if (whole && !hub) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", "circle");
    for (const [name, value] of [["class", "wheel-done"], ["r", 6], ["stroke-width", 5]]) made.setAttribute(name, value);
    wheel.append(made);
  } else if (!whole) hub?.remove();
  if (!label) return;
  wheel.removeAttribute("aria-hidden");
  wheel.setAttribute("role", "img");
  wheel.setAttribute("aria-label", label);
}
