/** Proves that SPIRE's pods are closed to strangers and reach nobody they need not, by the policies and nothing else. */
import { join } from 'node:path';
import { CSI_DRIVER, SPIRE_AGENT, SPIRE_SERVER } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import type { CommandResult } from '../machine/command';
import { waitFor } from '../machine/wait';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

/** A pod of nobody's, in a namespace that SPIRE does not know. */
const STRANGER = { namespace: 'default', workload: 'pod/stranger' } as const;

export const networkPolicyProofs: readonly Proof[] = [
  {
    name: 'NetworkPolicies keep strangers from all of SPIRE but the bundle endpoint, and nothing else does',
    prove: withStranger,
  },
  {
    name: 'NetworkPolicies let the server dial its peers, agents their server, and neither what it need not',
    prove: outwards,
  },
];

async function withStranger(stage: Stage): Promise<string> {
  const { caller } = stage.walkthrough;
  const cluster = stage.findCluster(caller.cluster);
  await startStranger(cluster, caller);
  try {
    const [server, agent] = [await addressOf(cluster, SPIRE_SERVER.name), await addressOf(cluster, SPIRE_AGENT.name)];
    const api = `${server}:${SPIRE_SERVER.apiPort}`;
    const closed = [api, `${server}:${SPIRE_SERVER.healthPort}`, `${agent}:${SPIRE_AGENT.healthPort}`];
    const reach = (target: string): Promise<CommandResult> =>
      cluster.kubectl.exec(STRANGER, ['curl', ...CURL, `https://${target}`]);

    await expectOpen(reach, [`${server}:${SPIRE_SERVER.bundleEndpointPort}`]);
    await expectClosed(reach, closed);
    const { spire } = stage.resolveCluster(cluster);
    for (const namespace of new Set([spire.serverNamespace, spire.agentNamespace]))
      await cluster.kubectl.run(['delete', 'networkpolicy', '--all', '-n', namespace]);
    await expectOpen(reach, closed);
    await cluster.kubectl.applyFolder(join(stage.fleet.dist, cluster.name));
    await expectClosed(reach, closed);
    return `${closed.join(', ')} closed, open without policies, closed with them again`;
  } finally {
    await cluster.kubectl.run(['delete', STRANGER.workload, '-n', STRANGER.namespace, '--now']);
  }
}

async function outwards(stage: Stage): Promise<string> {
  const { caller, called } = stage.walkthrough;
  const cluster = stage.findCluster(caller.cluster);
  const [peer] = stage.resolveCluster(cluster).peers;
  expect(peer !== undefined, `${cluster.name} has no peer`);
  const endpoint = new URL(peer.url).host;
  const kubelet = `${stage.findCluster(called.cluster).address}:10250`;
  const api = `${await addressOf(cluster, SPIRE_SERVER.name)}:${SPIRE_SERVER.apiPort}`;
  const from =
    (program: string) =>
    (target: string): Promise<CommandResult> =>
      dialAs(cluster, program, target);

  await expectOpen(from(SPIRE_SERVER.name), [endpoint]);
  await expectClosed(from(SPIRE_SERVER.name), [kubelet]);
  await expectOpen(from(SPIRE_AGENT.name), [api, kubelet]);
  await expectClosed(from(SPIRE_AGENT.name), [endpoint]);
  await expectClosed(from(CSI_DRIVER.name), [api, endpoint, kubelet]);
  return `server: ${endpoint} open, ${kubelet} closed; agent: ${api} and ${kubelet} open, ${endpoint} closed; CSI driver: all three closed`;
}

/** Any certificate will do: it is the connection that counts. */
const CURL = ['--silent', '--insecure', '--output', '/dev/null', '--max-time', '2'] as const;

/** Codes of curl for a connection that never was: refused on the way, or without an answer. */
const UNREACHED = new Set([7, 28]);

type Reach = (target: string) => Promise<CommandResult>;

function expectOpen(reach: Reach, targets: readonly string[]): Promise<void> {
  return expectAll(reach, targets, 'open', (code) => !UNREACHED.has(code));
}

function expectClosed(reach: Reach, targets: readonly string[]): Promise<void> {
  return expectAll(reach, targets, 'closed', (code) => UNREACHED.has(code));
}

/** Within the time that the firewall takes to hear of a policy. */
async function expectAll(
  reach: Reach,
  targets: readonly string[],
  state: string,
  holds: (code: number) => boolean,
): Promise<void> {
  for (const target of targets) {
    await waitFor(
      `${target} ${state}`,
      async () => {
        const { code, stderr } = await reach(target);
        expect(!NOT_RUN.has(code), `curl did not run: ${stderr}`);
        expect(holds(code), `curl ended with ${code}`);
      },
      { timeout: 20 },
    );
  }
}

/** Exit codes of kubectl, nsenter or a shell that did not get as far as curl. */
const NOT_RUN = new Set([1, 126, 127]);

/** curl of the node, with the network of the pod in which a program runs. */
function dialAs({ node }: Cluster, program: string, target: string): Promise<CommandResult> {
  const enter = `exec nsenter --target "$(pgrep --oldest --full '(^|/)${program}( |$)')" --net`;
  return node.tryRun(['sh', '-c', `${enter} curl ${CURL.join(' ')} https://${target}`]);
}

async function addressOf({ kubectl }: Cluster, app: string): Promise<string> {
  const [pod] = await kubectl.list(['pods', '-A', '-l', `app.kubernetes.io/name=${app}`]);
  const address = (pod?.status as { readonly podIP?: string } | undefined)?.podIP;
  expect(address !== undefined, `${app} has no pod with an address`);
  return address;
}

/** With the image of the caller, which has curl, and without a sidecar. */
async function startStranger({ kubectl }: Cluster, caller: Stage['walkthrough']['caller']): Promise<void> {
  const { spec } = await kubectl.get<{ readonly spec: DeploymentSpec }>([caller.workload, '-n', caller.namespace]);
  const image = spec.template.spec.containers[0]?.image;
  expect(image !== undefined, `${caller.workload} has no container`);
  await kubectl.run([
    ...['run', 'stranger', '-n', STRANGER.namespace, `--image=${image}`, '--labels=sidecar.istio.io/inject=false'],
    ...['--command', '--', 'sleep', '600'],
  ]);
  await kubectl.run(['wait', STRANGER.workload, '-n', STRANGER.namespace, '--for=condition=Ready', '--timeout=60s']);
}

interface DeploymentSpec {
  readonly template: { readonly spec: { readonly containers: readonly { readonly image: string }[] } };
}
