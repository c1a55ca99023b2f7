// Sends one long recording in parts. Parts that are here are not sent again, so it goes on after a broken connection and
// after a reload, once the same file is chosen. One part at a time is in memory.

import { Refused, fill, headersOf, read, send, wake } from "./sending.js";

class LongSender {
  constructor(form) {
    this.form = form;
    this.words = read("upload-words");
    this.find = (name) => form.querySelector(`[data-${name}]`);
    this.isBusy = false;
    wake(form, () => this.isBusy);
    const input = form.querySelector("input[type=file]");
    input.addEventListener("change", () => this.go(input.files[0]));
    this.find("again").addEventListener("click", () => this.go(this.file));
    this.go(input.files[0]); // what was chosen before this script was there
  }

  async go(file) {
    if (!file || this.isBusy) return;
    this.file = file;
    this.find("again").hidden = true;
    if (file.size > Number(this.form.dataset.most)) {
      this.say(this.words.too_big);
      return;
    }
    this.isBusy = true;
    try {
      await this.everything(file);
      this.isBusy = false;
      location.assign(this.form.dataset.then);
    } catch (error) {
      this.isBusy = false;
      const isRefused = error instanceof Refused;
      this.say(isRefused ? error.message || this.words.gone : this.words.failed);
      this.find("again").hidden = isRefused;
    }
  }

  async everything(file) {
    const headers = headersOf(this.form);
    const { begin, part, finish } = this.form.dataset;
    const about = JSON.stringify({ name: file.name.slice(-200), size: file.size });
    const here = await send(begin, about, headers);
    const count = Math.ceil(file.size / here.part_bytes);
    const sent = new Set(here.parts);
    for (let number = 0; number < count; number += 1) {
      this.show((number / count) * 100);
      if (sent.has(number)) continue;
      const slice = file.slice(number * here.part_bytes, (number + 1) * here.part_bytes);
      const body = await slice.arrayBuffer();
      const hear = (share) => this.show(((number + share) / count) * 100);
      await send(part.replace(/0\/$/, `${number}/`), body, headers, hear);
    }
    this.show(100);
    await send(finish, "", headers);
  }

  show(percent) {
    const bar = this.find("bar");
    bar.hidden = false;
    bar.value = percent / 100;
    this.say(fill(this.words.part, { percent: Math.floor(percent) }));
  }

  say(text) {
    this.find("said").textContent = text;
  }
}

document.querySelectorAll("[data-send-long]").forEach((form) => new LongSender(form));
