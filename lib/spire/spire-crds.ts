/** The CustomResourceDefinitions that spire-controller-manager serves, exactly as its module defines them. */
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type ImportedCrd, importedCrds } from '../schemas/crds';

/** ClusterSPIFFEID, ClusterFederatedTrustDomain and ClusterStaticEntry. */
export class SpireCrds extends Construct {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const crd of importedCrds('spire')) {
      new PinnedCrd(this, `crd-${crd.metadata.name}`, crd);
    }
  }
}

/**
 * A definition passed through as it is. cdk8s-plus-27's KubeCustomResourceDefinition would silently drop every
 * `x-kubernetes-*` rule of the schema: its classes know those keys under camel-case names only.
 */
class PinnedCrd extends ApiObject {
  constructor(scope: Construct, id: string, crd: ImportedCrd) {
    super(scope, id, crd);
  }
}
