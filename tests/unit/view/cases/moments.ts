/** The instant from which every case is seen. */
export const NOW = Date.UTC(2026, 10, 22, 9, 40, 39);

/** Milliseconds of a day. */
export const DAY = 86_400_000;
