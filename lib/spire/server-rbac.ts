/** What a SPIRE server may do in the Kubernetes API, and nothing else. */
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { BUNDLE_CONFIG_MAP, objectLabels, SPIRE_SERVER } from '../model/names';
import { completeSpire, permissionsWithoutFleet, type SpireSettings } from '../model/spire/without-fleet';
import { CONFIG_MAP_VERBS } from '../spire-plugins/bundle-publisher/catalog';
import type { PermissionRule, PluginPermissions } from '../spire-plugins/plugin';

/** The settings of the server, or only what of them matters here. */
export interface SpireServerRbacProps extends Partial<SpireSettings> {
  /** What the plugins of the server need. @default - what the chosen plugins need */
  readonly permissions?: readonly PluginPermissions[];
}

/** The server's ServiceAccount and what it may do: in the cluster, in the namespace of the agents, and where its plugins need more. */
export class SpireServerRbac extends Construct {
  constructor(scope: Construct, id: string, props: SpireServerRbacProps = {}) {
    super(scope, id);
    const spire = completeSpire(props.spire);
    const permissions = props.permissions ?? permissionsWithoutFleet({ ...props, spire });
    const labels = objectLabels(SPIRE_SERVER.name, 'spire');
    const subjects = [{ kind: 'ServiceAccount', name: SPIRE_SERVER.name, namespace: spire.serverNamespace }];
    new k8s.KubeServiceAccount(this, 'service-account', {
      metadata: {
        name: SPIRE_SERVER.name,
        namespace: spire.serverNamespace,
        labels,
        annotations: spire.server.cloudIdentity?.annotations,
      },
    });
    new k8s.KubeClusterRole(this, 'cluster-role', {
      metadata: { name: SPIRE_SERVER.clusterRole, labels },
      rules: permissions.flatMap(({ cluster = [] }) => cluster.map(ruleOf)),
    });
    new k8s.KubeClusterRoleBinding(this, 'cluster-role-binding', {
      metadata: { name: SPIRE_SERVER.clusterRole, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: SPIRE_SERVER.clusterRole },
      subjects,
    });
    new k8s.KubeRole(this, 'bundle-role', {
      metadata: { name: SPIRE_SERVER.bundleRole, namespace: spire.agentNamespace, labels },
      rules: [
        ...permissions.flatMap(({ agentNamespace = [] }) => agentNamespace.map(ruleOf)),
        {
          apiGroups: [''],
          resources: ['configmaps'],
          resourceNames: [BUNDLE_CONFIG_MAP.name],
          verbs: [...CONFIG_MAP_VERBS],
        },
      ],
    });
    new k8s.KubeRoleBinding(this, 'bundle-role-binding', {
      metadata: { name: SPIRE_SERVER.bundleRole, namespace: spire.agentNamespace, labels },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: SPIRE_SERVER.bundleRole },
      subjects,
    });
    for (const [namespace, rules] of Object.entries(rulesByNamespace(permissions))) {
      const metadata = { name: SPIRE_SERVER.pluginRole, namespace, labels };
      new k8s.KubeRole(this, `plugin-role-${namespace}`, { metadata, rules: rules.map(ruleOf) });
      new k8s.KubeRoleBinding(this, `plugin-role-binding-${namespace}`, {
        metadata,
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: SPIRE_SERVER.pluginRole },
        subjects,
      });
    }
    if (spire.features.bundleHandOver === 'notifier') {
      // The notifier patches a ConfigMap that exists; without data, nobody but the server owns its data.
      new k8s.KubeConfigMap(this, 'bundle', {
        metadata: { name: BUNDLE_CONFIG_MAP.name, namespace: spire.agentNamespace, labels },
      });
    }
  }
}

/** One role for each namespace, whatever number of plugins need it. */
function rulesByNamespace(
  permissions: readonly PluginPermissions[],
): Readonly<Record<string, readonly PermissionRule[]>> {
  const named = permissions.flatMap(({ namespaces = {} }) => Object.entries(namespaces));
  const sorted = [...new Set(named.map(([namespace]) => namespace))].sort();
  return Object.fromEntries(
    sorted.map((namespace) => [namespace, named.flatMap(([name, rules]) => (name === namespace ? rules : []))]),
  );
}

function ruleOf({ apiGroups, resources, resourceNames, verbs }: PermissionRule): k8s.PolicyRule {
  return {
    apiGroups: [...apiGroups],
    resources: [...resources],
    ...(resourceNames && { resourceNames: [...resourceNames] }),
    verbs: [...verbs],
  };
}
