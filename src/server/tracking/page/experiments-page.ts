import { now } from "../../../core";
import { describeExperiments, experimentListView, markup } from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { layout } from "./layout";
import { firstOf, nextPart, partLinks } from "./list-part";

const SHOWN = 500;

/** The page of all experiments, or those whose names hold a text. */
export async function experimentsPage(
  { store }: Backend,
  addresses: Addresses,
  query: URLSearchParams,
): Promise<string> {
  const name = query.get("name") ?? "";
  const filter = name === "" ? undefined : `name ILIKE '%${name.replaceAll("'", "''")}%'`;
  const viewType = query.get("view") === "DELETED_ONLY" ? "DELETED_ONLY" : "ACTIVE_ONLY";
  const { items, nextPageToken } = await store.searchExperiments({
    filter,
    viewType,
    maxResults: SHOWN,
    orderBy: ["last_update_time DESC"],
    pageToken: query.get("page") || undefined,
  });
  // To LIKE, which has no escape, % and _ are any letters.
  const named = items.filter((item) => item.name.toLowerCase().includes(name.toLowerCase()));
  const first = firstOf(query);
  const on = nextPart(nextPageToken, first, SHOWN);
  const list = describeExperiments(named, { first, hasMore: on !== undefined });
  const rows = list.rows.map((row) => ({ ...row, href: addresses.experiment(row.experimentId) }));
  const search = markup`<form class="search"><input name="name" value="${name}" placeholder="part of a name" aria-label="part of a name"><label><input type="checkbox" name="view" value="DELETED_ONLY"${viewType === "DELETED_ONLY" && markup` checked`}> deleted ones only</label><button>Search</button></form>`;
  const fragment = experimentListView.fragment({ ...list, rows }, { now: now(), isPage: true });
  const links = partLinks({
    first,
    count: SHOWN,
    start: addresses.experiments({ name, view: viewType }),
    next: on && addresses.experiments({ name, view: viewType, ...on }),
  });
  return layout(addresses, "experiments", [], [search, fragment, links]);
}
