/** What clusters that are set up alike have in common is built, checked and rendered once. */
import { buildCluster } from '../../lib/synth/cluster-app';
import type { KubernetesObject } from '../../lib/synth/kubernetes-object';
import { ManifestChart } from '../../lib/synth/manifest-file';
import { prepare } from '../../lib/synth/prepare';
import { manyClustersFolder } from '../many-clusters';
import { NOW } from '../support';

let clusters: readonly (readonly KubernetesObject[])[];
/** Charts that were built for the last cluster; those of equal parts name none. */
let lastBuilt: readonly string[];

beforeAll(async () => {
  const { fleet } = prepare('fleet.yaml', { now: NOW, folder: await manyClustersFolder(6) });
  const toManifestFile = jest.spyOn(ManifestChart.prototype, 'toManifestFile');
  clusters = (fleet?.clusters ?? []).map((cluster) => {
    toManifestFile.mockClear();
    return buildCluster(cluster).flatMap(({ objects }) => objects);
  });
  lastBuilt = toManifestFile.mock.contexts.map(({ path }) => path);
});

const namesOf = (objects: readonly KubernetesObject[]): readonly string[] =>
  objects.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

test('all that does not name the cluster is one object in both', () => {
  // The last two have neither a workload nor anything else that the other has not.
  const [one = [], other = []] = clusters.slice(-2);
  expect(namesOf(one)).toEqual(namesOf(other));
  const own = namesOf(one.filter((object) => !other.includes(object)));
  expect(own).toEqual([
    'ConfigMap/spire-server',
    'ConfigMap/spire-server-root',
    'StatefulSet/spire-server',
    'ConfigMap/spire-controller-manager',
    'ConfigMap/spire-agent',
    'DaemonSet/spire-agent',
    'IstioOperator/istio',
    'Service/spire-server-bundle-endpoint',
    'ConfigMap/kiali',
    'Deployment/kiali',
  ]);
});

test('no part is built for a cluster that an alike one has', () => {
  expect(lastBuilt).toContain('store-5/spire-server/server.yaml');
  expect(lastBuilt.filter((path) => !path.includes('store-5'))).toEqual([]);
});
