import { parse } from 'yaml';
import { istiodValues } from '../../lib/istio/istio-settings';
import { SpireAgent } from '../../lib/spire/agent';
import { SpiffeCsiDriver } from '../../lib/spire/csi-driver';
import { containerOf, find, type Manifest, mountPathOf, objectsOf, volumeOf } from '../manifests';
import { loneCluster, loneMesh } from '../resolved';

async function driverOf(keys = ''): Promise<readonly Manifest[]> {
  const cluster = await loneCluster(keys);
  return objectsOf((scope) => new SpiffeCsiDriver(scope, 'driver', cluster));
}

const argumentOf = (daemonSet: Manifest, container: string, flag: string): string | undefined => {
  const args = containerOf(daemonSet, container).args ?? [];
  return args[args.indexOf(flag) + 1];
};

test('mounts into pods the folder in which the agent makes its socket', async () => {
  const cluster = await loneCluster();
  const agent = find(
    objectsOf((scope) => new SpireAgent(scope, 'agent', cluster)),
    'DaemonSet',
  );
  const driver = find(
    objectsOf((scope) => new SpiffeCsiDriver(scope, 'driver', cluster)),
    'DaemonSet',
  );
  expect(volumeOf(driver, 'agent-socket').hostPath).toEqual(volumeOf(agent, 'socket').hostPath);
  expect(mountPathOf(containerOf(driver, 'spiffe-csi-driver'), 'agent-socket')).toBe(
    argumentOf(driver, 'spiffe-csi-driver', '-workload-api-socket-dir'),
  );
});

test('has the driver name that Istio uses', async () => {
  const objects = await driverOf();
  const { name } = find(objects, 'CSIDriver').metadata;
  const template = istiodValues(await loneMesh()).sidecarInjectorWebhook.templates.spire;
  expect(argumentOf(find(objects, 'DaemonSet'), 'spiffe-csi-driver', '-plugin-name')).toBe(name);
  expect(parse(template ?? '')).toMatchObject({ spec: { volumes: [{ csi: { driver: name } }] } });
});

test.each([
  ['/var/lib/kubelet', ''],
  ['/var/lib/k0s/kubelet', 'kubelet: { directory: /var/lib/k0s/kubelet }'],
])('looks for the kubelet in %s, and nowhere else', async (directory, keys) => {
  const daemonSet = find(await driverOf(keys), 'DaemonSet');
  const paths = ['csi-socket', 'pods', 'registration'].map(
    (name) => (volumeOf(daemonSet, name).hostPath as { path: string }).path,
  );
  expect(paths).toEqual([`${directory}/plugins/csi.spiffe.io`, `${directory}/pods`, `${directory}/plugins_registry`]);
  expect(mountPathOf(containerOf(daemonSet, 'spiffe-csi-driver'), 'pods')).toBe(`${directory}/pods`);
  expect(argumentOf(daemonSet, 'node-driver-registrar', '-kubelet-registration-path')).toBe(
    `${directory}/plugins/csi.spiffe.io/csi.sock`,
  );
});

test('lets mounts travel to pods, and lets driver and registrar meet at one socket', async () => {
  const daemonSet = find(await driverOf(), 'DaemonSet');
  expect(containerOf(daemonSet, 'spiffe-csi-driver').volumeMounts).toContainEqual(
    expect.objectContaining({ name: 'pods', mountPropagation: 'Bidirectional' }),
  );
  expect(argumentOf(daemonSet, 'spiffe-csi-driver', '-csi-socket-path')).toBe(
    argumentOf(daemonSet, 'node-driver-registrar', '-csi-address'),
  );
});

test('runs beside the agents, on every node', async () => {
  const daemonSet = find(await driverOf('spire: { namespaces: shared }'), 'DaemonSet');
  expect(daemonSet).toMatchObject({
    metadata: { namespace: 'spire' },
    spec: { template: { spec: { tolerations: [{ operator: 'Exists' }] } } },
  });
});

test('lets no pod write into the folder of the socket, and no registrar gain privileges', async () => {
  const daemonSet = find(await driverOf(), 'DaemonSet');
  expect(containerOf(daemonSet, 'spiffe-csi-driver').volumeMounts).toContainEqual(
    expect.objectContaining({ name: 'agent-socket', readOnly: true }),
  );
  expect(containerOf(daemonSet, 'node-driver-registrar')).toMatchObject({
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
  });
});
