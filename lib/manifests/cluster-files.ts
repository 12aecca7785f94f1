/** Collects the manifests of one cluster: files that it alone has, and what it has in common with others. */
import { App } from 'cdk8s';
import type { Layer } from '../model/delivery/layers';
import { type ManifestName, manifestPath } from '../model/delivery/manifest-paths';
import { type BuildPart, COMMON_PARTS, type EqualParts, WORKLOAD_PARTS } from './equal-parts';
import { MadeObjects, ManifestChart, type ManifestFile, manifestFilesOf } from './manifest-file';
import type { ManifestScopes } from './manifest-scopes';

export class ClusterFiles implements ManifestScopes<ManifestChart> {
  /** One App for each cluster: its cost does not grow with the fleet. */
  private readonly app = new App();
  private readonly equal: ManifestFile[] = [];

  /** @param cluster its name */
  constructor(private readonly cluster: string) {}

  /** A file of this cluster alone; the same one when it is asked for again. */
  own(layer: Layer, name: string): ManifestChart {
    const path = manifestPath(this.cluster, [layer, name]);
    const made = this.app.node.tryFindChild(path);
    return made === undefined ? new ManifestChart(this.app, path, layer) : (made as ManifestChart);
  }

  /** A file that no API server takes. */
  outside(path: string): ManifestChart {
    return new ManifestChart(this.app, path);
  }

  /** A file that is built once for all clusters with these props. */
  common<Props>(name: ManifestName, props: Props, build: BuildPart<Props>): void {
    this.addEqual(COMMON_PARTS, name, { props, build });
  }

  /** The same for what is of one workload, of which few come again. */
  ofWorkload<Props>(name: ManifestName, props: Props, build: BuildPart<Props>): void {
    this.addEqual(WORKLOAD_PARTS, name, { props, build });
  }

  /** A part of an own file, one at most, that is built once for all clusters with these props. */
  commonPart<Props>(file: ManifestChart, props: Props, build: BuildPart<Props>): void {
    // The ending tells it from the whole files.
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
