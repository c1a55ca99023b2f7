// A place on the device for what the server does not have yet. It outlasts a reload, a crash and a closed lid.
// Sound lies here as plain bytes, not as a file: some browsers lose files that they were given to keep.

const STORE = "waiting";

const settled = (request) => new Promise((resolve, reject) => {
  request.addEventListener("success", () => resolve(request.result));
  request.addEventListener("error", () => reject(request.error));
});

export class Shelf {
  #opened = null;
  #memory = new Map(); // for a browser that keeps nothing

  /** False where the browser keeps nothing: then whoever records must be told. Known once something was asked. */
  isLasting = true;

  constructor(name = "studio-outbox") { this.name = name; }

  async #database() {
    this.#opened ??= (async () => {
      const asked = indexedDB.open(this.name, 1);
      asked.addEventListener("upgradeneeded", () => asked.result.createObjectStore(STORE, { keyPath: "id" }));
      return settled(asked);
    })().catch(() => { this.isLasting = false; return null; });
    return this.#opened;
  }

  async #do(mode, action, instead) {
    const database = await this.#database();
    if (!database) return instead();
    const transaction = database.transaction(STORE, mode);
    const done = new Promise((resolve, reject) => {
      transaction.addEventListener("complete", resolve);
      for (const name of ["abort", "error"]) transaction.addEventListener(name, () => reject(transaction.error));
    });
    const [result] = await Promise.all([settled(action(transaction.objectStore(STORE))), done]);
    return result;
  }

  /** Keep an entry, which has an `id`; it is kept once this resolves. Rejects if the device is full. */
  put(entry) {
    return this.#do("readwrite", (store) => store.put(entry), () => { this.#memory.set(entry.id, entry); });
  }

  remove(id) { return this.#do("readwrite", (store) => store.delete(id), () => { this.#memory.delete(id); }); }

  /** Return all entries, in the order in which they came. */
  async all() {
    const found = await this.#do("readonly", (store) => store.getAll(), () => [...this.#memory.values()]);
    return found.sort((one, other) => one.number - other.number);
  }
}
