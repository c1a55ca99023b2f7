// Picture: a tap on a place picks its radio button. The buttons stay, for the keyboard and for the ear; for the eye
// they are folded away, and the picture shows which place is picked.

export const read = (form) => ({ area: form.elements.area.value });

export function enhance(form) {
  const picture = form.querySelector(".spots");
  const group = form.querySelector("[role=radiogroup]");
  const fold = form.querySelector("[data-list]");
  const button = fold.firstElementChild;
  const radios = [...group.querySelectorAll("input")];
  const places = [...picture.querySelectorAll("[data-area]")];

  const draw = () => {
    for (const place of places) {
      place.classList.toggle("on", radios.some((radio) => radio.checked && radio.value === place.dataset.area));
    }
  };
  const unfold = (isOpen) => {
    button.setAttribute("aria-expanded", String(isOpen));
    group.classList.toggle("vh", !isOpen);
  };

  picture.addEventListener("click", ({ target }) => {
    const place = target.closest("[data-area]");
    const radio = place && radios.find((one) => one.value === place.dataset.area);
    if (!radio || radio.matches(":disabled")) return;
    radio.checked = true;
    radio.dispatchEvent(new Event("input", { bubbles: true }));
    draw();
  });
  group.addEventListener("change", draw);
  // The focus of a button that is folded away is shown in the picture.
  const follow = (focused) => {
    picture.classList.toggle("keys-on", focused !== null);
    for (const place of places) place.classList.toggle("at", place.dataset.area === focused?.value);
  };
  group.addEventListener("focusin", ({ target }) => follow(target.matches(":focus-visible") ? target : null));
  group.addEventListener("focusout", () => follow(null));
  button.addEventListener("click", () => unfold(button.getAttribute("aria-expanded") === "false"));
  form.addEventListener("reset", () => setTimeout(draw));
  picture.classList.add("taps");
  for (const hidden of [form.querySelector("[data-how]"), fold]) hidden.hidden = false;
  unfold(false);
  draw();
}
