/** Proves that the servers federate by themselves: relationship from the resource, bundle from the other's endpoint. */

import type { SpireServerCommand } from '../cluster/spire-server';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

export const federationProofs: readonly Proof[] = [
  {
    name: 'each server holds the relationship that its ClusterFederatedTrustDomain describes, and no other',
    prove: async (stage) => {
      const seen = await Promise.all(
        stage.clusters.map(async (cluster) => {
          const { peers } = stage.resolveCluster(cluster);
          const resources = await cluster.kubectl.list(['clusterfederatedtrustdomains']);
          expect(resources.length === peers.length, `${cluster.name} has ${resources.length} resources`);
          const relationships = await stage.spireServer(cluster).relationships();
          const held = relationships.map(({ trust_domain, bundle_endpoint_url, https_spiffe }) =>
            [trust_domain, bundle_endpoint_url, https_spiffe?.endpoint_spiffe_id].join(' '),
          );
          const promised = peers.map((peer) => [peer.trustDomain, peer.url, peer.endpointSpiffeId].join(' '));
          expect(held.sort().join() === promised.sort().join(), `${cluster.name} holds ${held}, not ${promised}`);
          return `${cluster.name}: ${held.join(', ')}`;
        }),
      );
      return seen.join('; ');
    },
  },
  {
    name: 'the first refresh of the bundle succeeds without a manual step',
    prove: async (stage) => {
      const seen = await Promise.all(
        peersOf(stage).map(({ server, cluster, trustDomain }) =>
          waitFor(
            `bundle of ${trustDomain} from its endpoint`,
            async () => {
              const bundle = await server.foreignBundle(trustDomain);
              expect(bundle !== undefined, `${cluster} does not list ${trustDomain}`);
              // The manifests seed roots alone; keys for JWT-SVIDs come from the endpoint.
              const uses = (bundle.keys as readonly { readonly use: string }[]).map(({ use }) => use);
              expect(uses.includes('jwt-svid'), `${cluster} holds the seed of ${trustDomain} only`);
              return `${cluster} has ${uses.join(' and ')} of ${trustDomain}`;
            },
            // A poll that finds the other cluster still away is repeated after a quarter of the refresh hint.
            { timeout: 120, interval: 2 },
          ),
        ),
      );
      return seen.join('; ');
    },
  },
  {
    name: 'a refresh that is asked for succeeds',
    prove: async (stage) => {
      const seen = await Promise.all(
        peersOf(stage).map(async ({ server, cluster, trustDomain }) => {
          const answer = (await server.refresh(trustDomain)).trim();
          expect(answer === 'Bundle refreshed', `${cluster} answers ${answer}`);
          return `${cluster}: ${answer}`;
        }),
      );
      return seen.join('; ');
    },
  },
];

interface Peer {
  readonly cluster: string;
  readonly server: SpireServerCommand;
  readonly trustDomain: string;
}

function peersOf(stage: Stage): readonly Peer[] {
  return stage.clusters.flatMap((cluster) =>
    stage.resolveCluster(cluster).peers.map(({ trustDomain }) => ({
      cluster: cluster.name,
      server: stage.spireServer(cluster),
      trustDomain,
    })),
  );
}
