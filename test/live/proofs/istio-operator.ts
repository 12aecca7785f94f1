/** Proves that the IstioOperator file, which istioctl reads, installs what the Helm values installed here. */
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import type { Cluster, KubernetesObject } from '../cluster/cluster';
import { run } from '../machine/command';
import type { Stage } from '../stage';
import { expect, type Proof } from './proof';

export const istioOperatorProofs: readonly Proof[] = [
  {
    name: 'istioctl renders the IstioOperator file to the trust settings that the Helm values gave',
    prove: async (stage) => {
      const seen = await Promise.all(stage.clusters.map((cluster) => compareTrust(stage, cluster)));
      return seen.join('; ');
    },
    logs: [],
  },
];

async function compareTrust(stage: Stage, cluster: Cluster): Promise<string> {
  const { istioModule } = stage.props.istio;
  const file = join(stage.fleet.dist, 'istio', cluster.name, 'istio-operator.yaml');
  const rendered = parseAllDocuments(
    await run([
      ...[stage.programs.path('istio', 'istioctl'), 'manifest', 'generate', '-f', file],
      ...['--manifests', join(istioModule, 'manifests')],
    ]),
  ).map((document) => document.toJS() as KubernetesObject);
  const live = await cluster.list(['configmaps,deployments', '-n', 'istio-system']);
  const [fromFile, fromValues] = [trustSettings(rendered), trustSettings(live)];
  expect(fromFile === fromValues, `${cluster.name}: istioctl renders\n${fromFile}\nHelm installed\n${fromValues}`);
  return `${cluster.name} ${rendered.length} objects, ${fromFile.length} characters of trust settings alike`;
}

/** What decides who is trusted: the trust domain, the templates that mount SPIRE's socket, and the gateway's own socket. */
function trustSettings(objects: readonly KubernetesObject[]): string {
  const configOf = (name: string, key: string): Readonly<Record<string, unknown>> => {
    const found = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name);
    return parse((found?.data as Readonly<Record<string, string>> | undefined)?.[key] ?? '{}');
  };
  const { trustDomain, trustDomainAliases, caCertificates } = configOf('istio', 'mesh');
  const templates = (configOf('istio-sidecar-injector', 'config').templates ?? {}) as Readonly<Record<string, string>>;
  expect(templates.spire !== undefined, `no template is named spire among ${Object.keys(templates)}`);
  return JSON.stringify({
    trustDomain,
    trustDomainAliases,
    caCertificates,
    templates: [templates.spire, templates['spire-gateway']],
  });
}
