import { InvalidInputError, messages, validateArtifactPath } from "../../../core";
import { readBody } from "../../body";
import { fileAnswer, receive } from "../artifacts";
import type { Backend } from "../backend";
import { inPath, integer, list, message, required, runId, text } from "../fields";
import { fileForm, listForm } from "../wire";
import { fileRoute, jsonRoute, type Route } from "./route";

const subject = "artifacts";

/** What one request of the web page may send. */
const UPLOAD_LIMIT = 10 * 1024 * 1024;

/** The artifacts of runs, and the files behind `mlflow-artifacts:/`. */
export const ARTIFACT_ROUTES: readonly Route[] = [
  jsonRoute({
    subject,
    summary: "The files and folders directly below a folder of a run's artifacts.",
    methods: ["GET"],
    path: "mlflow/artifacts/list",
    fields: { run_id: runId(), path: text(), page_token: text() },
    async answer({ run_id, path }, backend) {
      const { artifactUri } = (await backend.store.getRun(run_id)).info;
      return { root_uri: artifactUri, files: await filesIn(backend, artifactUri, path) };
    },
  }),
  fileRoute({
    subject,
    summary: "A file of a run's artifacts.",
    methods: ["GET"],
    path: "get-artifact",
    place: "root",
    fields: { run_id: runId(), path: required(text()) },
    async respond({ run_id, path }, { store, artifacts }) {
      return fileAnswer(artifacts.open((await store.getRun(run_id)).info.artifactUri), path);
    },
  }),
  fileRoute({
    subject,
    summary: "Adds a file of at most 10 MB to a run's artifacts.",
    methods: ["POST"],
    path: "mlflow/upload-artifact",
    place: "page",
    fields: { run_uuid: { ...required(text()), alias: "run_id" }, path: required(text()) },
    fieldsIn: "query",
    async respond({ run_uuid, path }, { store, artifacts }, context) {
      const bytes = await readBody(context, UPLOAD_LIMIT);
      validateArtifactPath(path);
      if (bytes.length === 0) throw new InvalidInputError(messages.missingField("data"));
      await artifacts.open((await store.getRun(run_uuid)).info.artifactUri).write(path, bytes);
      return context.json({});
    },
  }),
  jsonRoute({
    subject,
    summary: "The files and folders directly below a folder behind `mlflow-artifacts:/`, by their names in it.",
    methods: ["GET"],
    path: "mlflow-artifacts/artifacts",
    fields: { path: text() },
    isProxy: true,
    async answer({ path = "" }, { artifacts }) {
      validateArtifactPath(path, true);
      const files = await artifacts.proxied().list(path);
      return { files: listForm(files.map((file) => fileForm({ ...file, path: file.path.replace(/^.*\//, "") }))) };
    },
  }),
  fileRoute({
    subject,
    summary: "A file behind `mlflow-artifacts:/`.",
    methods: ["GET"],
    path: "mlflow-artifacts/artifacts/{+artifact_path}",
    fields: { artifact_path: inPath() },
    isProxy: true,
    respond: async ({ artifact_path }, { artifacts }) => fileAnswer(artifacts.proxied(), artifact_path),
  }),
  fileRoute({
    subject,
    summary: "Writes a file behind `mlflow-artifacts:/`: the body as it is.",
    methods: ["PUT"],
    path: "mlflow-artifacts/artifacts/{+artifact_path}",
    fields: { artifact_path: inPath() },
    fieldsIn: "query",
    isProxy: true,
    async respond({ artifact_path }, { artifacts }, context) {
      await receive(context, artifacts.proxied(), artifact_path);
      return context.json({});
    },
  }),
  jsonRoute({
    subject,
    summary: "Removes a file behind `mlflow-artifacts:/`, or a folder with all that is in it.",
    methods: ["DELETE"],
    path: "mlflow-artifacts/artifacts/{+artifact_path}",
    fields: { artifact_path: inPath() },
    isProxy: true,
    async answer({ artifact_path }, { artifacts }) {
      validateArtifactPath(artifact_path);
      await artifacts.proxied().remove(artifact_path);
    },
  }),
  ...multipartRoutes(),
];

/** What is in a folder of the artifacts at a URI, as it is sent. */
export async function filesIn({ artifacts }: Backend, uri: string, path = ""): Promise<readonly object[] | undefined> {
  validateArtifactPath(path, true);
  return listForm((await artifacts.open(uri).list(path)).map(fileForm));
}

/** Uploads in parts go straight to storage that can take them. None of what is served here can, and `server-info` says so. */
function multipartRoutes(): readonly Route[] {
  const artifact_path = inPath();
  const refuse = async (): Promise<never> => {
    throw new InvalidInputError(messages.noMultipart());
  };
  const common = { subject, methods: ["POST"] as const, isProxy: true, answer: refuse };
  return [
    jsonRoute({
      ...common,
      summary: "Begins an upload in parts, where the storage takes such.",
      path: "mlflow-artifacts/mpu/create/{+artifact_path}",
      fields: { artifact_path, path: required(text()), num_parts: integer() },
    }),
    jsonRoute({
      ...common,
      summary: "Ends an upload in parts.",
      path: "mlflow-artifacts/mpu/complete/{+artifact_path}",
      fields: {
        artifact_path,
        path: required(text()),
        upload_id: required(text()),
        parts: list(message({ part_number: integer(), etag: text(), url: text() })),
      },
    }),
    jsonRoute({
      ...common,
      summary: "Gives up an upload in parts.",
      path: "mlflow-artifacts/mpu/abort/{+artifact_path}",
      fields: { artifact_path, path: required(text()), upload_id: required(text()) },
    }),
    jsonRoute({
      ...common,
      methods: ["GET"],
      summary: "Where a file can be fetched straight from storage.",
      path: "mlflow-artifacts/presigned/{+artifact_path}",
      fields: { artifact_path },
    }),
    jsonRoute({
      ...common,
      isProxy: false,
      summary: "Where a file of a run or model can be sent straight to storage.",
      path: "mlflow/artifacts/presigned-upload-url",
      fields: { run_id: text(), model_id: text(), path: required(text()), expiration: integer() },
    }),
    jsonRoute({
      ...common,
      isProxy: false,
      summary: "Where a file of a run can be fetched straight from storage.",
      path: "mlflow/artifacts/presigned-download-url",
      fields: { run_id: required(text()), path: required(text()), expiration: integer() },
    }),
  ];
}
