/** Proves that the nodes of a cluster are one network, whose policies know pods of other nodes by their own addresses. */
import { stringify } from 'yaml';
import type { Cluster } from '../cluster/cluster';
import { PAUSE_IMAGE } from '../cluster/node-services';
import { imagesOf } from '../images/referenced-images';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

/** Of pods that a proof starts. */
export const NAMESPACE = 'default';
const PORT = 8080;
const CALLERS = ['allowed', 'other'] as const;
/** There is no page: a caller that reaches it gets a 404. */
const SERVE = ['/busybox', 'httpd', '-f', '-vv', '-p', String(PORT), '-h', '/tmp'];

export const severalNodesProofs: readonly Proof[] = [
  {
    name: 'a pod reaches a pod of another node with its own address, unless a NetworkPolicy closes it',
    prove: async (stage) => {
      const cluster = stage.findCluster(stage.walkthrough.called.cluster);
      const [first, second] = cluster.nodes;
      expect(first !== undefined && second !== undefined, `${cluster.name} has one node`);
      await startPod(cluster, { name: 'server', node: second.name, image: PAUSE_IMAGE, command: SERVE });
      for (const name of CALLERS) {
        await startCaller(stage, cluster, name);
        await expectStatus(cluster, name, '404');
      }
      const log = await cluster.kubectl.run(['logs', '-n', NAMESPACE, 'pod/server']);
      for (const caller of CALLERS) {
        const address = await addressOf(cluster, caller);
        expect(log.includes(address), `the server has not seen ${address} of ${caller}: ${log}`);
      }
      await cluster.kubectl.apply(POLICY);
      await waitFor('the policy', () => expectStatus(cluster, CALLERS[1], '000'), { timeout: 60 });
      await expectStatus(cluster, CALLERS[0], '404');
      await cluster.kubectl.run(['delete', '-n', NAMESPACE, 'networkpolicy/server']);
      await removePods(cluster);
      return `two pods reached one on ${second.name} with their own addresses; with a policy for the first, it alone did`;
    },
  },
];

interface TestPod {
  readonly name: string;
  readonly node: string;
  readonly image: string;
  readonly command: readonly string[];
}

/** Starts a pod with curl on the first node. */
export async function startCaller(stage: Stage, cluster: Cluster, name: string): Promise<void> {
  const image = imagesOf([...stage.fleet.files().values()]).find((one) => one.includes('/curl:')) ?? '';
  const node = cluster.nodes[0]?.name ?? '';
  await startPod(cluster, { name, node, image, command: ['/bin/sleep', '600'] });
}

/** Removes all pods that a proof started. */
export async function removePods({ kubectl }: Cluster): Promise<void> {
  await kubectl.run(['delete', 'pod', '-n', NAMESPACE, '--all', '--now']);
}

async function startPod({ kubectl }: Cluster, { name, node, image, command }: TestPod): Promise<void> {
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: NAMESPACE, labels: { name } },
    // Named, so that no scheduler asks whether the node takes pods.
    spec: {
      nodeName: node,
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'main', image, command }],
    },
  };
  await kubectl.apply(stringify(pod));
  await kubectl.run(['wait', '-n', NAMESPACE, '--for=condition=Ready', `pod/${name}`, '--timeout=60s']);
}

async function addressOf({ kubectl }: Cluster, pod: string): Promise<string> {
  return kubectl.run(['get', 'pod', pod, '-n', NAMESPACE, '-o', 'jsonpath={.status.podIP}']);
}

/** Fails unless a call from a pod has this status; `000` where no answer came. */
async function expectStatus(cluster: Cluster, caller: string, status: string): Promise<void> {
  const url = `http://${await addressOf(cluster, 'server')}:${PORT}/page`;
  const command = ['curl', '-s', '--max-time', '3', '-o', '/dev/null', '-w', '%{http_code}', url];
  const { stdout } = await cluster.kubectl.exec({ namespace: NAMESPACE, workload: `pod/${caller}` }, command);
  expect(stdout === status, `${caller} gets ${stdout}, not ${status}`);
}

const POLICY = stringify({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'server', namespace: NAMESPACE },
  spec: {
    podSelector: { matchLabels: { name: 'server' } },
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ podSelector: { matchLabels: { name: CALLERS[0] } } }] }],
  },
});
