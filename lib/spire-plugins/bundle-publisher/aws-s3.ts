/** An object in a bucket of Amazon S3, or of a service with the same API. */
import * as z from 'zod';
import { awsRegion, serviceUrl } from '../../formats/cloud-formats';
import { secretKey } from '../../formats/database-formats';
import { objectName } from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { objectPath, s3Bucket } from '../../formats/storage-formats';
import { awsCredentialsEgress } from '../cloud-credentials';
import { urlEgress } from '../url-egress';
import { formatPlan, publisherSettings } from './bundle-format';
import { type BundlePublisherPlan, bundlePublisher } from './bundle-publisher';
import { credentialsPlan } from './stored-credentials';

const KEYS = { accessKeyId: 'access-key-id', secretAccessKey: 'secret-access-key' } as const;

const settings = publisherSettings({
  region: text(awsRegion, 'Region of the bucket.'),
  bucket: text(s3Bucket, 'Name of the bucket, which a person makes.'),
  object: text(objectPath, 'Key of the object.'),
  endpoint: text(
    serviceUrl,
    'URL of another service with the API of S3, or of a VPC endpoint (SPIRE 1.12 and later). The name of the bucket is then a part of the path. Its certificate must come from a public CA. Default: the public endpoint of the region.',
    'https://s3.example.org',
  ).optional(),
  credentials: z
    .strictObject({
      secret: text(objectName, 'Secret of type Opaque in the namespace of the server.', 'spire-bucket'),
      accessKeyIdKey: text(secretKey, `Key of the Secret with the access key ID. Default: ${KEYS.accessKeyId}.`, 'id')
        .optional()
        .meta({ default: KEYS.accessKeyId }),
      secretAccessKeyKey: text(
        secretKey,
        `Key of the Secret with the secret access key. Default: ${KEYS.secretAccessKey}.`,
        'secret',
      )
        .optional()
        .meta({ default: KEYS.secretAccessKey }),
    })
    .optional()
    .describe(
      'An access key, for services that know no other credentials. Default: what the SDK of AWS finds, such as those of cloudIdentity.',
    ),
});

export type AwsS3Settings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_bundlepublisher_aws_s3.md */
export const awsS3 = bundlePublisher({
  key: 'awsS3',
  about: 'An object in a bucket of Amazon S3, or of a service with the same API, such as MinIO or Ceph.',
  settings,
  plan: (written): BundlePublisherPlan => {
    const { region, bucket, object, endpoint, credentials } = written;
    const { configuration, since = endpoint === undefined ? undefined : '1.12.0' } = formatPlan(written);
    const service = urlEgress('spire-server-aws-s3', endpoint ?? `https://s3.${region}.amazonaws.com`);
    const stored = credentials && {
      access_key_id: { variable: 'SPIRE_S3_ACCESS_KEY_ID', key: credentials.accessKeyIdKey ?? KEYS.accessKeyId },
      secret_access_key: {
        variable: 'SPIRE_S3_SECRET_ACCESS_KEY',
        key: credentials.secretAccessKeyKey ?? KEYS.secretAccessKey,
      },
    };
    const login = credentialsPlan(credentials?.secret, 'access key of the bucket', stored);
    return {
      plugin: 'aws_s3',
      since,
      target: `${bucket}/${object} at ${service.address}`,
      configuration: { region, bucket, object_key: object, endpoint, ...configuration, ...login.configuration },
      environment: login.environment,
      secrets: login.secrets,
      cloud: credentials === undefined ? 'aws' : undefined,
      verifiedByPublicCas: endpoint === undefined ? undefined : service.address,
      egress: [service, ...(credentials === undefined ? awsCredentialsEgress(region) : [])],
      requirements: [
        {
          what: `the bucket \`${bucket}\` in ${endpoint === undefined ? region : `\`${endpoint}\``}, and credentials for the SPIRE server that allow \`s3:PutObject\` on \`${object}\``,
          why: 'the server publishes the trust bundle there. Readers need `s3:GetObject`, or public access to the object: it holds no secret, but only the server may write it',
        },
      ],
    };
  },
});
