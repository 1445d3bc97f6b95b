import { now, type Page, type RunEntity, TAGS, TrackbookError, type ViewType } from "../../../core";
import { describeRuns, type Markup, markup, runTableView } from "../../../view";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { deletedCard, layout, problemCard } from "./layout";
import { firstOf, nextPart, partLinks } from "./list-part";

const PAGE = 50;
const VIEWS = { ACTIVE_ONLY: "active", DELETED_ONLY: "deleted", ALL: "all" } as const;

/** What is said where there are no runs; of active ones the way to the first. */
const EMPTY: Readonly<Record<ViewType, string | undefined>> = {
  ACTIVE_ONLY: undefined,
  DELETED_ONLY: "No deleted runs.",
  ALL: "No runs, not even deleted ones.",
};

/** The page of an experiment: its runs, searched, ordered, and to be chosen for a comparison. */
export async function experimentPage(
  { store }: Backend,
  addresses: Addresses,
  { id, query }: { readonly id: string; readonly query: URLSearchParams },
): Promise<string> {
  const { name, tags, lifecycleStage } = await store.getExperiment(id);
  const [filter, order, token] = ["filter", "order", "page"].map((field) => query.get(field) ?? "") as [
    string,
    string,
    string,
  ];
  const given = query.get("view") ?? "";
  const isDeleted = lifecycleStage === "deleted";
  // The runs of a deleted experiment are deleted with it.
  const usual = isDeleted ? "ALL" : "ACTIVE_ONLY";
  const view: ViewType = Object.hasOwn(VIEWS, given) ? (given as ViewType) : usual;
  const first = firstOf(query);
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
      isDeleted && deletedCard("experiment", `trackbook experiments restore -x ${id}`),
      note !== undefined && note !== "" && markup`<p class="note">${note}</p>`,
      searchForm(filter, order, view),
      found instanceof TrackbookError
        ? problemCard(found)
        : runForm(found, addresses, {
            order,
            first,
            on: nextPart(found.nextPageToken, first, PAGE),
            here: (query) => addresses.experiment(id, { filter, order, view, ...query }),
            emptyHint: filter !== "" ? "No run passes the filter." : EMPTY[isDeleted ? "ALL" : view],
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

interface RunFormOptions {
  readonly order: string;
  readonly first: number;
  readonly on: ReturnType<typeof nextPart>;
  /** The address of this search, of its beginning or of what a query names. */
  here(query?: ReturnType<typeof nextPart>): string;
  readonly emptyHint: string | undefined;
}

function runForm(
  { items }: Page<RunEntity>,
  addresses: Addresses,
  { order, first, on, here, emptyHint }: RunFormOptions,
): Markup {
  const time = now();
  const table = describeRuns(items, { now: time });
  const fragment = runTableView.fragment(
    {
      ...table,
      first,
      hasMore: on !== undefined,
      order: order === "" ? "newest first" : `by ${order}`,
      choiceName: "run",
      roomCall: "Compare the chosen",
      emptyHint,
      rows: table.rows.map((row, index) => {
        const { experimentId = "", runId = "" } = items[index]?.info ?? {};
        return { ...row, href: addresses.run(experimentId, runId) };
      }),
    },
    { now: time, isPage: true },
  );
  const compare = items.length > 0 && markup`<button>Compare the chosen</button>`;
  const links = partLinks({ first, count: PAGE, start: here(), next: on && here(on) });
  return markup`<form action="${addresses.compare()}">${fragment}<div class="below">${compare}<span class="grow"></span>${links}</div></form>`;
}
