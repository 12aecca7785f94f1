import { SpireServerRbac } from '../../lib/spire/server-rbac';
import { permissionsOf } from '../../lib/spire-plugins/server-plugins';
import { find, looseBindings, type Manifest, objectsOf } from '../manifests';
import { loneCluster } from '../resolved';

async function rbacOf(keys = ''): Promise<readonly Manifest[]> {
  const cluster = await loneCluster(keys);
  return objectsOf(
    (scope) => new SpireServerRbac(scope, 'rbac', { ...cluster, permissions: permissionsOf(cluster.plugins) }),
  );
}

test('may only review tokens and read nodes in the whole cluster', async () => {
  expect(find(await rbacOf(), 'ClusterRole')).toMatchObject({
    rules: [
      { resources: ['tokenreviews'], verbs: ['create'] },
      { resources: ['nodes'], verbs: ['get'] },
    ],
  });
});

test('may touch one ConfigMap, in the namespace of the agents', async () => {
  const role = find(await rbacOf(), 'Role');
  expect(role.metadata.namespace).toBe('spire-system');
  expect(role).toMatchObject({
    rules: [
      { resources: ['pods'], verbs: ['get'] },
      { resources: ['configmaps'], resourceNames: ['spire-bundle'], verbs: ['create', 'get', 'patch'] },
    ],
  });
});

test('binds the account of the server, across namespaces', async () => {
  expect(find(await rbacOf(), 'RoleBinding')).toMatchObject({
    metadata: { namespace: 'spire-system' },
    subjects: [{ kind: 'ServiceAccount', name: 'spire-server', namespace: 'spire-server' }],
  });
});

test('makes for a notifier the ConfigMap that it patches, and leaves its data to the server', async () => {
  const objects = await rbacOf('versions: { spire: 1.12.3 }');
  expect(find(objects, 'ConfigMap', 'spire-bundle')).not.toHaveProperty('data');
});

test('makes no ConfigMap for a publisher, which makes its own', async () => {
  expect((await rbacOf()).map(({ kind }) => kind)).not.toContain('ConfigMap');
});

test('binds every role that it makes', async () => {
  expect(looseBindings(await rbacOf())).toEqual([]);
});
