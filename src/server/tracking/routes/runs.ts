import { InvalidInputError, LIMITS, messages, newRunName, now, TAGS } from "../../../core";
import { toTag } from "../../../tracking";
import { filterText, integer, list, preset, required, runId, text } from "../fields";
import { listForm, runForm, runInfoForm } from "../wire";
import { jsonRoute, type Route } from "./route";
import { pairs, runStatus, viewType } from "./wire-messages";

const subject = "runs";
/** Runs as a whole. */
export const RUN_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "Creates a run, RUNNING until it is updated.",
    methods: ["POST"],
    path: "mlflow/runs/create",
    fields: {
      experiment_id: text(),
      user_id: text(),
      run_name: text(),
      start_time: integer({ least: 0 }),
      tags: pairs(),
    },
    async answer({ experiment_id, user_id, run_name, start_time, tags }, { store }) {
      const own = tags.map(({ key, value }) => toTag(key, value));
      const nameTag = own.find(({ key }) => key === TAGS.runName)?.value;
      if (run_name && nameTag && run_name !== nameTag)
        throw new InvalidInputError(messages.runNameMismatch(run_name, nameTag));
      const run = await store.createRun({
        experimentId: experiment_id || "0",
        userId: user_id ?? "",
        runName: run_name || nameTag || newRunName(),
        startTime: start_time || now(),
        tags: own.filter(({ key }) => key !== TAGS.runName),
      });
      return { run: runForm(run) };
    },
  }),
  jsonRoute({
    subject,
    summary: "Everything about a run.",
    methods: ["GET"],
    path: "mlflow/runs/get",
    fields: { run_id: runId() },
    answer: async ({ run_id }, { store }) => ({ run: runForm(await store.getRun(run_id)) }),
  }),
  jsonRoute({
    subject,
    summary: "The runs of some experiments that pass a filter, a page of them.",
    methods: ["POST"],
    path: "mlflow/runs/search",
    fields: {
      experiment_ids: list(text()),
      filter: filterText(),
      run_view_type: viewType(),
      max_results: preset(integer({ most: LIMITS.searchMaxResults }), LIMITS.searchDefaultResults),
      order_by: list(text()),
      page_token: text(),
    },
    async answer({ experiment_ids, filter, run_view_type, max_results, order_by, page_token }, { store }) {
      const { items, nextPageToken } = await store.searchRuns(experiment_ids, {
        filter,
        viewType: run_view_type,
        maxResults: max_results,
        orderBy: order_by,
        pageToken: page_token,
      });
      return { runs: listForm(items.map(runForm)), next_page_token: nextPageToken };
    },
  }),
  jsonRoute({
    subject,
    summary: "Changes a run's status, end or name.",
    methods: ["POST"],
    path: "mlflow/runs/update",
    fields: { run_id: runId(), status: runStatus(), end_time: integer({ least: 0 }), run_name: text() },
    async answer({ run_id, status, end_time, run_name }, { store }) {
      const runName = run_name || undefined;
      await store.updateRun(run_id, { status, endTime: end_time, runName });
      return { run_info: runInfoForm((await store.getRun(run_id)).info) };
    },
  }),
  jsonRoute({
    subject,
    summary: "Marks a run deleted.",
    methods: ["POST"],
    path: "mlflow/runs/delete",
    fields: { run_id: required(text()) },
    async answer({ run_id }, { store }) {
      await store.deleteRun(run_id);
    },
  }),
  jsonRoute({
    subject,
    summary: "Brings a deleted run back.",
    methods: ["POST"],
    path: "mlflow/runs/restore",
    fields: { run_id: required(text()) },
    async answer({ run_id }, { store }) {
      await store.restoreRun(run_id);
    },
  }),
];
