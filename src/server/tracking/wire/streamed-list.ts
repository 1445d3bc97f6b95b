import { setImmediate as turn } from "node:timers/promises";
import { BrokenAnswer } from "./broken-answer";
import { listForm } from "./entries";

/** A JSON object with a list that is too long to be held, and what else is known at its end. */
export class StreamedList<T> {
  readonly #name: string;
  readonly #begun: readonly (readonly T[])[];
  readonly #parts: AsyncGenerator<readonly T[], boolean>;
  readonly #form: (item: T) => object;
  readonly #end: (hasMore: boolean) => object;

  private constructor(
    name: string,
    begun: readonly (readonly T[])[],
    parts: AsyncGenerator<readonly T[], boolean>,
    form: (item: T) => object,
    end: (hasMore: boolean) => object,
  ) {
    this.#name = name;
    this.#begun = begun;
    this.#parts = parts;
    this.#form = form;
    this.#end = end;
  }

  /**
   * The object itself for a list of at most `most` items, else one that is read while it is sent.
   *
   * @param end what stands beside the list, when it is known whether there are more
   */
  static async of<T>(
    name: string,
    parts: AsyncGenerator<readonly T[], boolean>,
    most: number,
    form: (item: T) => object,
    end: (hasMore: boolean) => object,
  ): Promise<object> {
    const begun: (readonly T[])[] = [];
    for (let count = 0; count <= most; ) {
      const { done, value } = await parts.next();
      if (done) return { [name]: listForm(begun.flat().map(form)), ...end(value) };
      begun.push(value);
      count += value.length;
    }
    return new StreamedList(name, begun, parts, form, end);
  }

  /** The text as it is sent, part by part as it is taken. */
  body(): ReadableStream<Uint8Array> {
    const encoder = new TextEncoder();
    const texts = this.#texts();
    return new ReadableStream({
      async pull(controller) {
        const { done, value } = await texts.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value));
      },
      async cancel() {
        await texts.return(undefined);
      },
    });
  }

  async *#texts(): AsyncGenerator<string, void> {
    try {
      yield `{\n"${this.#name}": [\n${this.#begun.map((part) => this.#textOf(part)).join(",\n")}`;
      for (;;) {
        // A socket may take all at once.
        await turn();
        const { done, value } = await this.#parts.next();
        if (!done && value.length > 0) yield `,\n${this.#textOf(value)}`;
        if (!done) continue;
        const rest = JSON.stringify(this.#end(value)).slice(1, -1);
        return yield `\n]${rest && `,\n${rest}`}\n}`;
      }
    } catch (cause) {
      throw new BrokenAnswer(cause);
    } finally {
      await this.#parts.return(false);
    }
  }

  #textOf(items: readonly T[]): string {
    return items.map((item) => JSON.stringify(this.#form(item))).join(",\n");
  }
}
