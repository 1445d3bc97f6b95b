import { globalSlot } from "../core";
import type { Flavor, LoadableFlavor } from "../models";
import { flavorsWithoutTraining } from "./flavors-without-training";
import type { Integration } from "./integration";
import { integrations } from "./integrations";

/** By name: trackbook's own libraries, and those that `registerIntegration` has added. Autologging, saving and loading all look here. */
const registered = globalSlot("integrations", () => new Map(integrations.map((one) => [one.name, one])));

/** Every library that is known in this process. */
export const registeredIntegrations = (): readonly Integration[] => [...registered.values()];

/** Adds a library, or puts it in the place of the one that has its name. */
export function putIntegration(integration: Integration): void {
  registered.set(integration.name, integration);
}

/** The flavor of every known library that keeps models, the libraries added last first: who adds one means it. Last those that belong to none. */
export const registeredFlavors = (): readonly Flavor[] => [
  ...registeredIntegrations()
    .flatMap(({ flavor }) => (flavor ? [flavor] : []))
    .reverse(),
  ...flavorsWithoutTraining.logged.map(({ flavor }) => flavor),
];

/** Every flavor whose models can be loaded, in the same order, and last those that are only loaded. */
export const loadableFlavors = (): readonly LoadableFlavor[] => [
  ...registeredFlavors().flatMap(asLoadable),
  ...flavorsWithoutTraining.loaded.map(({ flavor }) => flavor),
];

/** The flavors to load by that are in all likelihood called `name`: those of libraries of that name, of which alone the code is loaded. */
export const likelyFlavors = (name: string): readonly LoadableFlavor[] =>
  [...registeredIntegrations(), ...flavorsWithoutTraining.logged, ...flavorsWithoutTraining.loaded].flatMap((one) =>
    one.name === name && one.flavor ? asLoadable(one.flavor) : [],
  );

const asLoadable = ({ name, predictor }: Pick<Flavor, "name" | "predictor">): readonly LoadableFlavor[] =>
  predictor ? [{ name, predictor }] : [];
