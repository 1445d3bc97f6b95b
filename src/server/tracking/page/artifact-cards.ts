import { messages, StoreError, type FileInfo, type LoggedModel, type RunEntity, TrackbookError } from "../../../core";
import { formatBytes, type Markup, markup } from "../../../view";
import { mediaTypeOf } from "../artifacts";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { problemCard } from "./layout";
import { textPreview } from "./text-preview";

/** Where artifacts lie, and where pages lead to them. */
export interface ArtifactPlace {
  readonly uri: string;
  /** The page with a folder or file. */
  page(path: string): string;
  /** A file to download. */
  file(path: string): string;
}

/** The artifacts of a run. */
export const artifactsOfRun = (addresses: Addresses, { info }: RunEntity): ArtifactPlace => ({
  uri: info.artifactUri,
  page: (path) => addresses.run(info.experimentId, info.runId, path),
  file: (path) => addresses.file(info.runId, path),
});

/** The artifacts of a LoggedModel. */
export const artifactsOfModel = (
  addresses: Addresses,
  { artifactLocation, experimentId, modelId }: LoggedModel,
): ArtifactPlace => ({
  uri: artifactLocation,
  page: (path) => addresses.loggedModel(experimentId, modelId, path),
  file: (path) => addresses.modelFile(modelId, path),
});

/** A folder of artifacts, or the folder of a file with the file. */
export async function artifactCards({ artifacts }: Backend, place: ArtifactPlace, path: string): Promise<Markup> {
  try {
    const repository = artifacts.open(place.uri);
    const inPath = await repository.list(path);
    const isFolder = path === "" || inPath.length > 0;
    const folder = isFolder ? path : path.split("/").slice(0, -1).join("/");
    const files = isFolder ? inPath : await repository.list(folder);
    const file = isFolder ? undefined : files.find((one) => one.path === path);
    const list = folderCard(files, folder, place.page);
    if (!file) {
      const missing = !isFolder && problemCard(new StoreError(messages.artifactNotFound(path, place.uri)));
      return markup`${missing}${list}`;
    }
    const href = place.file(path);
    const isImage = mediaTypeOf(path).startsWith("image/");
    const preview = isImage
      ? markup`<img src="${href}" alt="${path}">`
      : markup`<pre>${await textPreview(repository, file)}</pre>`;
    return markup`${list}<section class="card"><header><b>${path}</b><span class="grow"></span><a href="${href}">download</a></header><div class="preview">${preview}</div></section>`;
  } catch (error) {
    if (error instanceof TrackbookError) return problemCard(error);
    throw error;
  }
}

function folderCard(files: readonly FileInfo[], folder: string, address: (path: string) => string): Markup {
  const up =
    folder !== "" &&
    markup`<tr><th scope="row"><a href="${address(folder.split("/").slice(0, -1).join("/"))}">..</a></th><td></td></tr>`;
  const rows = files.map(
    ({ path, isDir, fileSize }) =>
      markup`<tr><th scope="row"><a href="${address(path)}">${path.slice(folder === "" ? 0 : folder.length + 1)}${isDir && "/"}</a></th><td class="mut">${fileSize === undefined ? "" : formatBytes(fileSize)}</td></tr>`,
  );
  const body =
    files.length === 0 && folder === ""
      ? markup`<p class="note quiet">No artifacts.</p>`
      : markup`<div class="main"><table><tbody>${up}${rows}</tbody></table></div>`;
  return markup`<section class="card"><header><b>artifacts</b> <span class="mut">${folder}</span></header>${body}</section>`;
}
