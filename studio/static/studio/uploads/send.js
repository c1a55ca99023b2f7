// Sends files one by one, two at a time: each is checked as it arrives, and a bad one does not stop the others.
// What is here already is not sent again, so choosing the same files after a reload goes on where it broke off.

import { Refused, fill, headersOf, read, send, wake } from "./sending.js";

const AT_ONCE = 2;
const LONGEST_NAME = 200;

class Sender {
  constructor(form) {
    this.form = form;
    this.words = read("upload-words");
    this.known = new Map(Object.entries(read("upload-known")));
    this.find = (name) => form.querySelector(`[data-${name}]`);
    this.jobs = [];
    this.running = 0;
    wake(form, () => this.running > 0);
    this.input = form.querySelector("input[type=file]");
    this.input.addEventListener("change", () => this.take());
    this.find("again").addEventListener("click", () => this.again());
    this.take(); // what was chosen before this script was there
  }

  take() {
    this.add([...this.input.files]);
    this.input.value = "";
  }

  add(files) {
    for (const file of files) {
      const row = document.createElement("li");
      const name = document.createElement("bdi");
      const said = document.createElement("span");
      name.textContent = file.name;
      row.append(name, " ", said);
      this.find("list").append(row);
      const job = { file, row, said, state: "waits" };
      this.jobs.push(job);
      this.say(job, "waits", this.words.waits);
      if (this.known.get(file.name) === file.size) this.say(job, "good", this.words.before);
      else if (file.size > Number(this.form.dataset.most)) this.say(job, "bad", this.words.too_big);
    }
    this.go();
  }

  again() {
    for (const job of this.jobs) if (job.state === "lost") this.say(job, "waits", this.words.waits);
    this.go();
  }

  go() {
    while (this.running < AT_ONCE) {
      const job = this.jobs.find((one) => one.state === "waits");
      if (!job) break;
      this.running += 1;
      this.say(job, "sending", this.words.sending);
      this.one(job).finally(() => {
        this.running -= 1;
        this.go();
      });
    }
    this.show();
  }

  async one(job) {
    let body;
    try {
      // Read before it is sent: a file that has vanished says so, and is not mistaken for a lost connection.
      body = await job.file.arrayBuffer();
    } catch {
      return this.say(job, "bad", this.words.unreadable);
    }
    const headers = { ...headersOf(this.form), "X-Upload-Name": encodeURIComponent(job.file.name.slice(-LONGEST_NAME)) };
    try {
      const hear = (share) => { job.said.textContent = `${this.words.sending} ${Math.round(share * 100)} %`; };
      const reply = await send(this.form.dataset.to, body, headers, hear);
      if (reply.fault) return this.say(job, "bad", reply.message);
      this.known.set(job.file.name, job.file.size);
      return this.say(job, "good", this.words.here);
    } catch (error) {
      if (error instanceof Refused) return this.say(job, "bad", error.message || this.words.gone);
      return this.say(job, "lost", this.words.failed);
    }
  }

  say(job, state, text) {
    job.state = state;
    job.said.textContent = text;
    job.row.dataset.state = state === "lost" ? "bad" : state;
    // What needs a person stands first.
    if (state === "bad" || state === "lost") this.find("list").prepend(job.row);
  }

  show() {
    const count = (...states) => this.jobs.filter((job) => states.includes(job.state)).length;
    const through = count("good", "bad");
    const bar = this.find("bar");
    bar.hidden = this.jobs.length === 0;
    bar.max = Math.max(1, this.jobs.length);
    bar.value = through;
    const isDone = this.jobs.length > 0 && through === this.jobs.length;
    const pattern = isDone ? this.words.all : this.words.progress;
    const values = { done: through, all: this.jobs.length, good: count("good"), bad: count("bad") };
    this.find("said").textContent = this.jobs.length ? fill(pattern, values) : "";
    this.find("again").hidden = count("lost") === 0;
    document.querySelector("[data-next]").disabled = count("waits", "sending") > 0;
    const here = document.querySelector("[data-here]");
    if (here && this.jobs.length) here.hidden = true;
  }
}

document.querySelectorAll("[data-send]").forEach((form) => new Sender(form));
