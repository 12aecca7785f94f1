/** Runs the checks of the output on the objects of any cdk8s app. */
import { type App, Chart } from 'cdk8s';
import { OBJECT_RULES } from '../checks/catalog';
import { checkBy, checkCluster } from '../checks/check-cluster';
import type { OutputFault } from '../checks/output-fault';
import type { KubernetesObject } from '../manifests/kubernetes-object';
import type { ManifestFile } from '../manifests/manifest-file';
import { SPIRE_AGENT } from '../model/names';
import { Schemas } from '../schemas/schemas';
import { FederatedCluster } from './federated-cluster';

export interface CheckAppOptions {
  /** Version of Kubernetes with whose schemas objects are held, such as `1.36`. A chart with a FederatedCluster has its own. */
  readonly kubernetes: string;
  /** Secrets that exist in the clusters, as `namespace/name`. @default - none but those that a FederatedCluster asks for */
  readonly secrets?: readonly string[];
}

/**
 * What is wrong with the objects of an app; empty where nothing is.
 * - A chart with a FederatedCluster is one cluster, and every check of a fleet's output runs on it.
 * - All other charts together are one cluster. Their objects are checked for what holds of any: schemas, pinned images,
 *   private keys, empty lists, and what their pods mount and run as.
 * - Objects of a kind that neither Kubernetes nor a CRD of SPIRE, Istio, MetalLB, Flux or Argo CD defines are left out.
 *
 * `file` of a fault is the chart.
 */
export function checkApp(app: App, { kubernetes, secrets = [] }: CheckAppOptions): readonly OutputFault[] {
  const constructs = app.node.findAll();
  const charts = constructs.filter((construct) => Chart.isChart(construct)) as readonly Chart[];
  const clusters = constructs.filter((construct) => construct instanceof FederatedCluster);
  const provided = secrets.map((secret) => {
    const [namespace = '', name = ''] = secret.split('/');
    const use = { kind: 'worded' as const, purpose: 'named by whoever runs the checks' };
    return { namespace, name, type: 'Opaque' as const, keys: [], use };
  });
  const whole = clusters.flatMap((cluster) => {
    const { resolved } = cluster;
    const asked = { ...resolved, requiredSecrets: [...resolved.requiredSecrets, ...provided] };
    return checkCluster(asked, [fileOf(Chart.of(cluster), resolved.kubernetes)]);
  });
  const ofClusters = new Set(clusters.map((cluster) => Chart.of(cluster)));
  const others = charts.filter((chart) => !ofClusters.has(chart)).map((chart) => fileOf(chart, kubernetes));
  const rest = { kubernetes, requiredSecrets: provided, spire: { agentNamespace: agentNamespaceOf(others) } };
  return [...whole, ...checkBy(OBJECT_RULES, rest, others)];
}

function fileOf(chart: Chart, kubernetes: string): ManifestFile {
  const schemas = Schemas.of(kubernetes);
  const objects = (chart.toJson() as readonly KubernetesObject[]).filter((object) => schemas.knows(object));
  return { path: chart.node.path, objects };
}

/** There the SPIRE server writes a ConfigMap with its bundle. */
function agentNamespaceOf(files: readonly ManifestFile[]): string {
  const agents = files
    .flatMap(({ objects }) => objects)
    .find(({ kind, metadata }) => kind === 'DaemonSet' && metadata.name === SPIRE_AGENT.name);
  return agents?.metadata.namespace ?? 'none';
}
