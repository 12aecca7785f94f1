/** A manifest file before it is rendered: its path and its objects. */
import { ApiObject, type App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type { Layer } from '../model/delivery/layers';
import { sorted } from '../yaml/sorted';
import type { KubernetesObject } from './kubernetes-object';

export interface ManifestFile {
  /** Absent for istioctl's input: it is not applied to an API server, so no kustomization may list it. */
  readonly layer?: Layer;
  /** Path below the output folder, such as `east/spire-server/server.yaml`. */
  readonly path: string;
  readonly objects: readonly KubernetesObject[];
}

/** Takes a place in a chart for objects that were built earlier. */
export class MadeObjects extends Construct {
  constructor(
    scope: Construct,
    id: string,
    readonly objects: readonly KubernetesObject[],
  ) {
    super(scope, id);
  }
}

/** A chart that becomes one file. Its id is the file's path, so adding a file changes no other path. */
export class ManifestChart extends Chart {
  constructor(
    scope: Construct,
    readonly path: string,
    readonly layer?: Layer,
  ) {
    super(scope, path, { disableResourceNameHashes: true });
  }

  /** Objects in the order in which their constructs were made. */
  toManifestFile(): ManifestFile {
    const objects: KubernetesObject[] = [];
    for (const construct of this.node.findAll()) {
      if (construct instanceof MadeObjects) objects.push(...construct.objects);
      else if (ApiObject.isApiObject(construct)) objects.push(inOrder(construct.toJson() as KubernetesObject));
    }
    return { layer: this.layer, path: this.path, objects };
  }
}

/** The order in which cdk8s writes keys. It leaves them as they are where CDK8S_DISABLE_SORT is set, and the output must not depend on that. */
function inOrder({ apiVersion, kind, metadata, ...rest }: KubernetesObject): KubernetesObject {
  return { apiVersion, kind, metadata: sorted(metadata), ...(sorted(rest) as object) } as KubernetesObject;
}

/** The files of an app, in the order in which their charts were made. No chart depends on another, so cdk8s need not sort them. */
export function manifestFilesOf(app: App): readonly ManifestFile[] {
  return app.node.children.map((chart) => (chart as ManifestChart).toManifestFile());
}
