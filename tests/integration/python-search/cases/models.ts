export interface ModelCase {
  readonly filter: string;
  readonly orderBy?: readonly string[];
  readonly datasets?: readonly { name: string; digest?: string }[];
}

export const MODEL_CASES: readonly ModelCase[] = [
  { filter: "" },
  { filter: "name = 'forest_0'" },
  { filter: "name LIKE 'forest%'" },
  { filter: "name ILIKE 'LINEAR_1'" },
  { filter: "name IN ('forest_0', 'forest_1')" },
  { filter: "attributes.name NOT IN ('forest_0', 'forest_1')" },
  { filter: "model_type = 'type1'" },
  { filter: "model_type != 'type1'" },
  { filter: "params.depth = '3'" },
  { filter: "params.depth IN ('3', '4')" },
  { filter: "tags.team = 'vision' AND params.depth != '0'" },
  { filter: "metrics.rmse < 2" },
  { filter: "metrics.rmse != 0" },
  { filter: "metrics.rmse > 2 AND metrics.rmse < 2" },
  { filter: "metrics.rmse LIKE '2'" },
  { filter: "creation_timestamp > 0 AND last_updated_timestamp > 0" },
  { filter: "creation_time = 5" },
  { filter: "name > 'a'" },
  { filter: "nothing = 'a'" },
  { filter: "dataset.name = 'a'" },
  { filter: "(name = 'a')" + "," },
  { filter: "", orderBy: ["metrics.rmse"] },
  { filter: "", orderBy: ["metrics.rmse DESC"] },
  { filter: "", orderBy: ["name DESC", "model_id DESC"] },
  { filter: "", orderBy: ["model_type"] },
  { filter: "", orderBy: ["model_type DESC", "metrics.r2"] },
  { filter: "", orderBy: ["creation_timestamp ASC"] },
  { filter: "", orderBy: ["params.depth"] },
  { filter: "", datasets: [{ name: "cars" }] },
  { filter: "", datasets: [{ name: "cars", digest: "c1" }] },
  { filter: "metrics.rmse > 1", datasets: [{ name: "cars" }] },
  { filter: "metrics.rmse > 1", datasets: [{ name: "cars" }, { name: "iris", digest: "d0" }] },
  { filter: "name LIKE 'f%'", datasets: [{ name: "iris" }] },
];
