type NumberArray = Float64Array | Uint32Array | Uint8Array;

/** A typed array that grows; what it begins with, a piece of a file perhaps, is never written to. */
export class NumberColumn<A extends NumberArray> {
  #data: A;
  #length: number;
  #isOwn = false;

  constructor(initial: A) {
    this.#data = initial;
    this.#length = initial.length;
  }

  get length(): number {
    return this.#length;
  }

  at(index: number): number {
    return this.#data[index] as number;
  }

  push(value: number): void {
    if (!this.#isOwn || this.#length === this.#data.length) this.#grow();
    this.#data[this.#length++] = value;
  }

  set(index: number, value: number): void {
    if (!this.#isOwn) this.#grow();
    this.#data[index] = value;
  }

  /** The values; a view that the next change may leave behind. */
  values(): A {
    return this.#data.subarray(0, this.#length) as A;
  }

  #grow(): void {
    const grown = new (this.#data.constructor as new (length: number) => A)(Math.max(64, this.#length * 2));
    grown.set(this.#data.subarray(0, this.#length));
    this.#data = grown;
    this.#isOwn = true;
  }
}
