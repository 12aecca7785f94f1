import { Workload } from '../../lib/workloads/workload';
import { containerOf, find, type Manifest, mountPathOf, objectsOf, podOf } from '../manifests';
import { loneCluster } from '../resolved';

async function objectsFor(workload: string): Promise<readonly Manifest[]> {
  const [found] = (await loneCluster('', `shop: { cluster: east, ${workload} }`)).workloads;
  return objectsOf((scope) => new Workload(scope, 'workload', found!));
}

const namesOf = (objects: readonly Manifest[], kind: string): readonly string[] =>
  objects.filter((object) => object.kind === kind).map(({ metadata }) => metadata.name);

test.each(['preset: curl-greeter', 'preset: bookinfo', 'image: "a:1"'])(
  'asks with { %s } for a sidecar and its socket',
  async (workload) => {
    for (const deployment of (await objectsFor(workload)).filter(({ kind }) => kind === 'Deployment')) {
      expect(podOf(deployment).metadata).toMatchObject({
        annotations: { 'inject.istio.io/templates': 'sidecar,spire' },
        labels: { 'sidecar.istio.io/inject': 'true', 'spiffe.io/spire-managed-identity': 'shop' },
      });
    }
  },
);

test('deploys Bookinfo with three versions of reviews behind one Service', async () => {
  const objects = await objectsFor('preset: bookinfo');
  expect(namesOf(objects, 'Service')).toEqual(['details', 'productpage', 'ratings', 'reviews']);
  expect(namesOf(objects, 'Deployment').filter((name) => name.startsWith('reviews'))).toEqual([
    'reviews-v1',
    'reviews-v2',
    'reviews-v3',
  ]);
  expect(find(objects, 'Service', 'reviews').spec).toMatchObject({ selector: { app: 'reviews' } });
});

test('distinguishes versions in selectors, so that no Deployment selects the pods of another', async () => {
  const deployments = (await objectsFor('preset: bookinfo')).filter(({ kind }) => kind === 'Deployment');
  const selectors = deployments.map(({ spec }) => JSON.stringify((spec as { selector: object }).selector));
  expect(new Set(selectors).size).toBe(deployments.length);
});

test('gives each part of Bookinfo an account of its own, which its pods run as', async () => {
  const objects = await objectsFor('preset: bookinfo');
  for (const name of ['details', 'productpage', 'ratings', 'reviews']) {
    const { metadata } = find(objects, 'ServiceAccount', `bookinfo-${name}`);
    expect(podOf(find(objects, 'Deployment', `${name}-v1`)).spec).toMatchObject({ serviceAccountName: metadata.name });
  }
});

test('selects with each Service and Deployment the pods that the Deployment makes', async () => {
  const objects = await objectsFor('image: "a:1", port: 8080, service: front');
  const { labels } = podOf(find(objects, 'Deployment')).metadata as { labels: object };
  expect(labels).toMatchObject((find(objects, 'Service').spec as { selector: object }).selector);
  expect(labels).toMatchObject(
    (find(objects, 'Deployment').spec as { selector: { matchLabels: object } }).selector.matchLabels,
  );
});

test('names the port so that Istio detects the protocol', async () => {
  const objects = await objectsFor('image: "a:1", port: 8080');
  expect(find(objects, 'Service').spec).toMatchObject({ ports: [{ name: 'http', port: 8080, targetPort: 8080 }] });
});

test('creates no Service for a workload that receives no calls', async () => {
  expect(namesOf(await objectsFor('preset: curl-greeter'), 'Service')).toEqual([]);
});

test('runs the image of the fleet as often as it says', async () => {
  const deployment = find(await objectsFor('image: "registry.test/a:1", replicas: 3'), 'Deployment');
  expect(deployment.spec).toMatchObject({ replicas: 3 });
  expect(containerOf(deployment, 'shop').image).toBe('registry.test/a:1');
});

test('pins every image of a preset', async () => {
  const objects = [...(await objectsFor('preset: bookinfo')), ...(await objectsFor('preset: curl-greeter'))];
  const images = objects
    .filter(({ kind }) => kind === 'Deployment')
    .flatMap((object) => podOf(object).spec.containers.map(({ image }) => image));
  expect(images).toHaveLength(7);
  expect(images.filter((image) => !/:v?\d+\.\d+\.\d+$/.test(image))).toEqual([]);
});

test('drops all capabilities of every container', async () => {
  const deployments = (await objectsFor('preset: bookinfo')).filter(({ kind }) => kind === 'Deployment');
  for (const { spec } of deployments.map(podOf)) {
    expect(spec.containers).toMatchObject([
      { securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } } },
    ]);
  }
});

test('lets reviews log into a folder that it may write to', async () => {
  const reviews = containerOf(find(await objectsFor('preset: bookinfo'), 'Deployment', 'reviews-v2'), 'reviews');
  expect(reviews.env).toEqual([{ name: 'LOG_DIR', value: '/tmp/logs' }]);
  expect(mountPathOf(reviews, 'tmp')).toBe('/tmp');
});

test('opens the port of its Service, and none without one', async () => {
  const portsOf = async (workload: string) => containerOf(find(await objectsFor(workload), 'Deployment'), 'shop').ports;
  expect(await portsOf('image: "a:1", port: 8080')).toMatchObject([{ name: 'http', containerPort: 8080 }]);
  expect(await portsOf('image: "a:1"')).toBeUndefined();
});

test('runs as a user of its own only where that is known, and mounts only what is written to', async () => {
  const securityOf = async (workload: string): Promise<unknown> =>
    containerOf(find(await objectsFor(workload), 'Deployment'), 'shop');
  expect(await securityOf('preset: curl-greeter')).toMatchObject({
    securityContext: { runAsUser: 1000, runAsNonRoot: true },
    volumeMounts: [{ name: 'tmp', mountPath: '/tmp' }],
  });
  const image = await securityOf('image: "a:1"');
  expect(image).not.toHaveProperty('securityContext.runAsUser');
  expect(image).not.toHaveProperty('volumeMounts');
});
