// Dragging, beside tapping and the keyboard. It comes on top: whatever is dragged can be tapped into its place as well.

const SLACK = 8; // pixels before a tap becomes a drag

/**
 * Let what matches `handle` be dragged onto what matches `target`, inside `form`.
 * `drop(handle, target, event)` says what becomes of it.
 */
export function drag(form, { handle, target, drop }) {
  form.classList.add("drags");
  form.addEventListener("pointerdown", (event) => {
    const moved = event.target.closest(handle);
    if (moved && !moved.matches(":disabled") && event.isPrimary && !event.button) follow(moved, event);
  });

  function follow(moved, { pointerId, clientX, clientY }) {
    const listening = new AbortController();
    const on = (name, action) => addEventListener(name, action, { signal: listening.signal });
    let over = null;
    let isDragged = false;

    function mark(place) {
      over?.classList.remove("over");
      over = place;
      over?.classList.add("over");
    }

    function move(event) {
      if (event.pointerId !== pointerId) return;
      const [x, y] = [event.clientX - clientX, event.clientY - clientY];
      if (!isDragged && Math.hypot(x, y) < SLACK) return;
      isDragged = true;
      moved.classList.add("dragged");
      moved.style.translate = `${x}px ${y}px`;
      mark(placeBelow(moved, event));
    }

    function end() {
      listening.abort();
      mark(null);
      moved.classList.remove("dragged");
      moved.style.translate = "";
    }

    on("pointermove", move);
    on("pointercancel", end);
    on("keydown", (event) => { if (event.key === "Escape") end(); });
    on("pointerup", (event) => {
      if (event.pointerId !== pointerId) return;
      const place = over;
      end();
      if (!isDragged) return;
      // What was dragged was not tapped.
      const untap = (click) => { click.preventDefault(); click.stopPropagation(); };
      addEventListener("click", untap, { capture: true, once: true });
      setTimeout(() => removeEventListener("click", untap, { capture: true }));
      if (place) drop(moved, place, event);
    });
  }

  function placeBelow(moved, { clientX, clientY }) {
    const below = document.elementsFromPoint(clientX, clientY).filter((one) => !moved.contains(one));
    return below.map((one) => one.closest(target)).find((one) => one && one !== moved && form.contains(one)) ?? null;
  }
}
