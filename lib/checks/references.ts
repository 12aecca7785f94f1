/** Checks that every reference of an object resolves: to the output, to a Secret that the fleet names, or to an object made at run time. */
import { ISTIO, METALLB } from '../model/names';
import type { ResolvedCluster } from '../model/resolved-fleet';
import { permissionsOf } from '../spire-plugins/server-plugins';
import type { ClusterObjects, PlacedObject } from './cluster-objects';
import type { ReportFault } from './output-fault';
import type { OutputRule } from './output-rule';

export const references: OutputRule = {
  name: 'references',
  looksFor: 'a reference to a namespace, role, Service, port, webhook, Gateway or pod that does not exist',
  why: 'an object with such a reference has no effect, and nothing reports it.',
  source: 'Kubernetes; Istio',
  check: (objects, cluster, report) => checkReferences(objects, cluster, report),
};

/** Namespaces that every cluster has, or that the installation of another project creates. */
const GIVEN_NAMESPACES = ['default', METALLB.namespace];

function checkReferences(objects: ClusterObjects, cluster: ResolvedCluster, report: ReportFault): void {
  const given = new Set([...GIVEN_NAMESPACES, ...pluginNamespaces(cluster)]);
  for (const placed of objects.all) {
    checkNamespace(placed, objects, given, report);
    checkBinding(placed, objects, report);
  }
  for (const placed of objects.ofKind('Service')) {
    checkService(placed, objects, report);
  }
  for (const placed of objects.ofKind('ValidatingWebhookConfiguration')) {
    checkWebhooks(placed, objects, report);
  }
  for (const placed of objects.ofKind('VirtualService')) {
    checkVirtualService(placed, objects, report);
  }
  for (const kind of ['AuthorizationPolicy', 'PeerAuthentication']) {
    for (const placed of objects.ofKind(kind)) {
      checkPolicySelector(placed, objects, cluster, report);
    }
  }
}

/** Namespaces in which a plugin of the server has permissions. */
function pluginNamespaces({ plugins }: ResolvedCluster): readonly string[] {
  return permissionsOf(plugins).flatMap(({ namespaces = {} }) => Object.keys(namespaces));
}

function checkNamespace(
  placed: PlacedObject,
  objects: ClusterObjects,
  given: ReadonlySet<string>,
  report: ReportFault,
): void {
  const { namespace } = placed.object.metadata;
  // The output does not create namespaces of pods that it does not deploy, and puts only policies and routes into them.
  const istioOnly = /\.istio\.io\//.test(placed.object.apiVersion);
  if (namespace !== undefined && !istioOnly && !given.has(namespace) && !objects.has('Namespace', namespace)) {
    report(placed, `is in namespace ${namespace}, which nothing creates`);
  }
}

interface Binding {
  readonly roleRef?: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly { readonly kind: string; readonly name: string; readonly namespace?: string }[];
}

function checkBinding(placed: PlacedObject, objects: ClusterObjects, report: ReportFault): void {
  const { roleRef, subjects = [] } = placed.object as Binding;
  if (roleRef === undefined) {
    return;
  }
  const namespace = roleRef.kind === 'Role' ? placed.object.metadata.namespace : undefined;
  if (!objects.has(roleRef.kind, roleRef.name, namespace)) {
    report(placed, `binds ${roleRef.kind} ${roleRef.name}, which does not exist`);
  }
  for (const subject of subjects.filter(({ kind }) => kind === 'ServiceAccount')) {
    if (!objects.has('ServiceAccount', subject.name, subject.namespace)) {
      report(placed, `binds ServiceAccount ${subject.namespace}/${subject.name}, which does not exist`);
    }
  }
}

interface ServiceSpec {
  readonly selector?: Readonly<Record<string, string>>;
  readonly ports?: readonly { readonly name: string; readonly targetPort: string | number }[];
}

function checkService(placed: PlacedObject, objects: ClusterObjects, report: ReportFault): void {
  const { selector, ports = [] } = placed.object.spec as ServiceSpec;
  // A Service without a selector has endpoints that somebody else manages.
  if (selector === undefined) return;
  const pods = objects.podsWith(placed.object.metadata.namespace ?? '', selector);
  if (pods.length === 0) {
    report(placed, `selects ${JSON.stringify(selector)}, and no pod carries these labels`);
  }
  for (const pod of pods) {
    const open = pod.spec.containers.flatMap((container) => container.ports ?? []);
    for (const { name, targetPort } of ports) {
      if (!open.some((port) => port.name === targetPort || port.containerPort === targetPort)) {
        report(
          placed,
          `sends port ${name} to ${targetPort}, which ${pod.object.kind} ${pod.object.metadata.name} does not open`,
        );
      }
    }
  }
}

interface Webhook {
  readonly name: string;
  readonly clientConfig: {
    readonly caBundle?: string;
    readonly service: { readonly name: string; readonly namespace: string; readonly port: number };
  };
}

function checkWebhooks(placed: PlacedObject, objects: ClusterObjects, report: ReportFault): void {
  for (const { name, clientConfig } of placed.object.webhooks as readonly Webhook[]) {
    const { service, caBundle } = clientConfig;
    const found = objects.find('Service', service.name, service.namespace)?.spec as
      | { readonly ports: readonly { readonly port: number }[] }
      | undefined;
    if (!found?.ports.some(({ port }) => port === service.port)) {
      report(placed, `${name} calls ${service.namespace}/${service.name}:${service.port}, which does not exist`);
    }
    if (caBundle !== undefined) {
      report(placed, `${name} sets caBundle, which its controller writes at run time`);
    }
  }
}

interface VirtualServiceSpec {
  readonly gateways?: readonly string[];
  readonly http?: readonly {
    readonly route: readonly {
      readonly destination: { readonly host: string; readonly port: { readonly number: number } };
    }[];
  }[];
}

function checkVirtualService(placed: PlacedObject, objects: ClusterObjects, report: ReportFault): void {
  const { gateways = [], http = [] } = placed.object.spec as VirtualServiceSpec;
  const namespace = placed.object.metadata.namespace;
  for (const name of gateways.filter((gateway) => !objects.has('Gateway', gateway, namespace))) {
    report(placed, `is bound to Gateway ${name}, which does not exist in ${namespace}`);
  }
  for (const { destination } of http.flatMap(({ route }) => route)) {
    const [service = '', serviceNamespace] = destination.host.split('.');
    const found = objects.find('Service', service, serviceNamespace)?.spec as
      | { readonly ports: readonly { readonly port: number }[] }
      | undefined;
    // The output does not define a Service whose namespace it does not create.
    const elsewhere = found === undefined && !objects.has('Namespace', serviceNamespace ?? '');
    if (!elsewhere && !found?.ports.some(({ port }) => port === destination.port.number)) {
      report(placed, `routes to ${destination.host}:${destination.port.number}, which does not exist`);
    }
  }
}

function checkPolicySelector(
  placed: PlacedObject,
  objects: ClusterObjects,
  cluster: ResolvedCluster,
  report: ReportFault,
): void {
  const { selector } = placed.object.spec as {
    readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
  };
  const labels = selector?.matchLabels ?? {};
  const namespace = placed.object.metadata.namespace ?? '';
  if (Object.keys(labels).length === 0) {
    // Another check decides which PeerAuthentications may have no selector.
    if (placed.object.kind !== 'PeerAuthentication') report(placed, 'selects every pod of its namespace');
    return;
  }
  const gateway = namespace === ISTIO.namespace && cluster.gateway !== undefined;
  // Of pods that the output does not deploy, only the labels are known.
  const elsewhere = cluster.workloads.some(
    (workload) => workload.components.length === 0 && workload.namespace === namespace,
  );
  if (!gateway && !elsewhere && objects.podsWith(namespace, labels).length === 0) {
    report(placed, `selects ${JSON.stringify(labels)}, and no pod carries these labels`);
  }
}
