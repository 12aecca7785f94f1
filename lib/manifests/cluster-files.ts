/** Collects the manifests of one cluster: its own files, and parts that it shares with other clusters. */
import { App } from 'cdk8s';
import type { Layer } from '../model/delivery/layers';
import { type ManifestName, manifestPath } from '../model/delivery/manifest-paths';
import type { Part } from './define-part';
import { MadeObjects, ManifestChart, type ManifestFile, manifestFilesOf } from './manifest-file';
import type { ManifestScopes } from './manifest-scopes';

export class ClusterFiles implements ManifestScopes<ManifestChart> {
  /** One App for each cluster, so that the cost of an App does not grow with the fleet. */
  private readonly app = new App();
  private readonly shared: ManifestFile[] = [];

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

  /** Adds a part as a file, or at most one to an own file. Clusters with equal props share its objects. */
  add<Props>(to: ManifestName | ManifestChart, part: Part<Props>, props: Props): void {
    const objects = part.objectsOf(props);
    if (to instanceof ManifestChart) {
      new MadeObjects(to, 'part', objects);
    } else {
      const [layer] = to;
      this.shared.push({ layer, path: manifestPath(this.cluster, to), objects });
    }
  }

  all(): readonly ManifestFile[] {
    return [...this.shared, ...manifestFilesOf(this.app)];
  }
}
