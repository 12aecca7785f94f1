/** All bundle publishers, sorted by key. */
import type { Choice } from '../plugin';
import { type AwsS3Settings, awsS3 } from './aws-s3';
import { type AzureBlobSettings, azureBlob } from './azure-blob';
import type { BundlePublisher } from './bundle-publisher';
import { type ConfigMapSettings, configMap } from './config-map';
import { type GcpStorageSettings, gcpStorage } from './gcp-storage';
import { type RolesAnywhereSettings, rolesAnywhere } from './roles-anywhere';

export { agentBundlePublisher, CONFIG_MAP_PLUGIN, CONFIG_MAP_VERBS } from './config-map-plugin';

export const BUNDLE_PUBLISHERS: readonly BundlePublisher[] = [awsS3, azureBlob, configMap, gcpStorage, rolesAnywhere];

/** Chooses a bundle publisher in a program, as `spire.server` does in a fleet. `settings` are those of a fleet. */
export const chooseBundlePublisher = {
  /** An object in a bucket of Amazon S3, or of a service with the same API. */
  awsS3: (settings: AwsS3Settings): Choice => ({ key: awsS3.key, settings }),
  /** A blob in a container of Azure Blob Storage. */
  azureBlob: (settings: AzureBlobSettings): Choice => ({ key: azureBlob.key, settings }),
  /** A ConfigMap, in the cluster of the server or in another one. */
  configMap: (settings: ConfigMapSettings): Choice => ({ key: configMap.key, settings }),
  /** An object in a bucket of Google Cloud Storage. */
  gcpStorage: (settings: GcpStorageSettings): Choice => ({ key: gcpStorage.key, settings }),
  /** A trust anchor of AWS IAM Roles Anywhere. */
  rolesAnywhere: (settings: RolesAnywhereSettings): Choice => ({ key: rolesAnywhere.key, settings }),
} as const;
