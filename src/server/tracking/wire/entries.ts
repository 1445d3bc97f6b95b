/** A record as MLflow's lists of keys and values; nothing for an empty one, which the protocol leaves out. */
export const pairForms = (record: Readonly<Record<string, string>>): readonly object[] | undefined =>
  listForm(Object.entries(record).map(([key, value]) => ({ key, value })));

/** A list, which the protocol leaves out when it is empty. */
export const listForm = <T>(items: readonly T[]): readonly T[] | undefined => (items.length === 0 ? undefined : items);

/** A number; what JSON has no form for is text. */
export const numberForm = (value: number): number | string => (Number.isFinite(value) ? value : String(value));
