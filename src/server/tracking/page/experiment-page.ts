import { now, type Page, type RunEntity, TAGS, TrackbookError, type ViewType } from "../../../core";
import { describeRuns, type Markup, markup, runTableView } from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { layout, problemCard } from "./layout";

const PAGE = 50;
const VIEWS = { ACTIVE_ONLY: "active", DELETED_ONLY: "deleted", ALL: "all" } as const;

/** The page of an experiment: its runs, searched, ordered, and to be chosen for a comparison. */
export async function experimentPage(
  { store }: Backend,
  addresses: Addresses,
  { id, query }: { readonly id: string; readonly query: URLSearchParams },
): Promise<string> {
  const { name, tags } = await store.getExperiment(id);
  const [filter, order, token] = ["filter", "order", "page"].map((field) => query.get(field) ?? "") as [
    string,
    string,
    string,
  ];
  const given = query.get("view") ?? "";
  const view: ViewType = Object.hasOwn(VIEWS, given) ? (given as ViewType) : "ACTIVE_ONLY";
  const found = await search(() =>
    store.searchRuns([id], {
      filter,
      orderBy: order === "" ? undefined : order.split(",").map((item) => item.trim()),
      viewType: view,
      maxResults: PAGE,
      pageToken: token || undefined,
    }),
  );
  const note = tags[TAGS.note];
  return layout(
    addresses,
    "experiments",
    [{ name }],
    [
      note !== undefined && note !== "" && markup`<p class="note">${note}</p>`,
      searchForm(filter, order, view),
      found instanceof TrackbookError
        ? problemCard(found.message)
        : runForm(found, addresses, {
            order,
            next: found.nextPageToken && addresses.experiment(id, { filter, order, view, page: found.nextPageToken }),
            isSearch: filter !== "",
          }),
    ],
  );
}

/** The answer, or what was wrong with the question. */
async function search(
  ask: () => Page<RunEntity> | Promise<Page<RunEntity>>,
): Promise<Page<RunEntity> | TrackbookError> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TrackbookError && error.status < 500) return error;
    throw error;
  }
}

function searchForm(filter: string, order: string, view: ViewType): Markup {
  const options = Object.entries(VIEWS).map(
    ([value, word]) => markup`<option value="${value}"${value === view && markup` selected`}>${word}</option>`,
  );
  return markup`<form class="search"><input name="filter" value="${filter}" placeholder="metrics.loss &lt; 0.2 AND params.lr = '0.01'" aria-label="filter" spellcheck="false"><input name="order" value="${order}" placeholder="order: metrics.loss ASC" aria-label="order" spellcheck="false"><select name="view" aria-label="which runs">${options}</select><button>Search</button></form>`;
}

function runForm(
  { items }: Page<RunEntity>,
  addresses: Addresses,
  { order, next, isSearch }: { readonly order: string; readonly next: string | undefined; readonly isSearch: boolean },
): Markup {
  const time = now();
  const table = describeRuns(items, { now: time });
  const fragment = runTableView.fragment(
    {
      ...table,
      order: order === "" ? "newest first" : order,
      choiceName: "run",
      roomCall: "Compare the chosen",
      ...(isSearch && { emptyHint: "No run passes the filter." }),
      rows: table.rows.map((row, index) => {
        const { experimentId = "", runId = "" } = items[index]?.info ?? {};
        return { ...row, href: addresses.run(experimentId, runId) };
      }),
    },
    { now: time },
  );
  return markup`<form action="${addresses.compare()}">${fragment}<div class="below"><button>Compare the chosen</button><span class="grow"></span>${next !== undefined && markup`<a href="${next}">the next ${PAGE} →</a>`}</div></form>`;
}
