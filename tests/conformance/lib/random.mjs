// A seeded generator (mulberry32): the same seed gives the same documents on every machine.
export class Random {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let t = this.#state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  }

  int(below) {
    return Math.floor(this.next() * below);
  }

  chance(share) {
    return this.next() < share;
  }

  pick(items) {
    return items[this.int(items.length)];
  }

  /** Between `least` and `most` results of `make`. */
  some(least, most, make) {
    return Array.from({ length: least + this.int(most - least + 1) }, (_, i) => make(i));
  }
}

/** The seed of this run; set PLUMBLINE_SEED to repeat another. */
export const seed = Number(process.env.PLUMBLINE_SEED ?? 20260105);

/** Corpus sizes grow by PLUMBLINE_SOAK. */
export const scale = Number(process.env.PLUMBLINE_SOAK ?? 1);
