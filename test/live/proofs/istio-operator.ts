/** Proves that the IstioOperator file, which istioctl reads, installs what the Helm values installed here. */
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { CSI_DRIVER, ISTIO, TEMPLATES_ANNOTATION, WORKLOAD_SOCKET } from '../../../lib/model/names';
import type { Cluster } from '../cluster/cluster';
import type { KubernetesObject } from '../cluster/kubectl';
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
    offline: true,
  },
];

async function compareTrust(stage: Stage, cluster: Cluster): Promise<string> {
  const { istioModule } = stage.istio;
  const file = join(stage.fleet.dist, 'istio', cluster.name, 'istio-operator.yaml');
  const rendered = parseAllDocuments(
    await run([
      ...[stage.programs.path('istio', 'istioctl'), 'manifest', 'generate', '-f', file],
      ...['--manifests', join(istioModule, 'manifests')],
    ]),
  ).flatMap((document) => (document.toJS() as KubernetesObject | null) ?? []);
  const live = await cluster.kubectl.list(['configmaps,deployments', '-n', 'istio-system']);
  const { trustDomain, gateway } = stage.resolveCluster(cluster);
  const [fromFile, fromValues] = [trustSettings(rendered), trustSettings(live)];
  expect(fromFile.trustDomain === trustDomain, `istioctl renders the trust domain ${fromFile.trustDomain}`);
  expect((fromFile.gatewaySocket !== undefined) === (gateway !== undefined), 'the gateway lacks its socket');
  const [rendersTo, installed] = [JSON.stringify(fromFile), JSON.stringify(fromValues)];
  expect(rendersTo === installed, `${cluster.name}: istioctl renders\n${rendersTo}\nHelm installed\n${installed}`);
  return `${cluster.name}: trust domain ${trustDomain}, ${Object.keys(fromFile.templates).join(' and ')} templates${gateway === undefined ? '' : ", the gateway's socket"} alike in ${rendered.length} objects`;
}

interface TrustSettings {
  readonly trustDomain: unknown;
  readonly trustDomainAliases: unknown;
  readonly caCertificates: unknown;
  /** Those that mount SPIRE's socket, by name. */
  readonly templates: Readonly<Record<string, string>>;
  /** Source of the gateway's volume with SPIRE's socket; absent without a gateway. */
  readonly gatewaySocket: unknown;
}

function trustSettings(objects: readonly KubernetesObject[]): TrustSettings {
  const configOf = (name: string, key: string): Readonly<Record<string, unknown>> => {
    const found = objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name);
    const text = (found?.data as Readonly<Record<string, string>> | undefined)?.[key];
    expect(text !== undefined, `there is no ConfigMap ${name} with ${key}`);
    return parse(text) as Readonly<Record<string, unknown>>;
  };
  const { trustDomain, trustDomainAliases, caCertificates } = configOf('istio', 'mesh');
  const templates = configOf('istio-sidecar-injector', 'config').templates as Readonly<Record<string, string>>;
  const ours = [ISTIO.sidecarTemplate, ISTIO.gatewayTemplate].map((name) => {
    const text = templates[name];
    expect(text !== undefined, `no template is named ${name} among ${Object.keys(templates)}`);
    return [name, text] as const;
  });
  return {
    trustDomain,
    trustDomainAliases,
    caCertificates,
    templates: Object.fromEntries(ours),
    gatewaySocket: socketOf(
      objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === ISTIO.gateway),
    ),
  };
}

/** With istioctl the Deployment itself has the volume; with the chart the template adds it when a pod is made, from the same driver. */
function socketOf(gateway: KubernetesObject | undefined): unknown {
  if (gateway === undefined) return undefined;
  const { template } = gateway.spec as { readonly template: PodTemplate };
  const volume = template.spec.volumes?.find(({ name }) => name === WORKLOAD_SOCKET.volume)?.csi?.driver;
  const templates = template.metadata.annotations?.[TEMPLATES_ANNOTATION]?.split(',') ?? [];
  return volume ?? (templates.includes(ISTIO.gatewayTemplate) ? CSI_DRIVER.driver : undefined);
}

interface PodTemplate {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly volumes?: readonly { readonly name: string; readonly csi?: { readonly driver: string } }[];
  };
}
