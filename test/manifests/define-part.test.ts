/** What clusters that are set up alike have in common is built, checked and rendered once. */
import { k8s } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { buildCluster } from '../../lib/manifests/cluster-app';
import { definePart } from '../../lib/manifests/define-part';
import type { KubernetesObject } from '../../lib/manifests/kubernetes-object';
import { ManifestChart } from '../../lib/manifests/manifest-file';
import { prepare } from '../../lib/output/prepare';
import { manyClustersFolder } from '../many-clusters';
import { NOW } from '../support';

let clusters: readonly (readonly KubernetesObject[])[];
/** Paths of the charts that were built for the last cluster. The path of a shared part does not name the cluster. */
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

const account = (scope: Construct, metadata: AccountProps): void => {
  new k8s.KubeServiceAccount(scope, 'account', { metadata });
};

test('a part returns the same objects for equal props, and others for other props', () => {
  const part = definePart('account', account);
  const one = part.objectsOf({ name: 'echo' });
  expect(part.objectsOf({ name: 'echo' })).toBe(one);
  expect(part.objectsOf({ name: 'reverb' })).toMatchObject([{ metadata: { name: 'reverb' } }]);
  expect(definePart('other', account).objectsOf({ name: 'echo' })).not.toBe(one);
});

test('a part is built once more when it has not come again for long', () => {
  const part = definePart('account', account, { repeated: 4, once: 4 });
  const one = part.objectsOf({ name: 'echo' });
  for (let index = 0; index < 5; index++) part.objectsOf({ name: `echo-${index}` });
  const other = part.objectsOf({ name: 'echo' });
  expect(other).toEqual(one);
  expect(other).not.toBe(one);
});

test('a builder sees nothing of its props that does not distinguish them', () => {
  let seen: object = {};
  const part = definePart('part', (_scope, props: object) => {
    seen = props;
  });
  part.objectsOf({ name: 'echo', cluster: () => 'east' });
  expect(seen).toEqual({ name: 'echo' });
});
