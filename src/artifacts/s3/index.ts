export { type S3ArtifactsOptions, s3Artifacts } from "./s3-artifacts";
