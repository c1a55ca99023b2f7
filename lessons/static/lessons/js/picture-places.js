// The places of a picture exercise, drawn on the picture: by mouse and by finger (draw, move, resize at the corner) and by
// keyboard (arrows move, with Shift they resize). The numbers below stay; either way changes the other. Escape ends what
// is being drawn, or takes the last change back. A plain script: Wagtail asks for its blocks before modules run.

(() => {
  const SIDES = ["x", "y", "width", "height"];
  const WHOLE = 100;
  const SLACK = 6; // pixels before a tap becomes a drawing
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

  const within = (number, low, high) => Math.max(low, Math.min(high, Math.round(number)));
  const isSame = (one, other) => SIDES.every((side) => one[side] === other[side]);
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

  const moved = (rect, across, down) => ({
    ...rect,
    x: within(rect.x + across, 0, WHOLE - rect.width),
    y: within(rect.y + down, 0, WHOLE - rect.height),
  });
  const resized = (rect, across, down, least) => ({
    ...rect,
    width: within(rect.width + across, least, WHOLE - rect.x),
    height: within(rect.height + down, least, WHOLE - rect.y),
  });
  /** The rectangle between two corners, not smaller than a finger. */
  const between = (a, b, least) => {
    const [width, height] = [Math.abs(a.x - b.x), Math.abs(a.y - b.y)].map((side) => within(side, least, WHOLE));
    return {
      x: within(Math.min(a.x, b.x), 0, WHOLE - width), y: within(Math.min(a.y, b.y), 0, WHOLE - height), width, height,
    };
  };

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  class Stage {
    constructor(block, words) {
      Object.assign(this, { block, words, areas: block.childBlocks.areas, boxes: new Map(), undone: [], gesture: null });
      const [image, list] = ["image", "areas"].map((name) =>
        block.container[0].querySelector(`[data-contentpath="${name}"]`));
      this.picture = make("img", { alt: "", draggable: false });
      this.ghost = make("span", { className: "places-ghost", hidden: true });
      this.sheet = make("div", { className: "places-sheet" }, this.picture, this.ghost);
      this.status = make("p", { className: "w-sr-only", role: "status" });
      this.hint = make("p", { className: "help", id: `${block.prefix}-places-hint` });
      this.sheet.setAttribute("role", "group");
      this.sheet.setAttribute("aria-label", words.sheet);
      const drawing = make("div", { className: "places" }, this.hint, this.sheet, this.status);
      list.querySelector("label").after(drawing);
      this.sheet.addEventListener("pointerdown", (event) => this.start(event));
      this.sheet.addEventListener("pointermove", (event) => this.follow(event));
      this.sheet.addEventListener("pointerup", () => this.end());
      this.sheet.addEventListener("pointercancel", () => this.cancel());
      this.sheet.addEventListener("keydown", (event) => this.key(event));
      // What authors write, choose, add, delete or put into another order.
      list.addEventListener("input", () => this.draw());
      list.addEventListener("change", () => this.draw());
      const watch = new MutationObserver(() => this.draw());
      watch.observe(image, { subtree: true, attributes: true, attributeFilter: ["src", "value"] });
      const rows = { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-hidden"] };
      for (let next = drawing.nextElementSibling; next; next = next.nextElementSibling) watch.observe(next, rows);
      image.addEventListener("change", () => this.draw());
      this.draw();
    }

    // --- the numbers ---------------------------------------------------------------------------

    field(child, name) { return document.getElementsByName(`${child.block.prefix}-${name}`)[0]; }

    rect(child) {
      return Object.fromEntries(SIDES.map((side) => [side, Number(this.field(child, side)?.value) || 0]));
    }

    write(child, rect) {
      for (const side of SIDES) this.field(child, side).value = String(rect[side]);
      this.draw();
    }

    /** Let the editor know: it saves, compares and previews what has changed. */
    changed(child) {
      for (const side of SIDES)
        for (const name of ["input", "change"]) this.field(child, side).dispatchEvent(new Event(name, { bubbles: true }));
      const { number } = this.numbered(child);
      this.status.textContent = fill(this.words.said, { number, ...this.rect(child) });
    }

    numbered(child) { return { number: this.areas.children.indexOf(child) + 1 }; }

    // --- the picture ---------------------------------------------------------------------------

    draw() {
      const image = document.getElementsByName(`${this.block.prefix}-image`)[0]?.value;
      this.sheet.hidden = !image;
      this.hint.textContent = image ? this.words.hint : this.words.choose;
      if (image && this.shown !== image) {
        this.shown = image;
        this.picture.src = this.words.picture.replace("/0/", `/${image}/`);
      }
      for (const [child, box] of this.boxes) {
        if (this.areas.children.includes(child)) continue;
        box.remove();
        this.boxes.delete(child);
      }
      for (const child of this.areas.children) this.place(child);
    }

    place(child) {
      const box = this.boxes.get(child) ?? this.box(child);
      const { x, y, width, height } = this.rect(child);
      this.lay(box, { x, y, width, height });
      // As learners meet it, the smaller lies over the larger.
      box.style.zIndex = String(1 + WHOLE * WHOLE - Math.min(WHOLE * WHOLE, Math.round(width * height)));
      const { number } = this.numbered(child);
      const isRight = Boolean(this.field(child, "is_right")?.checked);
      const text = this.field(child, "text_lv")?.value || this.words.nameless;
      box.classList.toggle("is-right", isRight);
      box.firstChild.textContent = isRight ? `${number} ✓` : String(number);
      box.setAttribute("aria-label", fill(isRight ? this.words.right : this.words.name, { number, text }));
    }

    box(child) {
      const box = make("button", { type: "button", className: "places-box" },
        make("span", {}), make("span", { className: "places-corner" }));
      box.setAttribute("aria-describedby", this.hint.id);
      this.boxes.set(child, box);
      this.sheet.append(box);
      return box;
    }

    lay(element, { x, y, width, height }) {
      const sides = { left: x, top: y, width, height };
      for (const [side, share] of Object.entries(sides)) element.style[side] = `${share}%`;
    }

    // --- mouse and finger ----------------------------------------------------------------------

    at({ clientX, clientY }) {
      const { left, top, width, height } = this.picture.getBoundingClientRect();
      return { x: ((clientX - left) / width) * WHOLE, y: ((clientY - top) / height) * WHOLE };
    }

    start(event) {
      if (event.button || this.gesture) return;
      event.preventDefault();
      const box = event.target.closest(".places-box");
      const child = [...this.boxes].find(([, one]) => one === box)?.[0];
      if (!child && this.areas.children.length >= this.words.most) return;
      const kind = !child ? "draw" : event.target.closest(".places-corner") ? "resize" : "move";
      this.gesture = { kind, child, from: this.at(event), pixels: [event.clientX, event.clientY], rect: child && this.rect(child) };
      this.sheet.setPointerCapture(event.pointerId);
      (box ?? this.sheet).focus();
      this.escape = (pressed) => {
        if (pressed.key !== "Escape") return;
        pressed.preventDefault();
        pressed.stopPropagation();
        this.cancel();
      };
      document.addEventListener("keydown", this.escape, true);
    }

    follow(event) {
      const { gesture } = this;
      if (!gesture) return;
      const now = this.at(event);
      const [across, down] = [now.x - gesture.from.x, now.y - gesture.from.y];
      const { least } = this.words;
      if (gesture.kind === "draw") {
        if (Math.hypot(event.clientX - gesture.pixels[0], event.clientY - gesture.pixels[1]) < SLACK) return;
        gesture.drawn = between(gesture.from, now, least);
        this.ghost.hidden = false;
        return this.lay(this.ghost, gesture.drawn);
      }
      this.write(gesture.child, gesture.kind === "move" ? moved(gesture.rect, across, down) : resized(gesture.rect, across, down, least));
    }

    end() {
      const gesture = this.stop();
      if (!gesture) return;
      if (gesture.drawn) return this.add(gesture.drawn);
      if (gesture.child) this.keep(gesture.child, gesture.rect);
    }

    cancel() {
      const gesture = this.stop();
      if (gesture?.child) this.write(gesture.child, gesture.rect);
    }

    stop() {
      const { gesture } = this;
      this.gesture = null;
      this.ghost.hidden = true;
      document.removeEventListener("keydown", this.escape, true);
      return gesture;
    }

    add(rect) {
      const state = { text_lv: "", text_en: "", is_right: false, ...rect };
      const child = this.areas.insert(state, this.areas.children.length, {}) ?? this.areas.children.at(-1);
      this.undone.push({ child });
      this.draw();
      this.boxes.get(child).focus();
      this.changed(child);
    }

    keep(child, before) {
      if (isSame(before, this.rect(child))) return;
      this.undone.push({ child, before });
      this.changed(child);
    }

    // --- keyboard ------------------------------------------------------------------------------

    key(event) {
      if (event.key === "Escape") return this.undo(event);
      const child = [...this.boxes].find(([, box]) => box === event.target)?.[0];
      const step = ARROWS[event.key];
      if (!child || !step) return;
      event.preventDefault();
      const before = this.rect(child);
      this.write(child, event.shiftKey ? resized(before, ...step, this.words.least) : moved(before, ...step));
      this.keep(child, before);
    }

    undo(event) {
      const last = this.undone.pop();
      if (!last) return;
      event.preventDefault();
      event.stopPropagation();
      const place = this.areas.children.indexOf(last.child);
      if (place < 0) return;
      if (last.before) {
        this.write(last.child, last.before);
        return this.changed(last.child);
      }
      this.areas.deleteBlock(place);
      this.draw();
      this.status.textContent = this.words.gone;
      this.sheet.querySelector(".places-box")?.focus();
    }
  }

  class PictureBlockDefinition extends window.wagtailStreamField.blocks.StructBlockDefinition {
    render(...args) {
      const block = super.render(...args);
      new Stage(block, this.meta.places);
      return block;
    }
  }

  window.telepath.register("lessons.PictureBlock", PictureBlockDefinition);
})();
