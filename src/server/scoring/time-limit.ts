/** What became of work that had only so much time. */
export type Timely<T> = { readonly isLate: false; readonly value: T } | { readonly isLate: true };

/** Waits for `work`, at most for so many milliseconds; what comes of it later is dropped. */
export async function within<T>(ms: number, work: Promise<T>): Promise<Timely<T>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Timely<T>>((resolve) => {
    timer = setTimeout(() => resolve({ isLate: true }), ms);
  });
  try {
    return await Promise.race([work.then((value): Timely<T> => ({ isLate: false, value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
