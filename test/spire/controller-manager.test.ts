import { SpireControllerManager } from '../../lib/spire/controller-manager';
import { ControllerManagerConfig } from '../../lib/spire/controller-manager-config';
import { controllerManagerContainer } from '../../lib/spire/controller-manager-pod';
import { renderServerConfig } from '../../lib/spire/server-config';
import { type Container, configOf, find, looseBindings, type Manifest, objectsOf, portOf } from '../manifests';
import { loneCluster } from '../resolved';

async function managerOf(keys = ''): Promise<readonly Manifest[]> {
  const cluster = await loneCluster(keys);
  return objectsOf((scope) => {
    new ControllerManagerConfig(scope, 'config', cluster);
    new SpireControllerManager(scope, 'manager', cluster);
  });
}

interface Config {
  readonly className: string;
  readonly trustDomain: string;
  readonly validatingWebhookConfigurationName: string;
  readonly spireServerSocketPath: string;
  readonly leaderElection: { readonly resourceName: string; readonly resourceNamespace: string };
}

const managerConfig = (objects: readonly Manifest[]): Config =>
  configOf(objects, 'spire-controller-manager', 'config.yaml') as Config;

interface Rule {
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

const rulesOf = (object: Manifest): readonly Rule[] => (object as unknown as { rules: readonly Rule[] }).rules;

interface Webhook {
  readonly name: string;
  readonly failurePolicy: string;
  readonly clientConfig: {
    readonly service: { readonly name: string; readonly namespace: string; readonly port: number };
  };
}

const webhooksOf = (objects: readonly Manifest[]): readonly Webhook[] =>
  (find(objects, 'ValidatingWebhookConfiguration') as unknown as { webhooks: readonly Webhook[] }).webhooks;

test('gives the webhook one name in its configuration, in the object and in the permission to patch it', async () => {
  const objects = await managerOf();
  const name = find(objects, 'ValidatingWebhookConfiguration').metadata.name;
  const patch = rulesOf(find(objects, 'ClusterRole')).find(
    ({ verbs }) => verbs.includes('patch') && verbs.length === 2,
  );
  expect([managerConfig(objects).validatingWebhookConfigurationName, patch?.resourceNames]).toEqual([name, [name]]);
});

test('connects the webhook through a Service to the port of the container', async () => {
  const objects = await managerOf();
  const service = find(objects, 'Service');
  for (const { clientConfig } of webhooksOf(objects)) {
    expect(clientConfig.service).toMatchObject({ ...namespaced(service), port: 443 });
  }
  expect(service).toMatchObject({ spec: { ports: [{ port: 443, targetPort: 'webhook' }] } });
  const { ports } = controllerManagerContainer((await loneCluster()).spire);
  expect(ports).toContainEqual({ name: 'webhook', containerPort: 9443, protocol: 'TCP' });
});

const namespaced = ({ metadata: { name, namespace } }: Manifest) => ({ name, namespace });

test('leaves caBundle to the controller manager, which writes it at run time', async () => {
  expect(JSON.stringify(await managerOf())).not.toContain('caBundle');
});

test.each([
  ['Ignore', ''],
  ['Ignore', 'spire: { webhookFailurePolicy: Ignore }'],
  ['Fail', 'spire: { webhookFailurePolicy: Fail }'],
])('has the failure policy %s with { %s }', async (policy, keys) => {
  const policies = webhooksOf(await managerOf(keys)).map(({ failurePolicy }) => failurePolicy);
  expect(policies).toEqual([policy, policy]);
});

test('lists the webhooks in the order in which the controller manager writes them back', async () => {
  expect(webhooksOf(await managerOf()).map(({ name }) => name)).toEqual([
    'vclusterfederatedtrustdomain.kb.io',
    'vclusterspiffeid.kb.io',
  ]);
});

test('serves the class that SPIRE resources carry', async () => {
  expect(managerConfig(await managerOf())).toMatchObject({ className: 'spire', trustDomain: 'east.test' });
});

test("talks to the server's own socket", async () => {
  const cluster = await loneCluster();
  const { server } = JSON.parse(renderServerConfig(cluster)) as { server: { socket_path: string } };
  const objects = objectsOf((scope) => new ControllerManagerConfig(scope, 'manager', cluster));
  expect(managerConfig(objects).spireServerSocketPath).toBe(server.socket_path);
});

test.each(['separate', 'shared'])('may hold the lease that it asks for, in the %s layout', async (layout) => {
  const objects = await managerOf(`spire: { namespaces: ${layout} }`);
  const { resourceName, resourceNamespace } = managerConfig(objects).leaderElection;
  const role = find(objects, 'Role');
  expect(role.metadata.namespace).toBe(resourceNamespace);
  expect(rulesOf(role)).toContainEqual(
    expect.objectContaining({ resources: ['leases'], resourceNames: [resourceName], verbs: ['get', 'update'] }),
  );
});

test('may update only the status of SPIRE resources', async () => {
  const writing = rulesOf(find(await managerOf(), 'ClusterRole')).filter(({ verbs }) => verbs.includes('update'));
  expect(writing.flatMap(({ resources }) => resources)).toEqual([
    'clusterfederatedtrustdomains/status',
    'clusterspiffeids/status',
    'clusterstaticentries/status',
  ]);
});

test('binds every role that it makes', async () => {
  const objects = await managerOf();
  expect(looseBindings(objects)).toEqual([]);
  expect(find(objects, 'RoleBinding')).toMatchObject({
    subjects: [{ kind: 'ServiceAccount', name: 'spire-server', namespace: 'spire-server' }],
  });
});

test('may write of webhooks its own alone', async () => {
  const rules = rulesOf(find(await managerOf(), 'ClusterRole')).filter(({ resources }) =>
    resources.includes('validatingwebhookconfigurations'),
  );
  expect(rules).toMatchObject([
    { verbs: ['list', 'watch'] },
    { verbs: ['get', 'patch'], resourceNames: ['spire-controller-manager-webhook'] },
  ]);
});

test('tells its health where the probes ask', async () => {
  const { health } = managerConfig(await managerOf()) as Config & { health: { healthProbeBindAddress: string } };
  const container = controllerManagerContainer((await loneCluster()).spire) as unknown as Container;
  expect(health.healthProbeBindAddress).toBe(`0.0.0.0:${portOf(container, 'manager-health')}`);
});

test.each([
  ['', '64Mi', '256Mi'],
  ['spire: { controllerManager: { memory: 2Gi } }', '512Mi', '2048Mi'],
  ['spire: { controllerManager: { memory: 250Mi } }', '62Mi', '250Mi'],
])('has with "%s" room for the pods that it caches: %s, at most %s', async (keys, request, limit) => {
  const { resources } = controllerManagerContainer((await loneCluster(keys)).spire);
  expect([resources?.requests?.memory?.value, resources?.limits?.memory?.value]).toEqual([request, limit]);
});
