export { moduleImporter, type ModulePlaces } from "./module-importer";
export { packageLoader, PackageMissing, packagePlaces } from "./packages";
