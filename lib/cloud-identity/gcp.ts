/** A service account of Google Cloud. The metadata server of GKE gives tokens for it to the pods of an annotated ServiceAccount. */
import * as z from 'zod';
import { gcpServiceAccount } from '../formats/cloud-formats';
import { text } from '../formats/schema-kit';
import { metadataEgress } from '../spire-plugins/cloud-credentials';
import { cloudIdentity } from './cloud-identity';

const settings = z.strictObject({
  serviceAccount: text(gcpServiceAccount, 'Email address of the service account.'),
});

/** @see https://cloud.google.com/kubernetes-engine/docs/how-to/workload-identity */
export const gcp = cloudIdentity({
  key: 'gcp',
  name: 'Google Cloud',
  about:
    'A service account of Google Cloud, which the ServiceAccount of the server may use (Workload Identity of GKE).',
  settings,
  plan: ({ serviceAccount }, { namespace, name }) => ({
    annotations: { 'iam.gke.io/gcp-service-account': serviceAccount },
    egress: [
      metadataEgress('gcp'),
      // Before it applies policies, Dataplane V2 replaces the address by port 988 of the node, whose address no policy
      // selects in general. Reported at https://github.com/gke-labs/kube-agents/pull/676; not seen on a cluster of ours.
      { policy: 'spire-server-gcp-metadata-of-node', address: 'metadata.google.internal', port: 988 },
    ],
    requirements: [
      {
        what: `Workload Identity on the cluster and its nodes, and the role \`roles/iam.workloadIdentityUser\` on \`${serviceAccount}\` for \`[${namespace}/${name}]\` of the cluster's workload pool`,
        why: 'the plugins of the SPIRE server call Google Cloud as this service account',
      },
    ],
  }),
});
