/** What we take and Python 3.17 does not, or takes otherwise: `like` is a filter (or order) of Python's with our meaning. */
export const RUN_DEVIATIONS: readonly {
  name: string;
  filter?: string;
  orderBy?: string[];
  like: { filter?: string; orderBy?: string[] } | "error";
}[] = [
  { name: "OR", filter: "status = 'FINISHED' OR status = 'FAILED'", like: { filter: "status LIKE 'F%'" } },
  { name: "parentheses", filter: "(metrics.loss > 0)", like: { filter: "metrics.loss > 0" } },
  { name: "NOT", filter: "NOT status = 'KILLED'", like: { filter: "status != 'KILLED'" } },
  { name: "a positive sign in the exponent", filter: "metrics.loss > 1e+19", like: { filter: "metrics.loss > 1e19" } },
  {
    name: "several spaces inside IS NOT NULL",
    filter: "tags.team IS  NOT  NULL",
    like: { filter: "tags.team IS NOT NULL" },
  },
  { name: "a filter of spaces is empty", filter: "  ", like: { filter: "" } },
  {
    name: "a doubled quote stands for one",
    filter: "params.optimizer = 'it''s'",
    like: { filter: 'params.optimizer = "it\'s"' },
  },
  { name: "names of digits only", filter: "NOT metrics.1 > 1", like: { filter: "" } },
  { name: "ILIKE beyond ASCII", filter: "params.optimizer ILIKE 'É'", like: { filter: "params.optimizer = 'é'" } },
  { name: "the whole key in back-ticks", filter: "`metrics.loss` > 0", like: { filter: "metrics.loss > 0" } },
  { name: "the kind in double quotes", filter: '"metrics".loss > 0', like: { filter: "metrics.loss > 0" } },
  { name: "no name behind the dot", filter: "metrics. != 1", like: "error" },
  { name: "a lone AND", filter: "AND", like: "error" },
  { name: "a space behind the dot is no part of the name", filter: "metrics. loss != 5", like: "error" },
  { name: "order by experiment_id", orderBy: ["experiment_id"], like: {} },
  { name: "order by an alias of run_name", orderBy: ["`Run name` DESC"], like: { orderBy: ["run_name DESC"] } },
  { name: "spaces around an order", orderBy: ["  metrics.loss   DESC  "], like: { orderBy: ["metrics.loss DESC"] } },
];
