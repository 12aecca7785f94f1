/** Proves that the programs themselves accept what every example fleet yields: SPIRE its configuration, Istio and Kubernetes the objects. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { required } from '../../../lib/invariants/required';
import { kubernetesMinors } from '../../../lib/model/versions';
import { renderYaml } from '../../../lib/yaml/render-yaml';
import { HOSTILE_TEXTS } from '../../yaml/hostile-texts';
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';
import { clustersFor, committedClusters, type ExampleCluster, objectsIn } from '../fleet/examples';
import { run } from '../machine/command';
import type { Materials } from '../materials';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

export const validationProofs: readonly Proof[] = [
  {
    name: 'the newest SPIRE accepts the configuration of every server and agent of every example',
    prove: validateConfigurations,
    offline: true,
  },
  {
    name: 'istioctl validates and analyzes the objects of every example without a finding',
    prove: validateIstio,
    offline: true,
  },
  {
    name: 'the newest supported Kubernetes accepts every object of every example',
    prove: (stage) =>
      dryRun(stage, {
        name: 'newest',
        apiServer: stage.programs.path('kubernetes', 'kube-apiserver'),
        version: stage.programs.version('kubernetes'),
        clusters: committedClusters(),
      }),
    offline: true,
  },
  {
    name: "Go's YAML reader takes every hostile text for what was written",
    prove: readHostileTexts,
    offline: true,
  },
];

export const oldestKubernetesProofs: readonly Proof[] = [
  {
    name: 'the oldest supported Kubernetes accepts every object of every example that is made for it',
    prove: (stage) =>
      dryRun(stage, {
        name: 'oldest',
        apiServer: stage.programs.path('oldestKubernetes', 'kube-apiserver'),
        version: stage.programs.version('oldestKubernetes'),
        clusters: clustersFor(OLDEST, stage.lab.folder('oldest-examples')),
      }),
    offline: true,
    needs: ['oldestKubernetes'],
  },
];

/** kubectl reads with sigs.k8s.io/yaml, as API servers, Flux and Argo CD do; a local command of it needs no cluster. */
async function readHostileTexts(stage: Stage): Promise<string> {
  const texts = Object.fromEntries(HOSTILE_TEXTS.map((text, index) => [`text-${index}`, text]));
  const names = Object.fromEntries(HOSTILE_TEXTS.filter((text) => text.length < 1000).map((text) => [text, 'named']));
  const file = join(stage.lab.folder('hostile-texts'), 'config-maps.yaml');
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    renderYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'texts', annotations: names }, data: texts }),
  );
  const kubectl = stage.programs.path('kubernetes', 'kubectl');
  const answer = await run([kubectl, 'label', '--local', '-f', file, '-o', 'json', 'read=back']);
  const { data, metadata } = JSON.parse(answer) as {
    readonly data: Readonly<Record<string, string>>;
    readonly metadata: { readonly annotations: Readonly<Record<string, string>> };
  };
  const changed = [
    ...Object.keys(texts).filter((key) => data[key] !== texts[key]),
    ...Object.keys(names).filter((name) => metadata.annotations[name] !== 'named'),
  ];
  expect(changed.length === 0, `differ: ${changed.map((text) => JSON.stringify(text)).join(', ')}`);
  return `${stage.programs.version('kubernetes')}: ${HOSTILE_TEXTS.length} texts as values, ${Object.keys(names).length} as keys`;
}

async function validateConfigurations(stage: Stage): Promise<string> {
  const folder = stage.lab.folder('configurations');
  mkdirSync(folder, { recursive: true });
  const checked: string[] = [];
  for (const { name, folder: cluster } of committedClusters()) {
    const objects = objectsIn(cluster);
    for (const { data } of objects) {
      for (const [key, text] of Object.entries((data ?? {}) as Readonly<Record<string, string>>)) {
        const program = { 'server.conf': 'spire-server' as const, 'agent.conf': 'spire-agent' as const }[key];
        if (program === undefined) continue;
        const file = join(folder, key);
        const pod = podOf(objects, program);
        writeFileSync(file, withFiles(text, objects, { pod, folder }));
        const expands = pod.containers.some(
          ({ name: container, args = [] }) => container === program && args.includes('-expandEnv'),
        );
        const variables = pod.containers.flatMap(({ env = [] }) =>
          env.map(({ name: variable, value = 'example' }) => [variable, value]),
        );
        const command = [stage.programs.path('spire', program), 'validate', '-config', file];
        await run([...command, ...(expands ? ['-expandEnv'] : [])], { env: Object.fromEntries(variables) });
        checked.push(`${name} ${key}`);
      }
    }
  }
  expect(checked.length > 0, 'no example has a configuration');
  return `SPIRE ${stage.programs.version('spire')}, ${checked.length} files: ${checked.join(', ')}`;
}

interface Pod {
  readonly containers: readonly {
    readonly name: string;
    readonly args?: readonly string[];
    readonly env?: readonly { readonly name: string; readonly value?: string }[];
    readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  }[];
  readonly volumes?: readonly { readonly name: string; readonly configMap?: { readonly name: string } }[];
}

function podOf(objects: readonly KubernetesObject[], program: string): Pod {
  const owner = objects.find(
    ({ kind, metadata }) => ['DaemonSet', 'StatefulSet'].includes(kind) && metadata.name === program,
  );
  return (required(owner, program).spec as { readonly template: { readonly spec: Pod } }).template.spec;
}

/** The configuration with the files of ConfigMaps in a folder: validation reads some of them. */
function withFiles(
  text: string,
  objects: readonly KubernetesObject[],
  { pod, folder }: { readonly pod: Pod; readonly folder: string },
): string {
  const mounts = pod.containers.flatMap(({ volumeMounts = [] }) => volumeMounts);
  return mounts.reduce((changed, { name, mountPath }) => {
    const configMap = pod.volumes?.find((volume) => volume.name === name)?.configMap?.name;
    const found = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === configMap);
    if (found === undefined) return changed;
    const own = join(folder, name);
    mkdirSync(own, { recursive: true });
    for (const [key, data] of Object.entries((found.data ?? {}) as Readonly<Record<string, string>>)) {
      writeFileSync(join(own, key), data);
    }
    return changed.replaceAll(`"${mountPath}/`, `"${own}/`);
  }, text);
}

async function validateIstio(stage: Stage): Promise<string> {
  const istioctl = stage.programs.path('istio', 'istioctl');
  const seen: string[] = [];
  for (const { name, folder } of committedClusters()) {
    await run([istioctl, 'validate', '-f', folder]);
    const analysis = await run([istioctl, 'analyze', '--use-kube=false', '--recursive', folder]);
    const findings = analysis.split('\n').filter((line) => /^(Error|Warning) /.test(line));
    expect(findings.length === 0, `${name}: ${findings.join('; ')}`);
    seen.push(name);
  }
  return `${seen.length} clusters: ${seen.join(', ')}`;
}

/** What a real cluster has before dist/ is applied. */
function foreignDefinitions({ istioModule, metallbModule }: Materials): readonly string[] {
  const definitions = [
    join(istioModule, 'manifests', 'charts', 'base', 'files', 'crd-all.gen.yaml'),
    join(metallbModule, 'config', 'manifests', 'metallb-native.yaml'),
  ].flatMap((file) =>
    parseAllDocuments(readFileSync(file, 'utf8')).map((document) => document.toJS() as KubernetesObject),
  );
  return definitions
    .filter((object) => object?.kind === 'CustomResourceDefinition' || object?.kind === 'Namespace')
    .map((object) => stringify(object));
}

/** The oldest supported Kubernetes, and an Istio that runs on it. */
const OLDEST = { kubernetes: kubernetesMinors()[0] ?? '', istio: '1.24.6' };

interface DryRun {
  /** Names the API server's machine. */
  readonly name: string;
  readonly apiServer: string;
  readonly version: string;
  readonly clusters: readonly ExampleCluster[];
}

async function dryRun(stage: Stage, { name, apiServer, version, clusters }: DryRun): Promise<string> {
  const api = stage.lab.addCluster(name, stage.programs);
  await api.startApiOnly(apiServer);
  try {
    await api.kubectl.apply(foreignDefinitions(stage.materials).join('---\n'));
    const counts: string[] = [];
    for (const cluster of clusters) counts.push(`${cluster.name} ${await dryRunOf(api, cluster)}`);
    return `${version}: ${counts.join(', ')} objects`;
  } finally {
    await api.stop();
  }
}

/** Definitions and namespaces are made for real: nothing in them is accepted without. */
async function dryRunOf(api: Cluster, { folder }: ExampleCluster): Promise<number> {
  const objects = objectsIn(folder);
  const emitted = objects.filter(({ kind }) => kind === 'Namespace').map(({ metadata }) => metadata.name);
  // Namespaces that are made elsewhere, such as those of workloads from elsewhere.
  for (const name of new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))) {
    if (!emitted.includes(name))
      await api.kubectl.apply(stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
  }
  for (const layer of ['crds', 'namespaces'])
    await api.kubectl.run(['apply', '--server-side', '-k', join(folder, layer)]);
  await api.kubectl.run(['wait', '--for=condition=Established', 'crd', '--all', '--timeout=30s']);
  const answer = await api.kubectl.run([
    ...['apply', '--server-side', '--force-conflicts', '--dry-run=server', '--validate=strict', '-k', folder],
  ]);
  const accepted = answer.trim().split('\n').length;
  expect(accepted === objects.length, `of ${objects.length} objects the kustomization applies ${accepted}`);
  return accepted;
}
