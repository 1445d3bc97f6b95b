/**
 * CommonJS modules as one, which runs `entry`: a model then holds one file in place of many. They may require each other as `./name`, and
 * whatever else `require` finds.
 */
export function oneModule(modules: Readonly<Record<string, string>>, entry: string): string {
  const parts = Object.entries(modules).map(
    ([name, code]) => `${JSON.stringify(`./${name}`)}(exports, require) {\n${code.replace(/^"use strict";\n/, "")}},\n`,
  );
  return `"use strict";
const modules = {
${parts.join("")}};
const loaded = {};
const load = (name) => {
  if (!Object.hasOwn(modules, name)) return require(name);
  if (!Object.hasOwn(loaded, name)) modules[name]((loaded[name] = {}), load);
  return loaded[name];
};
load(${JSON.stringify(`./${entry}`)});
`;
}
