const INSTALLERS: Readonly<Record<string, string>> = { pnpm: "pnpm add", yarn: "yarn add", bun: "bun add" };

/** The line that installs packages, for the package manager that runs us: `npm i ml-regression`. */
export function installLine(packages: readonly string[], userAgent = process.env.npm_config_user_agent): string {
  const [manager = "npm"] = userAgent?.split("/") ?? [];
  return `${INSTALLERS[manager] ?? "npm i"} ${packages.join(" ")}`;
}
