import type { RegistryStore } from "../../registry-store";
import { type MethodOf, type Operations, reads, writes } from "../context";
import * as versions from "./model-versions";
import * as models from "./registered-models";

/** Everything that a model registry does, as steps on a database. */
export const REGISTRY_OPERATIONS: Operations<RegistryStore, Exclude<MethodOf<RegistryStore>, "prepare">> = {
  createRegisteredModel: writes(models.createRegisteredModel),
  getRegisteredModel: reads(models.getRegisteredModel),
  searchRegisteredModels: reads(models.searchRegisteredModels),
  renameRegisteredModel: writes(models.renameRegisteredModel),
  updateRegisteredModel: writes(models.updateRegisteredModel),
  deleteRegisteredModel: writes(models.deleteRegisteredModel),
  setRegisteredModelTag: writes(models.setRegisteredModelTag),
  deleteRegisteredModelTag: writes(models.deleteRegisteredModelTag),
  setRegisteredModelAlias: writes(versions.setRegisteredModelAlias),
  deleteRegisteredModelAlias: writes(versions.deleteRegisteredModelAlias),
  dateRegisteredModel: writes(models.dateRegisteredModel),
  getLatestVersions: reads(models.getLatestVersions),

  createModelVersion: writes(versions.createModelVersion),
  getModelVersion: reads(versions.getModelVersion),
  getModelVersionByAlias: reads(versions.getModelVersionByAlias),
  getModelVersionDownloadUri: reads(versions.getModelVersionDownloadUri),
  searchModelVersions: reads(versions.searchModelVersions),
  updateModelVersion: writes(versions.updateModelVersion),
  transitionModelVersionStage: writes(versions.transitionModelVersionStage),
  deleteModelVersion: writes(versions.deleteModelVersion),
  setModelVersionTag: writes(versions.setModelVersionTag),
  deleteModelVersionTag: writes(versions.deleteModelVersionTag),
  dateModelVersion: writes(versions.dateModelVersion),
};
