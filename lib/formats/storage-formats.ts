/** Formats of the names of objects in the storage of clouds, and of trust anchors. */
import type { Format } from './formats';
import { matching } from './matching-format';

/** Bucket of S3. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export const s3Bucket: Format = matching({
  what: 'a bucket of S3',
  example: 'shop-trust-bundles',
  pattern: '^(?!.*\\.\\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$',
  reason: 'only a-z, 0-9, "-" and "." are allowed, 3 to 63 characters',
});

/** Bucket of Google Cloud Storage. @see https://cloud.google.com/storage/docs/buckets#naming */
export const gcpBucket: Format = matching({
  what: 'a bucket of Google Cloud Storage',
  example: 'shop-trust-bundles',
  pattern: '^(?!.*\\.\\.)[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]$',
  reason: 'only a-z, 0-9, "-", "_" and "." are allowed, 3 to 222 characters',
});

/** Path of an object in a bucket or container. */
export const objectPath: Format = matching({
  what: 'the path of an object',
  example: 'bundles/east.example.org.json',
  pattern: '^[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$',
  reason: 'only letters, digits, ".", "_" and "-" are allowed, in segments between single "/"',
});

/** Storage account of Azure. @see https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name */
export const azureAccount: Format = matching({
  what: 'a storage account of Azure',
  example: 'shoptrustbundles',
  pattern: '^[a-z0-9]{3,24}$',
  reason: 'only a-z and 0-9 are allowed, 3 to 24 characters',
});

/** Container of blobs. @see https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
export const azureContainer: Format = matching({
  what: 'a container of Azure Blob Storage',
  example: 'trust-bundles',
  pattern: '^(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$',
  reason: 'only a-z, 0-9 and single "-" are allowed, 3 to 63 characters',
});

/** ID of a trust anchor of IAM Roles Anywhere. @see https://docs.aws.amazon.com/rolesanywhere/latest/APIReference/API_UpdateTrustAnchor.html */
export const awsTrustAnchor: Format = matching({
  what: 'the ID of a trust anchor',
  example: '153d3e58-cab5-4a59-a0a1-3febad2937c4',
  pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  reason: 'it is not a UUID; write the last part of the ARN',
});
