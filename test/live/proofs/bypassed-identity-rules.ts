/** Proves what rules about identities and bundles keep away: entries that SPIRE refuses, pods with two SVIDs, peers that cannot be polled. */
import { makeRoot } from '../../../lib/trial-pki/trial-pki';
import type { Cluster } from '../cluster/cluster';
import { spiffeIdOf } from '../cluster/spire-server';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { type Bypass, logged, refusal, type Unwanted, withObject } from './bypass';
import { podUid } from './identities';
import { expect } from './proof';

export const BYPASSED_IDENTITY_RULES: readonly Bypass[] = [
  {
    rule: 'call-without-federation',
    breaks: 'SPIRE refuses the entry of a caller that federates with a trust domain it has no bundle of',
    see: (stage) =>
      withObject(callerCluster(stage), identity(stage, '/second', { federatesWith: [STRANGE_DOMAIN] }), () =>
        failedEntry(stage),
      ),
  },
  {
    rule: 'pods-shared',
    breaks: 'a pod holds two SVIDs',
    see: (stage) =>
      withObject(callerCluster(stage), identity(stage, '/second'), () =>
        waitFor(
          'second entry of a pod',
          async () => {
            const entries = await stage.spireServer(callerCluster(stage)).entries();
            const second = entries.find(({ spiffe_id }) => spiffe_id.path === '/second');
            expect(second !== undefined, 'there is no second entry');
            const held = entries.filter((entry) => podUid(entry) === podUid(second));
            expect(held.length === 2, `its pod has ${held.length} entries`);
            return `one pod, two entries: ${held.map((entry) => spiffeIdOf(entry.spiffe_id)).join(' and ')}`;
          },
          { timeout: 60 },
        ),
      ),
  },
  {
    rule: 'self-federation',
    breaks: 'the server refuses the relationship',
    see: (stage) => {
      const cluster = callerCluster(stage);
      const { trustDomain, spire } = stage.resolveCluster(cluster);
      return withObject(cluster, federation(stage, { trustDomain, bundle: undefined }), () =>
        logged(
          cluster,
          [spire.serverNamespace, 'statefulset/spire-server', 'spire-controller-manager'],
          /own trust domain|server trust domain/,
        ),
      );
    },
  },
  {
    rule: 'invalid-bundle',
    breaks: 'the relationship is refused',
    see: (stage) =>
      refusal(callerCluster(stage), federation(stage, { trustDomain: STRANGE_DOMAIN, bundle: '{"keys": [' })),
  },
  {
    rule: 'root-replaced',
    breaks: 'a peer that holds another root than the endpoint signs under can never poll it',
    see: async (stage) => {
      const cluster = callerCluster(stage);
      const server = stage.spireServer(cluster);
      const [peer] = stage.resolveCluster(cluster).peers;
      expect(peer !== undefined, `${cluster.name} has no peer`);
      const genuine = await server.foreignBundle(peer.trustDomain);
      const { certificate } = await makeRoot({ trustDomain: peer.trustDomain, now: new Date(), years: 1 });
      await server.setBundle(peer.trustDomain, 'pem', certificate);
      try {
        const answer = await server.tryRefresh(peer.trustDomain);
        expect(answer.code !== 0, `the refresh succeeded: ${answer.stdout}`);
        const { spire } = stage.resolveCluster(cluster);
        return await logged(
          cluster,
          [spire.serverNamespace, 'statefulset/spire-server', 'spire-server'],
          /x509svid: could not verify leaf certificate[^"]*|failed to authenticate bundle endpoint[^"]*/,
        );
      } finally {
        await server.setBundle(peer.trustDomain, 'spiffe', JSON.stringify(genuine));
        await server.refresh(peer.trustDomain);
      }
    },
  },
  {
    rule: 'ttl-too-long',
    breaks: 'the server issues a shorter SVID than asked for',
    see: async (stage) => {
      const cluster = callerCluster(stage);
      const { trustDomain } = stage.resolveCluster(cluster);
      const asked = 8760;
      const hours = await stage.spireServer(cluster).lifeOfMinted(`spiffe://${trustDomain}/long`, `${asked}h`);
      expect(hours < asked / 2, `it lives ${hours} h`);
      return `asked for ${asked} h, got ${Math.round(hours)} h`;
    },
  },
];

const STRANGE_DOMAIN = 'third.demo';

function callerCluster(stage: Stage): Cluster {
  return stage.findCluster(stage.walkthrough.caller.cluster);
}

const UNWANTED = { name: 'unwanted' } as const;

/** A second identity for the caller's pods. */
function identity(stage: Stage, path: string, more: Readonly<Record<string, unknown>> = {}): Unwanted {
  const { namespace } = stage.walkthrough.caller;
  return {
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterSPIFFEID',
    metadata: UNWANTED,
    spec: {
      className: 'spire',
      spiffeIDTemplate: `spiffe://{{ .TrustDomain }}${path}`,
      namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } },
      podSelector: {},
      ...more,
    },
  };
}

function federation(stage: Stage, of: { readonly trustDomain: string; readonly bundle: string | undefined }): Unwanted {
  const [peer] = stage.resolveCluster(callerCluster(stage)).peers;
  return {
    apiVersion: 'spire.spiffe.io/v1alpha1',
    kind: 'ClusterFederatedTrustDomain',
    metadata: UNWANTED,
    spec: {
      className: 'spire',
      trustDomain: of.trustDomain,
      bundleEndpointURL: peer?.url,
      bundleEndpointProfile: { type: 'https_spiffe', endpointSPIFFEID: `spiffe://${of.trustDomain}/spire/server` },
      ...(of.bundle === undefined ? {} : { trustDomainBundle: of.bundle }),
    },
  };
}

interface Stats {
  readonly entryFailures?: number;
  readonly podEntryRenderFailures?: number;
}

/** Waits until the resource says that its entry failed. */
function failedEntry(stage: Stage): Promise<string> {
  const { kubectl } = callerCluster(stage);
  return waitFor(
    'failure in the status of the ClusterSPIFFEID',
    async () => {
      const { status } = await kubectl.get<{ readonly status?: { readonly stats?: Stats } }>([
        'clusterspiffeid',
        UNWANTED.name,
      ]);
      const { entryFailures = 0, podEntryRenderFailures = 0 } = status?.stats ?? {};
      expect(entryFailures + podEntryRenderFailures > 0, `its status is ${JSON.stringify(status)}`);
      return `status: ${JSON.stringify(status?.stats)}`;
    },
    { timeout: 60 },
  );
}
