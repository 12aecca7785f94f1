/** Runs Argo CD, which applies every cluster of the fleet from one of them. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';
import { moduleFolder } from '../programs/build';
import { expect } from '../proofs/proof';
import type { Stage } from '../stage';
import { accessTo } from './embedded-kubeconfig';
import type { Hosting } from './hosting';
import type { GitOpsTool } from './tool';

const NAMESPACE = 'argocd';
/** How often clusters are compared, in seconds. */
const RESYNC = 10;

interface Application extends KubernetesObject {
  readonly status?: {
    readonly sync?: { readonly status: string; readonly revision?: string; readonly revisions?: readonly string[] };
    readonly health?: { readonly status: string; readonly message?: string };
    readonly operationState?: { readonly phase: string; readonly message?: string; readonly finishedAt?: string };
    readonly conditions?: readonly { readonly type: string; readonly message: string }[];
    readonly history?: readonly unknown[];
    readonly resources?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly status?: string;
      readonly health?: { readonly status: string; readonly message?: string };
    }[];
  };
}

export const argoCd: GitOpsTool = {
  name: 'Argo CD',

  async install(stage, host, hosting) {
    const crds = join(await moduleFolder('argocd'), 'manifests', 'crds');
    for (const file of readdirSync(crds).filter((name) => name.endsWith('-crd.yaml'))) {
      await host.kubectl.run(['apply', '--server-side', '-f', join(crds, file)]);
    }
    await host.kubectl.run(['create', 'namespace', NAMESPACE]);
    for (const object of [...SETTINGS, ...(await remoteClusters(stage, host))]) {
      await host.kubectl.apply(JSON.stringify(object));
    }
    startControllers(stage, host, hosting);
  },

  async bootstrap(stage, host) {
    const folder = join(stage.fleet.dist, 'argocd');
    for (const file of ['argocd-cm.yaml', 'parent.yaml']) {
      await host.kubectl.run(['apply', '--server-side', '-f', join(folder, file)]);
    }
  },

  async checkReady(host, commit) {
    const applications = await list(host);
    expect(applications.length === 3, `there are ${applications.length} Applications`);
    for (const application of applications) checkApplication(application, commit);
    const resources = applications.flatMap(({ status }) => status?.resources ?? []);
    return `${applications.length} Applications with ${resources.length} resources`;
  },

  async checkRemoval(host, commit, removed) {
    const applications = await list(host);
    const parent = applications.find(({ metadata }) => !/cluster\d$/.test(metadata.name));
    expect(parent !== undefined, 'there is no parent');
    checkApplication(parent, commit);
    expect(
      applications.some(({ metadata }) => metadata.name.endsWith(removed)),
      `the Application of ${removed} went with it`,
    );
    const set = await host.kubectl.get(['applicationset', '-n', NAMESPACE, parent.metadata.name]);
    expect(!JSON.stringify(set.spec).includes(`"cluster":"${removed}"`), 'the ApplicationSet is not changed yet');
    return `the Application of ${removed} waits for a person`;
  },

  reconciliations(host) {
    const counts = new Map<string, number>();
    for (const line of readFileSync(join(host.folder, 'logs', 'argocd-application-controller.log'), 'utf8').split(
      '\n',
    )) {
      const name = /"application":"([^"]+)".*Reconciliation completed/.exec(line)?.[1];
      if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  },

  async changes(host) {
    const applications = await list(host);
    return JSON.stringify(
      applications.map(({ metadata, status }) => [
        metadata.name,
        status?.sync?.status,
        status?.operationState?.finishedAt,
        status?.history?.length,
      ]),
    );
  },
};

async function list(host: Cluster): Promise<readonly Application[]> {
  return (await host.kubectl.list(['applications', '-n', NAMESPACE])) as readonly Application[];
}

function checkApplication({ metadata, status = {} }: Application, commit: string): void {
  const { sync, health, operationState, conditions = [], resources = [] } = status;
  const state = `${sync?.status}, ${health?.status}, ${operationState?.phase}`;
  const unhealthy = resources.filter(
    (resource) => resource.status !== 'Synced' || (resource.health?.status ?? 'Healthy') !== 'Healthy',
  );
  const why = [
    ...conditions.map(({ message }) => message.slice(0, 300)),
    operationState?.message?.slice(0, 300),
    ...unhealthy.slice(0, 4).map((one) => `${one.kind}/${one.name} ${one.status} ${one.health?.status ?? ''}`),
  ];
  expect(
    sync?.status === 'Synced' && health?.status === 'Healthy' && operationState?.phase === 'Succeeded',
    `${metadata.name} is ${state}: ${why.filter(Boolean).join('; ')}`,
  );
  const revisions = [sync.revision, ...(sync.revisions ?? [])];
  expect(revisions.includes(commit), `${metadata.name} is at ${revisions.join(', ')}`);
}

const LABELS = { 'app.kubernetes.io/part-of': 'argocd' };

/** What Argo CD's own installation brings, as far as the controllers read it. */
const SETTINGS: readonly unknown[] = [
  ...['argocd-cm', 'argocd-rbac-cm', 'argocd-tls-certs-cm', 'argocd-ssh-known-hosts-cm', 'argocd-gpg-keys-cm'].map(
    (name) => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name, namespace: NAMESPACE, labels: LABELS },
      ...(name === 'argocd-cm' && { data: { 'timeout.reconciliation': `${RESYNC}s` } }),
    }),
  ),
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'argocd-secret', namespace: NAMESPACE, labels: LABELS },
    stringData: { 'server.secretkey': 'made for the run' },
  },
  {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name: 'default', namespace: NAMESPACE },
    spec: {
      sourceRepos: ['*'],
      destinations: [{ server: '*', namespace: '*' }],
      clusterResourceWhitelist: [{ group: '*', kind: '*' }],
    },
  },
];

/** The cluster beside which it runs needs no Secret; it is called in-cluster. */
async function remoteClusters(stage: Stage, host: Cluster): Promise<readonly unknown[]> {
  return Promise.all(
    stage.clusters
      .filter(({ name }) => name !== host.name)
      .map(async (cluster) => {
        const { server, ...tlsClientConfig } = await accessTo(cluster);
        return {
          apiVersion: 'v1',
          kind: 'Secret',
          metadata: {
            name: `cluster-${cluster.name}`,
            namespace: NAMESPACE,
            labels: { 'argocd.argoproj.io/secret-type': 'cluster' },
          },
          stringData: { name: cluster.name, server, config: JSON.stringify({ tlsClientConfig }) },
        };
      }),
  );
}

function startControllers(stage: Stage, host: Cluster, hosting: Hosting): void {
  const { programs } = stage;
  const folder = hosting.makeFolder('argocd');
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  const path = [bin, dirname(programs.path('kustomize', 'kustomize')), dirname(programs.path('helm', 'helm'))];
  // It looks for itself under this name when git asks for credentials.
  symlinkSync(programs.path('argocd', 'argocd'), join(bin, 'argocd'));
  const start = (name: string, args: readonly string[]): void =>
    host.node.background(name, [
      ...['env', ...hosting.environment, `KUBECONFIG=${host.kubeconfig}`, `HOME=${folder}`, 'GOMAXPROCS=2'],
      ...[`PATH=${[...path, process.env.PATH].join(':')}`, `ARGOCD_BINARY_NAME=${name}`],
      ...['ARGOCD_FAKE_IN_CLUSTER=true', 'ARGOCD_GPG_ENABLED=false', 'ARGOCD_CONTROLLER_SHARD=0'],
      ...['ARGOCD_CONTROLLER_REPLICAS=1', programs.path('argocd', 'argocd'), ...args],
    ]);
  host.node.background('redis', ['redis-server', '--port', '6379', '--bind', '127.0.0.1', '--save', '']);
  const server = '127.0.0.1:9881';
  start('argocd-repo-server', [
    ...['--redis=127.0.0.1:6379', '--address=127.0.0.1', '--port=9881', '--metrics-port=9884'],
    // A new commit is looked for as often as clusters are compared.
    `--revision-cache-expiration=${RESYNC / 2}s`,
  ]);
  start('argocd-application-controller', [
    `--namespace=${NAMESPACE}`,
    ...['--redis=127.0.0.1:6379', `--repo-server=${server}`, '--metrics-port=9882'],
    ...[`--app-resync=${RESYNC}`, '--app-resync-jitter=0', '--status-processors=4', '--operation-processors=4'],
  ]);
  start('argocd-applicationset-controller', [
    `--namespace=${NAMESPACE}`,
    ...[`--argocd-repo-server=${server}`, '--metrics-addr=127.0.0.1:9885', '--probe-addr=127.0.0.1:9886'],
    ...['--webhook-addr=127.0.0.1:9887', '--enable-leader-election=false'],
  ]);
}
