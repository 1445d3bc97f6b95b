import { globalSlot, warnOnce } from "../../core";
import type { Integration } from "../../libraries";
import { optionsFor } from "../options";
import type { LoadedModule } from "./modules";

/** Files of modules that the user wants left alone; their classes may have been replaced before anybody said so. */
const leftAlone = globalSlot("modules-left-alone", () => new Set<string>());

/** Whether the user wants nothing recorded of this module, whose version was not tested. */
export const isLeftAlone = ({ file }: Pick<LoadedModule, "file">): boolean => leftAlone.has(file);

/** Whether this copy of a library is to be hooked: an untested version is, with one warning, unless the user says otherwise. */
export function checkVersion(integration: Integration, module: LoadedModule): boolean {
  const isHooked = isTested(integration, module) || !optionsFor(integration.name).disableForUnsupportedVersions;
  if (isHooked) leftAlone.delete(module.file);
  else leftAlone.add(module.file);
  return isHooked;
}

function isTested({ name, packages }: Integration, { packageName, version }: LoadedModule): boolean {
  const range = packages[packageName];
  if (!range || !version) return true;
  const { satisfies } = require("semver") as typeof import("semver");
  if (satisfies(version, range, { includePrerelease: true })) return true;
  const { disableForUnsupportedVersions, silent } = optionsFor(name);
  if (!silent)
    warnOnce(
      `version:${packageName}@${version}`,
      `${packageName} ${version} was not tested with autolog (tested: ${range})${disableForUnsupportedVersions ? "; it is left alone" : ""}`,
    );
  return false;
}
