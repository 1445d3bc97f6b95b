import type { Integration } from "../libraries";

/** Stands for whatever is given to `track`: the library `function` in autolog's options, tags and events. */
export const trackedFunctions: Integration = { name: "function", packages: {}, trainings: [] };
