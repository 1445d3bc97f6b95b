import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { InvalidInputError, messages } from "../../core";

/** How to reach a bucket, and as whom. */
export interface S3Settings {
  /** The bucket's own URL, without a slash at the end. */
  readonly bucketUrl: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

type Profile = Readonly<Record<string, string>>;

/**
 * What AWS's and MLflow's variables and AWS's files say of a bucket: MLFLOW_S3_ENDPOINT_URL (or AWS_ENDPOINT_URL_S3, AWS_ENDPOINT_URL) for another server than
 * Amazon's, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile of `~/.aws/credentials`.
 *
 * @throws InvalidInputError when nothing says who is asking
 */
export function s3Settings(bucket: string, env: NodeJS.ProcessEnv = process.env): S3Settings {
  const profile = readProfile(env);
  const accessKeyId = env.AWS_ACCESS_KEY_ID || profile.aws_access_key_id;
  const secretAccessKey = env.AWS_SECRET_ACCESS_KEY || profile.aws_secret_access_key;
  if (!accessKeyId || !secretAccessKey) throw new InvalidInputError(messages.noS3Credentials(bucket));
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION || profile.region || "us-east-1";
  const endpoint = env.MLFLOW_S3_ENDPOINT_URL || env.AWS_ENDPOINT_URL_S3 || env.AWS_ENDPOINT_URL;
  const sessionToken = env.AWS_SESSION_TOKEN || profile.aws_session_token;
  return {
    // Another server is not expected to have a name for each bucket.
    bucketUrl: endpoint ? `${endpoint.replace(/\/+$/, "")}/${bucket}` : `https://${bucket}.s3.${region}.amazonaws.com`,
    region,
    accessKeyId,
    secretAccessKey,
    ...(sessionToken && { sessionToken }),
  };
}

function readProfile(env: NodeJS.ProcessEnv): Profile {
  const name = env.AWS_PROFILE || "default";
  const folder = join(env.HOME || homedir(), ".aws");
  return {
    ...section(env.AWS_CONFIG_FILE || join(folder, "config"), name === "default" ? name : `profile ${name}`),
    ...section(env.AWS_SHARED_CREDENTIALS_FILE || join(folder, "credentials"), name),
  };
}

function section(file: string, name: string): Profile {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return {};
  }
  const found = text.split(/^\s*\[/m).find((part) => part.startsWith(`${name}]`)) ?? "";
  return Object.fromEntries([...found.matchAll(/^\s*(\w+)\s*=\s*(.*?)\s*$/gm)].map(([, key, value]) => [key, value]));
}
