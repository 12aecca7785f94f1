/** Collects the manifests of one cluster: files that it alone has, and what it has in common with others. */
import { App } from 'cdk8s';
import type { Layer } from '../model/layers';
import { type ManifestName, manifestPath } from '../model/manifest-paths';
import type { BuildPart, EqualParts } from './equal-parts';
import { MadeObjects, ManifestChart, type ManifestFile, manifestFilesOf } from './manifest-file';

export class ClusterFiles {
  /** One App for each cluster: its cost does not grow with the fleet. */
  private readonly app = new App();
  private readonly equal: ManifestFile[] = [];

  /** @param cluster its name */
  constructor(private readonly cluster: string) {}

  /** A file of this cluster alone. */
  own(layer: Layer, name: string): ManifestChart {
    return new ManifestChart(this.app, manifestPath(this.cluster, [layer, name]), layer);
  }

  /** A file that no API server takes. */
  outside(path: string): ManifestChart {
    return new ManifestChart(this.app, path);
  }

  /** A file that is built once for all clusters with these props. */
  common<Props>(parts: EqualParts, [layer, name]: ManifestName, props: Props, build: BuildPart<Props>): void {
    const objects = parts.of(`${layer}/${name}`, props, build);
    this.equal.push({ layer, path: manifestPath(this.cluster, [layer, name]), objects });
  }

  all(): readonly ManifestFile[] {
    return [...this.equal, ...manifestFilesOf(this.app)];
  }
}

/** A part of a cluster's own file that is built once for all clusters with these props. */
export function addPart<Props>(
  parts: EqualParts,
  file: ManifestChart,
  name: string,
  props: Props,
  build: BuildPart<Props>,
): void {
  new MadeObjects(file, name, parts.of(`${file.layer}/${name}`, props, build));
}
