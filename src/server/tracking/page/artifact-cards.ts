import { type FileInfo, type RunEntity, TrackbookError } from "../../../core";
import { formatBytes, type Markup, markup } from "../../../view";
import { mediaTypeOf } from "../artifacts";
import type { Backend } from "../backend";
import type { Addresses } from "./addresses";
import { problemCard } from "./layout";
import { textPreview } from "./text-preview";

/** A folder of a run's artifacts, or the folder of a file with the file. */
export async function artifactCards(
  { artifacts }: Backend,
  addresses: Addresses,
  { info }: RunEntity,
  path: string,
): Promise<Markup> {
  try {
    const repository = artifacts.open(info.artifactUri);
    const inPath = await repository.list(path);
    const isFolder = path === "" || inPath.length > 0;
    const folder = isFolder ? path : path.split("/").slice(0, -1).join("/");
    const files = isFolder ? inPath : await repository.list(folder);
    const file = isFolder ? undefined : files.find((one) => one.path === path);
    const list = folderCard(files, folder, (to) => addresses.run(info.experimentId, info.runId, to));
    if (!file) return list;
    const href = addresses.file(info.runId, path);
    const isImage = mediaTypeOf(path).startsWith("image/");
    const preview = isImage
      ? markup`<img src="${href}" alt="${path}">`
      : markup`<pre>${await textPreview(repository, file)}</pre>`;
    return markup`${list}<section class="card"><header><b>${path}</b><span class="grow"></span><a href="${href}">download</a></header><div class="preview">${preview}</div></section>`;
  } catch (error) {
    if (error instanceof TrackbookError) return problemCard(error.message);
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
