import type { ErrorCode, Problem } from "../errors";
import { withoutCredentials } from "../places";

/** Only MLflow's own 400 is about the artifact: another store's, or a proxy's, may be about its credentials or the hour. */
function codeOfTransfer(status: number, isOfMlflow: boolean): ErrorCode {
  if (status === 400 && isOfMlflow) return "INVALID_PARAMETER_VALUE";
  if (status === 401 || status === 403) return "PERMISSION_DENIED";
  return status >= 500 || status === 429 ? "TEMPORARILY_UNAVAILABLE" : "INVALID_STATE";
}

/** What is said of servers, and of what waits to be sent to one. */
export const remoteMessages = {
  /** The server's own words; ours brings its hint along. */
  serverSays: (code: ErrorCode, said: string): Problem => {
    const [what = "", hint] = said.replace(/ \[[A-Z_]+\]$/, "").split(" Hint: ");
    return {
      code,
      what: /[.!?]$/.test(what) ? what : `${what}.`,
      hint: hint ?? "these are the tracking server's words; its log may say more.",
    };
  },
  serverPlacesModels: (location: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: "A tracking server decides itself where the files of a logged model lie.",
    received: location,
    hint: "leave artifactLocation out.",
  }),
  serverUnreachable: (uri: string, reason: string): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `The tracking server at ${uri} cannot be asked: ${reason}.`,
    hint: 'is it running, and reachable from here? The command trackbook doctor looks; setTrackingUri("./mlruns") does without a server.',
  }),
  serverRefuses: (uri: string, status: number, reason: string): Problem => ({
    code: status === 401 ? "UNAUTHENTICATED" : "PERMISSION_DENIED",
    what: `The tracking server at ${uri} refuses the request with ${status}: ${reason}.`,
    hint: "MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, MLFLOW_TRACKING_TOKEN or ~/.mlflow/credentials say who is asking.",
  }),
  notAnMlflowServer: (uri: string, reason: string): Problem => ({
    code: "INVALID_STATE",
    what: `What answers at ${uri} is no tracking server of MLflow: ${reason}.`,
    received: uri,
    accepted: "the address of a server that mlflow server has started",
    hint: "look at the address, and whether the server has a prefix that belongs to it.",
  }),
  notSpooled: (folder: string, reason: string): Problem => ({
    code: "INTERNAL_ERROR",
    what: `The spool takes nothing: ${reason}.`,
    received: folder,
    hint: "make room there, or let TRACKBOOK_SPOOL name a folder on another disk; what was kept before is whole.",
  }),
  damagedRecord: (file: string, offset: number, reason: string, kept: string): Problem => ({
    code: "DATA_LOSS",
    what: `The record at byte ${offset} of ${file} is damaged and was not sent (${reason}); what is behind it goes its way.`,
    received: file,
    hint: `its bytes are kept in ${kept}: log again what is missing, then remove the folder.`,
  }),
  noSpoolFolder: (folder: string): Problem => ({
    code: "RESOURCE_DOES_NOT_EXIST",
    what: "There is no such folder; nothing was sent.",
    received: folder,
    accepted: "a spool: the folder that TRACKBOOK_SPOOL named where the program ran, else .trackbook/spool there",
    hint: "npx trackbook sync without a folder sends what waits here.",
  }),
  staysSpooled: (count: number, uri: string, folder: string, reason: string): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `Not all of ${count} writes are at ${withoutCredentials(uri)} yet: ${reason}`,
    hint: `nothing is lost: what is missing waits in ${folder}, and is sent when the server answers, or by npx trackbook sync.`,
  }),
  offline: (operation: string): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `${operation} has to ask the tracking server, and TRACKBOOK_MODE is offline.`,
    hint: "unset TRACKBOOK_MODE to ask it; what is logged offline is sent by npx trackbook sync.",
  }),
  transferFailed: (method: string, place: string, status: number, reason: string, isOfMlflow: boolean): Problem => ({
    code: codeOfTransfer(status, isOfMlflow),
    what: `${method} ${place} was answered with ${status}: ${reason.replace(/[.\s]+$/, "")}.`,
    received: place,
    hint: "the server's log may say more.",
  }),
  artifactDamaged: (path: string): Problem => ({
    code: "DATA_LOSS",
    what: `What came of the artifact "${path}" has not the checksum that the server tells.`,
    received: path,
    hint: "nothing was kept of it; fetching it again helps when it was damaged on the way.",
  }),
  uploadDamaged: (path: string): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `What the server received of the artifact "${path}" is not what was sent.`,
    received: path,
    hint: "it was not kept; send it again, and look at what stands between here and the server.",
  }),
  digestDiffers: (path: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `What came of "${path}" has not the digest that its Content-Digest tells.`,
    received: path,
    accepted: "a body whose SHA-256 is the one of the header, in base64 between colons",
    hint: "nothing was kept; send it again.",
  }),
  artifactBrokeOff: (path: string): Problem => ({
    code: "TEMPORARILY_UNAVAILABLE",
    what: `The connection broke before all of the artifact "${path}" had come.`,
    received: path,
    hint: "fetch it again; error.cause has the reason.",
  }),
  noS3Credentials: (bucket: string): Problem => ({
    code: "INVALID_PARAMETER_VALUE",
    what: `Nothing says as whom to ask for the bucket ${bucket}.`,
    received: bucket,
    accepted: "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile of ~/.aws/credentials",
    hint: "MLFLOW_S3_ENDPOINT_URL names another server than Amazon's.",
  }),
};
