/** An application or managed identity of Microsoft Entra. The webhook of Azure Workload Identity gives labelled pods a token for it. */
import * as z from 'zod';
import { azureClientId } from '../formats/cloud-formats';
import { text } from '../formats/schema-kit';
import { cloudIdentity } from './cloud-identity';

const settings = z.strictObject({
  clientId: text(azureClientId, 'Client ID of the application or managed identity.'),
});

/** @see https://azure.github.io/azure-workload-identity/docs/topics/service-account-labels-and-annotations.html */
export const azure = cloudIdentity({
  key: 'azure',
  name: 'Azure',
  about:
    'An application or managed identity of Microsoft Entra, which trusts the ServiceAccount of the server (Workload Identity of Azure).',
  settings,
  plan: ({ clientId }, { namespace, name }) => ({
    annotations: { 'azure.workload.identity/client-id': clientId },
    podLabels: { 'azure.workload.identity/use': 'true' },
    // Clouds of their own, such as that of China, have another host. A policy by name opens the port for each.
    egress: [{ policy: 'spire-server-azure-login', address: 'login.microsoftonline.com', port: 443 }],
    requirements: [
      {
        what: `the webhook of Azure Workload Identity, and a federated credential of \`${clientId}\` for the subject \`system:serviceaccount:${namespace}:${name}\` of this cluster's issuer with the audience \`api://AzureADTokenExchange\``,
        why: 'the plugins of the SPIRE server call Azure with this identity',
      },
    ],
  }),
});
