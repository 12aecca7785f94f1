/** An object in a bucket of Google Cloud Storage. */
import * as z from 'zod';
import { secretKey } from '../../formats/database-formats';
import { objectName } from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { gcpBucket, objectPath } from '../../formats/storage-formats';
import { metadataEgress } from '../cloud-credentials';
import { urlEgress } from '../url-egress';
import { formatPlan, publisherSettings } from './bundle-format';
import { type BundlePublisherPlan, bundlePublisher } from './bundle-publisher';

const FOLDER = '/run/spire/publisher-gcp';
const VOLUME = 'publisher-gcp';

const DEFAULT_KEY = 'key.json';

const settings = publisherSettings({
  bucket: text(gcpBucket, 'Name of the bucket, which a person makes.'),
  object: text(objectPath, 'Name of the object.'),
  serviceAccountKey: z
    .strictObject({
      secret: text(objectName, 'Secret of type Opaque in the namespace of the server.', 'spire-bucket'),
      key: text(secretKey, `Key of the Secret with the JSON file of the key. Default: ${DEFAULT_KEY}.`, 'account.json')
        .optional()
        .meta({ default: DEFAULT_KEY }),
    })
    .optional()
    .describe(
      'A key of a service account. Default: what the SDK of Google Cloud finds, such as the identity of cloudIdentity.',
    ),
});

export type GcpStorageSettings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_bundlepublisher_gcp_cloudstorage.md */
export const gcpStorage = bundlePublisher({
  key: 'gcpStorage',
  about: 'An object in a bucket of Google Cloud Storage.',
  settings,
  plan: (written): BundlePublisherPlan => {
    const { bucket, object, serviceAccountKey } = written;
    const { configuration, since } = formatPlan(written);
    // The plugin reads "bucket_name"; its documentation has "bucket" in the examples.
    const place = { bucket_name: bucket, object_name: object, ...configuration };
    const storage = urlEgress('spire-server-gcp-storage', 'https://storage.googleapis.com');
    const plan = {
      plugin: 'gcp_cloudstorage',
      since,
      target: `${bucket}/${object}`,
      requirements: [
        {
          what: `the bucket \`${bucket}\` of Google Cloud Storage, and a service account for the SPIRE server with \`storage.objects.create\` and \`storage.objects.delete\` on it`,
          why: `the server publishes the trust bundle there as the object \`${object}\`, and overwrites it. Readers need \`storage.objects.get\`, or public access to the object: it holds no secret, but only the server may write it`,
        },
      ],
    };
    if (serviceAccountKey === undefined) {
      return { ...plan, configuration: place, cloud: 'gcp', egress: [storage, metadataEgress('gcp')] };
    }
    const { secret, key = DEFAULT_KEY } = serviceAccountKey;
    return {
      ...plan,
      configuration: { ...place, service_account_file: `${FOLDER}/${key}` },
      volumes: [{ name: VOLUME, secret }],
      mounts: [{ name: VOLUME, path: FOLDER }],
      egress: [storage, urlEgress('spire-server-gcp-token', 'https://oauth2.googleapis.com')],
      secrets: [
        {
          name: secret,
          type: 'Opaque',
          keys: [key],
          holds: 'key of a service account of Google Cloud',
          purpose:
            'key of the service account by which the SPIRE server publishes its trust bundle, in JSON; restart the server after a change',
        },
      ],
    };
  },
});
