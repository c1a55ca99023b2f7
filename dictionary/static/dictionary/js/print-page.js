// <print-page data-print="…" data-large="…">: print the page, as it is or, where that is offered, in large letters.

class PrintPage extends HTMLElement {
  connectedCallback() {
    if (this.dataset.large) this.append(this.button("large", true));
    this.append(this.button("print", false));
    addEventListener("afterprint", () => document.documentElement.classList.remove("large-print"));
  }

  button(name, isLarge) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: "btn quiet", textContent: this.dataset[name] });
    made.addEventListener("click", () => {
      document.documentElement.classList.toggle("large-print", isLarge);
      print();
    });
    return made;
  }
}

customElements.define("print-page", PrintPage);
