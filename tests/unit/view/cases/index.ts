export { type GalleryCase, galleryCases } from "./gallery";
export { NOW } from "./moments";
export { runCards } from "./run-cards";
export { runComparisons } from "./run-comparisons";
export { runTables } from "./run-tables";
