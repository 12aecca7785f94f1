/** What clusters that are set up alike have in common is built, checked and rendered once. */
import { k8s } from 'cdk8s-plus-27';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { type BuildPart, EqualParts } from '../../lib/manifests/equal-parts';
import type { KubernetesObject } from '../../lib/manifests/kubernetes-object';
import { ManifestChart } from '../../lib/manifests/manifest-file';
import { prepare } from '../../lib/output/prepare';
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

test('all that does not name the cluster is one object in both, but for a Service between two that do', () => {
  // The last two have neither a workload nor anything else that the other has not.
  const [one = [], other = []] = clusters.slice(-2);
  expect(namesOf(one)).toEqual(namesOf(other));
  const own = namesOf(one.filter((object) => !other.includes(object)));
  expect(own).toEqual([
    'ConfigMap/spire-server',
    'ConfigMap/spire-server-root',
    'Service/spire-server',
    'StatefulSet/spire-server',
    'ConfigMap/spire-controller-manager',
    'ConfigMap/spire-agent',
    'DaemonSet/spire-agent',
    'IstioOperator/istio',
    'Service/spire-server-bundle-endpoint',
    'ConfigMap/kiali',
    'Service/kiali',
    'Deployment/kiali',
  ]);
});

test('no part is built for a cluster that an alike one has', () => {
  expect(lastBuilt).toContain('store-5/spire-server/server.yaml');
  expect(lastBuilt.filter((path) => !path.includes('store-5'))).toEqual([]);
});

interface AccountProps {
  readonly name: string;
}

const account: BuildPart<AccountProps> = (scope, metadata) => {
  new k8s.KubeServiceAccount(scope, 'account', { metadata });
};

test('a part is told from others by its name and by any of its props', () => {
  const parts = new EqualParts(4, 4);
  const one = parts.of('first', { name: 'echo' }, account);
  expect(parts.of('first', { name: 'echo' }, account)).toBe(one);
  expect(parts.of('second', { name: 'echo' }, account)).not.toBe(one);
  expect(parts.of('first', { name: 'reverb' }, account)).toMatchObject([{ metadata: { name: 'reverb' } }]);
});

test('a part is built once more when it has not come again for long', () => {
  const parts = new EqualParts(4, 4);
  const one = parts.of('account', { name: 'echo' }, account);
  for (let index = 0; index < 5; index++) parts.of('account', { name: `echo-${index}` }, account);
  const other = parts.of('account', { name: 'echo' }, account);
  expect(other).toEqual(one);
  expect(other).not.toBe(one);
});
