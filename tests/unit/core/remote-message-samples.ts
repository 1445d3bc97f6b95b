import type { remoteMessages } from "../../../src/core/messages/remote";

type Messages = typeof remoteMessages;

/** What each message on servers, and on what waits for one, is called with. */
export const REMOTE_MESSAGE_SAMPLES: { readonly [Name in keyof Messages]: readonly Parameters<Messages[Name]>[] } = {
  serverSays: [
    ["RESOURCE_DOES_NOT_EXIST", "Run 'x' not found"],
    ["RESOURCE_DOES_NOT_EXIST", "Run 'x' not found. Hint: await searchRuns() lists them. [RESOURCE_DOES_NOT_EXIST]"],
  ],
  serverPlacesModels: [["s3://bucket/model"]],
  serverUnreachable: [["http://127.0.0.1:5000", "connect ECONNREFUSED 127.0.0.1:5000"]],
  serverRefuses: [
    ["http://127.0.0.1:5000", 401, "no credentials, or wrong ones"],
    ["http://127.0.0.1:5000", 403, "no credentials, or wrong ones"],
  ],
  damagedRecord: [["/spool/j/000001.log", 107, "it is no JSON", "/spool/j/damaged-1-107"]],
  noSpoolFolder: [["/nope"]],
  uploadDamaged: [["model/weights.bin"]],
  digestDiffers: [["model/weights.bin"]],
  notSpooled: [[".trackbook/spool/x", "ENOSPC: no space left on device, write"]],
  staysSpooled: [[3, "http://127.0.0.1:5000", ".trackbook/spool/x", "connect ECONNREFUSED."]],
  offline: [["getRun"]],
  transferFailed: [
    ["PUT", "s3://bucket/a.txt", 403, "Access Denied", false],
    ["PUT", "s3://bucket/a.txt", 400, "ExpiredToken", false],
    ["PUT", "http://127.0.0.1:5000/a.txt", 400, "Invalid path", true],
  ],
  artifactDamaged: [["a.txt"]],
  artifactBrokeOff: [["a.txt"]],
  noS3Credentials: [["bucket"]],
  notAnMlflowServer: [["http://127.0.0.1:5000", "it answers 405"]],
};
