export { packageLoader, PackageMissing } from "./packages";
