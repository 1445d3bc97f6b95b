/** How many generated cases a property is tried on: all in CI, a tenth of them in the inner loop. */
export const samples = (all: number): number => (process.env.CI === "true" ? all : Math.ceil(all / 10));
