/** Proves what rules about servers and objects keep away: a server that does not start, objects that the cluster refuses, callers that are. */
import { join } from 'node:path';
import { SPIRE_SERVER } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import { objectsIn } from '../fleet/examples';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { type Bypass, logged, refusal, type Unwanted, withObject } from './bypass';
import { statusOf, waitForPage } from './page';
import { waitForPods } from './pods';
import { expect } from './proof';

export const BYPASSED_CLUSTER_RULES: readonly Bypass[] = [
  {
    rule: 'volume-changed',
    breaks: 'the API server refuses the StatefulSet, and with it the layer',
    see: async (stage) => {
      const cluster = callerCluster(stage);
      const server = structuredClone(objectOf(stage, cluster, 'StatefulSet', SPIRE_SERVER.name)) as unknown as Server;
      const [claim] = server.spec.volumeClaimTemplates;
      expect(claim !== undefined, 'the server has no claim');
      claim.spec.resources.requests.storage = '7Gi';
      return refusal(cluster, server);
    },
  },
  {
    rule: 'pool-overlap',
    breaks: "MetalLB's webhook refuses the pool",
    see: (stage) =>
      refusal(callerCluster(stage), {
        apiVersion: 'metallb.io/v1beta1',
        kind: 'IPAddressPool',
        metadata: { name: 'unwanted', namespace: 'metallb-system' },
        spec: { addresses: [`${endpointAddress(stage)}/32`] },
      }),
  },
  {
    rule: 'address-in-use',
    breaks: 'the second Service gets no address',
    see: (stage) => {
      const cluster = callerCluster(stage);
      const address = endpointAddress(stage);
      return withObject(cluster, secondService(address), async () => {
        const said = await waitFor(
          'event of the second Service',
          async () => {
            const events = await cluster.kubectl.list([
              'events',
              '-n',
              'default',
              '--field-selector',
              'reason=AllocationFailed',
            ]);
            const [event] = events;
            expect(event !== undefined, 'MetalLB says nothing');
            return String(event.message);
          },
          { timeout: 60 },
        );
        const { status } = await cluster.kubectl.get<{ readonly status: unknown }>([
          'service',
          'unwanted',
          '-n',
          'default',
        ]);
        expect(!JSON.stringify(status).includes(address), 'it has the address');
        return said;
      });
    },
  },
  {
    rule: 'spiffe-id-not-istio',
    breaks: 'callers inside the mesh refuse the workload',
    see: async (stage) => {
      const cluster = stage.findCluster(stage.walkthrough.called.cluster);
      const workload = structuredClone(
        objectOf(stage, cluster, 'ClusterSPIFFEID', 'workload-bookinfo'),
      ) as unknown as Identity;
      workload.spec.spiffeIDTemplate = 'spiffe://{{ .TrustDomain }}/{{ .PodSpec.ServiceAccountName }}';
      await cluster.kubectl.apply(JSON.stringify(workload));
      try {
        // Connections that are open stay so; what starts now shows its new SVID.
        await restartCalled(stage, cluster);
        const status = await waitFor(
          'refusal',
          async () => {
            const answer = await statusOf(stage, stage.walkthrough.page);
            expect(answer === '503' || answer === '403', `the page is answered with ${answer}`);
            return answer;
          },
          { timeout: 60 },
        );
        return `the page is answered with ${status}`;
      } finally {
        await cluster.kubectl.applyFolder(join(stage.fleet.dist, cluster.name));
        await waitForPage(stage, 90);
      }
    },
  },
  {
    rule: 'trust-domain-renamed',
    breaks: 'the server does not start again',
    see: async (stage) => {
      const cluster = callerCluster(stage);
      const { trustDomain, spire } = stage.resolveCluster(cluster);
      const config = structuredClone(
        objectOf(stage, cluster, 'ConfigMap', SPIRE_SERVER.configMap),
      ) as unknown as Config;
      config.data['server.conf'] = String(config.data['server.conf']).replaceAll(trustDomain, 'renamed.demo');
      const restart = ['delete', 'pod', '-n', spire.serverNamespace, `${SPIRE_SERVER.name}-0`, '--wait=true'];
      await cluster.kubectl.apply(JSON.stringify(config));
      try {
        await cluster.kubectl.run(restart, { timeout: 90 });
        return await logged(
          cluster,
          [spire.serverNamespace, `pod/${SPIRE_SERVER.name}-0`, SPIRE_SERVER.name],
          /[^"]*does not match[^"]*|[^"]*trust domain[^"]*mismatch[^"]*/,
        );
      } finally {
        await cluster.kubectl.applyFolder(join(stage.fleet.dist, cluster.name));
        await cluster.kubectl.run(restart, { timeout: 90 });
        await waitForPods(stage, cluster, 120);
      }
    },
  },
];

async function restartCalled({ walkthrough }: Stage, { kubectl }: Cluster): Promise<void> {
  const deployment = `deployment/${walkthrough.called.service}-v1`;
  const rollout = ['-n', walkthrough.called.namespace, deployment];
  await kubectl.run(['rollout', 'restart', ...rollout]);
  await kubectl.run(['rollout', 'status', ...rollout, '--timeout=90s'], { timeout: 100 });
}

interface Server {
  readonly spec: {
    readonly volumeClaimTemplates: readonly {
      readonly spec: { readonly resources: { readonly requests: { storage: string } } };
    }[];
  };
}

interface Identity {
  readonly spec: { spiffeIDTemplate: string };
}

interface Config {
  readonly data: Record<string, string>;
}

function callerCluster(stage: Stage): Cluster {
  return stage.findCluster(stage.walkthrough.caller.cluster);
}

function objectOf(stage: Stage, { name: cluster }: Cluster, kind: string, name: string): object {
  const object = objectsIn(join(stage.fleet.dist, cluster)).find(
    (candidate) => candidate.kind === kind && candidate.metadata.name === name,
  );
  if (object === undefined) throw new Error(`dist/${cluster} has no ${kind} ${name}`);
  return object;
}

function endpointAddress(stage: Stage): string {
  const { bundleEndpoint } = stage.resolveCluster(callerCluster(stage));
  if (bundleEndpoint?.address === undefined) throw new Error('the endpoint of the caller has no address');
  return bundleEndpoint.address;
}

function secondService(address: string): Unwanted {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      name: 'unwanted',
      namespace: 'default',
      annotations: { 'metallb.io/loadBalancerIPs': address },
    } as Unwanted['metadata'],
    spec: { type: 'LoadBalancer', selector: { app: 'nothing' }, ports: [{ port: 8443 }] },
  };
}
