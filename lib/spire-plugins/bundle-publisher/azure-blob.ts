/** A blob in a container of Azure Blob Storage. */
import * as z from 'zod';
import { azureClientId } from '../../formats/cloud-formats';
import { secretKey } from '../../formats/database-formats';
import { hostName, objectName } from '../../formats/formats';
import { addProblem, text } from '../../formats/schema-kit';
import { azureAccount, azureContainer, objectPath } from '../../formats/storage-formats';
import { metadataEgress } from '../cloud-credentials';
import { urlEgress } from '../url-egress';
import { formatPlan, publisherSettings } from './bundle-format';
import { type BundlePublisherPlan, bundlePublisher } from './bundle-publisher';
import { credentialsPlan } from './stored-credentials';

const ENDPOINT = 'blob.core.windows.net';
const KEYS = { accountKey: 'account-key', clientSecret: 'client-secret' } as const;

const secret = text(objectName, 'Secret of type Opaque in the namespace of the server.', 'spire-container');

const credentials = z
  .strictObject({
    accountKey: z
      .strictObject({
        secret,
        key: text(secretKey, `Key of the Secret. Default: ${KEYS.accountKey}.`, 'key')
          .optional()
          .meta({ default: KEYS.accountKey }),
      })
      .optional()
      .describe('The key of the storage account.'),
    clientSecret: z
      .strictObject({
        tenantId: text(azureClientId, 'ID of the tenant.'),
        clientId: text(azureClientId, 'Client ID of the application.'),
        secret,
        key: text(secretKey, `Key of the Secret. Default: ${KEYS.clientSecret}.`, 'secret')
          .optional()
          .meta({ default: KEYS.clientSecret }),
      })
      .optional()
      .describe('A secret of an application of Microsoft Entra.'),
  })
  .superRefine((chosen, context) => {
    const given = Object.keys(chosen);
    if (given.length !== 1 && context.issues.length === 0)
      addProblem(context, [], { code: 'exclusive-keys', facts: { keys: ['accountKey', 'clientSecret'], given } });
  });

const settings = publisherSettings({
  account: text(azureAccount, 'Name of the storage account, which a person makes.'),
  container: text(azureContainer, 'Name of the container, which a person makes.'),
  blob: text(objectPath, 'Name of the blob.'),
  endpoint: text(
    hostName,
    `Domain of the storage accounts, which is another one in clouds such as that of China. Default: ${ENDPOINT}.`,
    'blob.core.chinacloudapi.cn',
  )
    .optional()
    .meta({ default: ENDPOINT }),
  credentials: credentials
    .optional()
    .describe(
      'Stored credentials: one of these keys. Default: what the SDK of Azure finds, such as the identity of cloudIdentity.',
    ),
});

export type AzureBlobSettings = z.input<typeof settings>;

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_bundlepublisher_azure_blob.md */
export const azureBlob = bundlePublisher({
  key: 'azureBlob',
  about: 'A blob in a container of Azure Blob Storage. It needs SPIRE 1.15.3 or later.',
  settings,
  plan: (written): BundlePublisherPlan => {
    const { account, container, blob, endpoint = ENDPOINT } = written;
    const login = loginOf(written.credentials);
    const host = `${account}.${endpoint}`;
    return {
      plugin: 'azure_blob',
      since: '1.15.3',
      target: `${container}/${blob} at ${host}`,
      configuration: {
        storage_account_name: account,
        container_name: container,
        blob_name: blob,
        service_endpoint: endpoint === ENDPOINT ? undefined : endpoint,
        ...formatPlan(written).configuration,
        ...login.configuration,
      },
      environment: login.environment,
      secrets: login.secrets,
      cloud: written.credentials === undefined ? 'azure' : undefined,
      egress: [urlEgress('spire-server-azure-blob', `https://${host}`), ...login.egress],
      requirements: [
        {
          what: `the container \`${container}\` of the storage account \`${account}\`, and an identity for the SPIRE server with the role \`Storage Blob Data Contributor\` on it`,
          why: `the server publishes the trust bundle there as the blob \`${blob}\`. Readers need \`Storage Blob Data Reader\`, or public access to the blob: it holds no secret, but only the server may write it`,
        },
      ],
    };
  },
});

type Login = Pick<BundlePublisherPlan, 'configuration' | 'environment' | 'secrets'> &
  Required<Pick<BundlePublisherPlan, 'egress'>>;

function loginOf({ accountKey, clientSecret }: z.output<typeof credentials> = {}): Login {
  if (accountKey !== undefined) {
    const key = { variable: 'SPIRE_BLOB_ACCOUNT_KEY', key: accountKey.key ?? KEYS.accountKey };
    return {
      ...credentialsPlan(accountKey.secret, 'key of the storage account', { storage_account_key: key }),
      egress: [],
    };
  }
  if (clientSecret === undefined) return { configuration: {}, egress: [metadataEgress('azure')] };
  const { tenantId, clientId, secret: name, key = KEYS.clientSecret } = clientSecret;
  const app = { variable: 'SPIRE_BLOB_CLIENT_SECRET', key };
  const { configuration, ...stored } = credentialsPlan(name, 'secret of an application of Azure', { app_secret: app });
  return {
    ...stored,
    configuration: { tenant_id: tenantId, app_id: clientId, ...configuration },
    egress: [urlEgress('spire-server-azure-login', 'https://login.microsoftonline.com')],
  };
}
