import { now } from "../../../core";
import { describeExperiments, experimentListView, markup } from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { layout } from "./layout";

const SHOWN = 500;

/** The page of all experiments, or those whose names hold a text. */
export async function experimentsPage(
  { store }: Backend,
  addresses: Addresses,
  prefix: string,
  query: URLSearchParams,
): Promise<string> {
  const name = query.get("name") ?? "";
  const filter = name === "" ? undefined : `name ILIKE '%${name.replaceAll("'", "''")}%'`;
  const viewType = query.get("view") === "DELETED_ONLY" ? "DELETED_ONLY" : "ACTIVE_ONLY";
  const { items } = await store.searchExperiments({
    filter,
    viewType,
    maxResults: SHOWN,
    orderBy: ["last_update_time DESC"],
  });
  const list = describeExperiments(items);
  const rows = list.rows.map((row) => ({ ...row, href: addresses.experiment(row.experimentId) }));
  const search = markup`<form class="search"><input name="name" value="${name}" placeholder="part of a name" aria-label="part of a name"><label><input type="checkbox" name="view" value="DELETED_ONLY"${viewType === "DELETED_ONLY" && markup` checked`}> deleted</label><button>Search</button></form>`;
  return layout(prefix, [], [search, experimentListView.fragment({ ...list, rows }, { now: now() })]);
}
