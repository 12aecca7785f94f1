/** Runs Flux, which applies every cluster of the fleet from one of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubeconfigSecret } from '../../../lib/delivery/flux/flux-settings';
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';
import { moduleFolder } from '../programs/build';
import { expect } from '../proofs/proof';
import type { Stage } from '../stage';
import { embeddedKubeconfig } from './embedded-kubeconfig';
import type { Hosting } from './hosting';
import type { GitOpsTool } from './tool';

const NAMESPACE = 'flux-system';
const STORAGE = '127.0.0.1:9790';

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

interface Reconciled extends KubernetesObject {
  readonly metadata: KubernetesObject['metadata'] & { readonly generation: number };
  readonly status?: {
    readonly conditions?: readonly Condition[];
    readonly observedGeneration?: number;
    readonly lastAppliedRevision?: string;
  };
}

export const flux: GitOpsTool = {
  name: 'Flux',

  async install(stage, host, hosting) {
    for (const family of ['fluxSource', 'fluxKustomize', 'fluxHelm'] as const) {
      await host.kubectl.run(['apply', '--server-side', '-f', join(await moduleFolder(family), 'config/crd/bases')]);
    }
    await host.kubectl.run(['create', 'namespace', NAMESPACE]);
    for (const cluster of stage.clusters) {
      const literal = `--from-literal=value=${await embeddedKubeconfig(cluster)}`;
      await host.kubectl.run(['create', 'secret', 'generic', kubeconfigSecret(cluster.name), '-n', NAMESPACE, literal]);
    }
    startControllers(stage, host, hosting);
  },

  async bootstrap(stage, host) {
    await host.kubectl.applyFolder(join(stage.fleet.dist, 'flux'));
  },

  async checkReady(host, commit) {
    const [kustomizations, releases] = [await listOf(host, 'kustomizations'), await listOf(host, 'helmreleases')];
    expect(kustomizations.length > 2 && releases.length > 2, 'its objects are not there yet');
    // While it looks again an object says neither yes nor no; the commit is noted only once all of it was ready.
    const failed = [...kustomizations, ...releases].filter((object) => readiness(object)?.status === 'False');
    expect(failed.length === 0, `${failed.length} are not ready: ${failed.map(explain).join('; ')}`);
    const old = kustomizations.filter(({ status }) => status?.lastAppliedRevision?.endsWith(commit) !== true);
    expect(old.length === 0, `${old.map(explain).join('; ')} are at another commit`);
    const waiting = releases.filter((object) => readiness(object)?.status !== 'True');
    expect(waiting.length === 0, `${waiting.length} are not ready: ${waiting.map(explain).join('; ')}`);
    return `${kustomizations.length} Kustomizations and ${releases.length} HelmReleases`;
  },

  async checkRemoval(host, commit, removed) {
    const all = await listOf(host, 'kustomizations');
    const root = all.find(({ metadata }) => !metadata.name.includes('.'));
    expect(root?.status?.lastAppliedRevision?.endsWith(commit) === true, 'the commit is not applied yet');
    expect(!all.some(({ metadata }) => metadata.name === `${removed}.delivery`), `${removed} is still followed`);
    const left = all.filter(({ metadata }) => metadata.name.startsWith(`${removed}.`));
    expect(
      left.some(({ metadata }) => metadata.name === `${removed}.spire-server`),
      'the layers went with it',
    );
    return `${left.length} Kustomizations of ${removed} wait for a person`;
  },

  reconciliations(host) {
    const counts = new Map<string, number>();
    for (const line of logOf(host, 'kustomize-controller')) {
      const name = /Reconciliation finished in.*"(?:name)":"([^"]+)"/.exec(line)?.[1];
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  },

  async requestReconciliation(host) {
    const request = `reconcile.fluxcd.io/requestedAt=${new Date().toISOString()}`;
    await host.kubectl.run(['annotate', 'kustomizations', '--all', '-n', NAMESPACE, '--overwrite', request]);
  },

  async changes(host) {
    const releases = await listOf(host, 'helmreleases');
    const drifted = logOf(host, 'helm-controller').filter((line) => /drift/i.test(line));
    return JSON.stringify([releases.map(({ metadata }) => [metadata.name, metadata.generation]), drifted]);
  },
};

function startControllers(stage: Stage, host: Cluster, hosting: Hosting): void {
  const { programs } = stage;
  const storage = hosting.makeFolder('flux');
  const start = (name: string, program: string, args: readonly string[], port: number): void => {
    host.node.background(name, [
      ...['env', ...hosting.environment, `KUBECONFIG=${host.kubeconfig}`, `RUNTIME_NAMESPACE=${NAMESPACE}`],
      ...['GOMAXPROCS=2', program, '--log-encoding=json', '--watch-all-namespaces', '--events-addr='],
      ...[`--metrics-addr=127.0.0.1:${port}`, `--health-addr=127.0.0.1:${port + 1}`, ...args],
    ]);
  };
  start(
    'source-controller',
    programs.path('fluxSource', 'source-controller'),
    [`--storage-path=${storage}`, `--storage-addr=${STORAGE}`, `--storage-adv-addr=${STORAGE}`],
    9800,
  );
  const quick = ['--requeue-dependency=3s', '--concurrent=8'];
  start('kustomize-controller', programs.path('fluxKustomize', 'kustomize-controller'), quick, 9810);
  start('helm-controller', programs.path('fluxHelm', 'helm-controller'), quick, 9820);
}

async function listOf(host: Cluster, kind: string): Promise<readonly Reconciled[]> {
  return (await host.kubectl.list([kind, '-n', NAMESPACE])) as readonly Reconciled[];
}

function readiness({ metadata, status }: Reconciled): Condition | undefined {
  if (status?.observedGeneration !== metadata.generation) return undefined;
  // So it is called for a moment whenever a dependency is looked at again.
  return status.conditions?.find(({ type, reason }) => type === 'Ready' && reason !== 'DependencyNotReady');
}

function explain(object: Reconciled): string {
  const message = object.status?.conditions?.find(({ type }) => type === 'Ready')?.message ?? 'nothing known';
  return `${object.metadata.name}: ${message.slice(0, 200)}`;
}

function logOf(host: Cluster, name: string): readonly string[] {
  return readFileSync(join(host.folder, 'logs', `${name}.log`), 'utf8').split('\n');
}
