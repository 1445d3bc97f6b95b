import { warnOnce } from "../../core";
import type { Integration } from "../../libraries";
import { optionsFor } from "../options";
import type { LoadedModule } from "./modules";

/** Whether this copy of a library is to be hooked: an untested version is, with one warning, unless the user says otherwise. */
export function checkVersion({ name, packages }: Integration, { packageName, version }: LoadedModule): boolean {
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
  return !disableForUnsupportedVersions;
}
