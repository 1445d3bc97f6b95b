import carsFile from "./data/cars.json";
import irisFile from "./data/iris.json";
import penguinsFile from "./data/penguins.json";

/** Cars, column by column. */
export interface Cars {
  readonly milesPerGallon: readonly number[];
  readonly weight: readonly number[];
  readonly horsepower: readonly number[];
  readonly displacement: readonly number[];
  readonly acceleration: readonly number[];
  readonly cylinders: readonly number[];
}

/** Rows of measures and the number of each row's species. */
export interface SpeciesData {
  readonly features: number[][];
  readonly labels: number[];
  readonly species: readonly string[];
}

/** 392 cars of 1970 to 1982 with all of their numbers. */
export const cars = (): Cars => carsFile.columns;

/** 342 penguins in a fixed mixed order: four measures, standardised, and the species. */
export function penguins(): SpeciesData {
  const { species, ...measures } = penguinsFile.columns;
  // The file is sorted by species, and a validation split takes the end of it.
  const order = species.map((_, index) => (index * 101) % species.length);
  const rows = rowsOf(Object.values(measures).map(standardise));
  return speciesData(
    order.map((row) => rows[row] ?? []),
    order.map((row) => species[row] ?? ""),
  );
}

/** 150 irises: four measures in centimetres and the species. */
export function irises(): SpeciesData {
  const { species, ...measures } = irisFile.columns;
  return speciesData(rowsOf(Object.values(measures)), species);
}

function speciesData(features: number[][], names: readonly string[]): SpeciesData {
  const species = [...new Set(names)];
  return { features, labels: names.map((name) => species.indexOf(name)), species };
}

/** Columns as rows. */
export const rowsOf = (columns: readonly (readonly number[])[]): number[][] =>
  (columns[0] ?? []).map((_, row) => columns.map((column) => column[row] as number));

function standardise(values: readonly number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance));
}
