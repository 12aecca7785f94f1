/** Builds the files that the GitOps tools of a fleet read. */
import { App } from 'cdk8s';
import { usedTools } from '../delivery/catalog';
import type { AppliedCluster, ToolFiles } from '../delivery/tool-output';
import { type DeliveryStep, LAYERS } from '../model/delivery/layers';
import type { ResolvedCluster, ResolvedFleet } from '../model/resolved-fleet';
import type { InventoriedFile, InventoryOf } from './inventory';
import { chartsOf } from './istio-charts';
import { type Kustomization, kustomization } from './kustomizations';
import { ManifestChart, type ManifestFile, manifestFilesOf } from './manifest-file';

export interface DeliveryManifest extends ManifestFile {
  /** The cluster of the fleet whose API server takes the objects. @default - one that the fleet may not have */
  readonly appliedTo?: string;
}

export interface DeliveryFiles {
  readonly manifests: readonly DeliveryManifest[];
  readonly kustomizations: readonly Kustomization[];
}

/** Builds the objects for the GitOps tools that the fleet names; none if it names no tool. */
export function buildDelivery({ name, clusters, delivery }: ResolvedFleet, inventory: InventoryOf): DeliveryFiles {
  if (delivery === undefined) return { manifests: [], kustomizations: [] };
  const applied = clusters.map((cluster) => appliedCluster(cluster, inventory(cluster)));
  const folders = usedTools(delivery).map((tool) => {
    const folder = new ToolFolder(tool.name);
    tool.output.build(folder, { fleet: name, delivery, tool: tool.resolved, clusters: applied });
    return folder;
  });
  return {
    manifests: folders.flatMap((folder) => folder.manifests()),
    kustomizations: folders.flatMap(({ kustomizations }) => kustomizations),
  };
}

function appliedCluster(cluster: ResolvedCluster, files: readonly InventoriedFile[]): AppliedCluster {
  const charts = chartsOf(cluster);
  const steps = new Set<DeliveryStep>([
    ...LAYERS.filter((layer) => files.some((file) => file.layer === layer)),
    ...(charts.istiod === undefined ? [] : (['istio-install'] as const)),
    ...(charts.gateway === undefined ? [] : (['istio-gateway'] as const)),
  ]);
  const objects = files.filter(({ layer }) => layer !== undefined).flatMap((file) => file.objects);
  return { cluster, steps, objects, charts };
}

/** Collects the files of one tool. */
class ToolFolder implements ToolFiles {
  readonly kustomizations: Kustomization[] = [];
  private readonly app = new App();
  private readonly appliedTo = new Map<string, string | undefined>();

  constructor(private readonly name: string) {}

  file(path: string, appliedTo?: string): ManifestChart {
    const chart = new ManifestChart(this.app, this.pathOf(path));
    this.appliedTo.set(chart.path, appliedTo);
    return chart;
  }

  kustomization(
    folder: string,
    resources: readonly string[],
    patches?: Parameters<ToolFiles['kustomization']>[2],
  ): void {
    const path = this.pathOf(folder === '' ? 'kustomization.yaml' : `${folder}/kustomization.yaml`);
    this.kustomizations.push(kustomization(path, resources, patches));
  }

  manifests(): readonly DeliveryManifest[] {
    return manifestFilesOf(this.app).map((file) => ({ ...file, appliedTo: this.appliedTo.get(file.path) }));
  }

  private pathOf(path: string): string {
    return `${this.name}/${path}`;
  }
}
