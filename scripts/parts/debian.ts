import { hasCommand, runCommand } from "../run-command";

let queue: Promise<void> = Promise.resolve();

/**
 * Installs Debian packages when this process may: as root, where apt-get is. One call at a time, for dpkg's lock.
 *
 * @throws Error that says why not.
 */
export function installDebianPackages(names: readonly string[]): Promise<void> {
  const installed = queue.then(() => install(names));
  queue = installed.catch(() => undefined);
  return installed;
}

async function install(names: readonly string[]): Promise<void> {
  const missing = `${names.join(", ")} not installed`;
  if (!(await hasCommand("apt-get"))) throw new Error(`${missing}, and this machine has no apt-get`);
  if (process.getuid?.() !== 0) throw new Error(`${missing}, and only root can install it`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["update", "-q"], { env });
  await runCommand("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...names], { env });
}
