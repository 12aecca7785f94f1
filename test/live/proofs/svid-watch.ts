/** Watches the certificates of the proxies while something else happens, and tells whether each was renewed in time. */
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';
import { pause } from '../machine/wait';
import { expect } from './proof';

const PROXY = 'istio-proxy';
/** Between two looks at all proxies, in seconds. */
const PERIOD = 5;

interface ProxyCertificates {
  readonly certificates: readonly {
    readonly cert_chain: readonly { readonly serial_number: string; readonly expiration_time: string }[];
  }[];
}

interface Seen {
  /** Serial numbers of the SVIDs that the proxy had, in their order. */
  readonly serials: string[];
  /** Shortest rest of life that an SVID had when it was looked at, in seconds. */
  shortest: number;
}

/**
 * Does something while the SVIDs of every proxy of some clusters are looked at.
 * @returns how often SVIDs were renewed, and how much of the life of one was left at least
 * @throws when an SVID was looked at after its end, or when a proxy has the SVID that it had in the beginning
 */
export async function watchSvids(clusters: readonly Cluster[], work: () => Promise<unknown>): Promise<string> {
  const seen = new Map<string, Seen>();
  const end = new AbortController();
  const looking = lookUntil(end.signal, clusters, seen);
  try {
    await work();
  } finally {
    end.abort();
  }
  const failure = await looking;
  if (failure !== undefined) throw failure;
  for (const cluster of clusters) await look(cluster, seen);
  return summaryOf(seen);
}

/** The error that ended it before the signal came. */
async function lookUntil(
  end: AbortSignal,
  clusters: readonly Cluster[],
  seen: Map<string, Seen>,
): Promise<Error | undefined> {
  try {
    while (!end.aborted) {
      for (const cluster of clusters) await look(cluster, seen);
      await pause(PERIOD);
    }
    return undefined;
  } catch (error) {
    return error as Error;
  }
}

async function look(cluster: Cluster, seen: Map<string, Seen>): Promise<void> {
  for (const pod of await proxiesOf(cluster)) {
    const { name, namespace = '' } = pod.metadata;
    const target = { namespace, workload: `pod/${name}`, container: PROXY };
    const { code, stdout } = await cluster.kubectl.exec(target, ['pilot-agent', 'request', 'GET', 'certs']);
    // A pod that is just ending, or whose proxy has not started.
    if (code !== 0) continue;
    // The program may log a line before.
    const { certificates } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as ProxyCertificates;
    for (const [svid] of certificates.map(({ cert_chain }) => cert_chain)) {
      if (svid !== undefined) note(seen, `${cluster.name} ${namespace}/${name}`, svid);
    }
  }
}

function note(
  seen: Map<string, Seen>,
  proxy: string,
  svid: ProxyCertificates['certificates'][number]['cert_chain'][number],
): void {
  const rest = (Date.parse(svid.expiration_time) - Date.now()) / 1000;
  const own = seen.get(proxy) ?? { serials: [], shortest: rest };
  seen.set(proxy, own);
  own.shortest = Math.min(own.shortest, rest);
  if (!own.serials.includes(svid.serial_number)) own.serials.push(svid.serial_number);
}

async function proxiesOf({ kubectl }: Cluster): Promise<readonly KubernetesObject[]> {
  const pods = await kubectl.list(['pods', '-A', '--field-selector=status.phase=Running']);
  return pods.filter(({ spec }) => {
    const { containers, initContainers = [] } = spec as Record<string, readonly { readonly name: string }[]>;
    return [...(containers ?? []), ...initContainers].some(({ name }) => name === PROXY);
  });
}

function summaryOf(seen: ReadonlyMap<string, Seen>): string {
  expect(seen.size > 0, 'no proxy has a certificate');
  for (const [proxy, { serials, shortest }] of seen) {
    expect(shortest > 0, `the SVID of ${proxy} was ${Math.round(-shortest)} s over its end`);
    expect(serials.length > 1, `the SVID of ${proxy} was not renewed`);
  }
  const renewals = [...seen.values()].reduce((sum, { serials }) => sum + serials.length - 1, 0);
  const shortest = Math.min(...[...seen.values()].map((one) => one.shortest));
  return `${renewals} renewals of ${seen.size} SVIDs, each with ${Math.round(shortest)} s left or more`;
}
