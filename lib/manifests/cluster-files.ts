/** Collects the manifests of one cluster: its own files, and parts that it shares with other clusters. */
import { App } from 'cdk8s';
import type { Layer } from '../model/delivery/layers';
import { type ManifestName, manifestPath } from '../model/delivery/manifest-paths';
import { type BuildPart, COMMON_PARTS, type EqualParts, WORKLOAD_PARTS } from './equal-parts';
import { MadeObjects, ManifestChart, type ManifestFile, manifestFilesOf } from './manifest-file';
import type { ManifestScopes } from './manifest-scopes';

export class ClusterFiles implements ManifestScopes<ManifestChart> {
  /** One App for each cluster, so that the cost of an App does not grow with the fleet. */
  private readonly app = new App();
  private readonly equal: ManifestFile[] = [];

  /** @param cluster name of the cluster */
  constructor(private readonly cluster: string) {}

  /** Returns a file of this cluster alone. The same layer and name return the same file. */
  own(layer: Layer, name: string): ManifestChart {
    const path = manifestPath(this.cluster, [layer, name]);
    const made = this.app.node.tryFindChild(path);
    return made === undefined ? new ManifestChart(this.app, path, layer) : (made as ManifestChart);
  }

  /** Adds a file that is not applied to an API server. */
  outside(path: string): ManifestChart {
    return new ManifestChart(this.app, path);
  }

  /** Adds a file that is built once for all clusters with equal props. */
  common<Props>(name: ManifestName, props: Props, build: BuildPart<Props>): void {
    this.addEqual(COMMON_PARTS, name, { props, build });
  }

  /** Likewise for a file of one workload. Few of these are used again, so they have a cache of their own. */
  ofWorkload<Props>(name: ManifestName, props: Props, build: BuildPart<Props>): void {
    this.addEqual(WORKLOAD_PARTS, name, { props, build });
  }

  /** Adds a part to an own file, at most one to each, that is built once for all clusters with equal props. */
  commonPart<Props>(file: ManifestChart, props: Props, build: BuildPart<Props>): void {
    // The file extension distinguishes the part from shared whole files.
    const part = file.path.slice(`${this.cluster}/`.length);
    new MadeObjects(file, 'common', COMMON_PARTS.of(part, props, build));
  }

  all(): readonly ManifestFile[] {
    return [...this.equal, ...manifestFilesOf(this.app)];
  }

  private addEqual<Props>(
    parts: EqualParts,
    [layer, name]: ManifestName,
    { props, build }: { readonly props: Props; readonly build: BuildPart<Props> },
  ): void {
    const objects = parts.of(`${layer}/${name}`, props, build);
    this.equal.push({ layer, path: manifestPath(this.cluster, [layer, name]), objects });
  }
}
