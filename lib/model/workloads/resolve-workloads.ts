/** Resolves the parts of each workload on its cluster: pods, namespace, Service, SPIFFE IDs. */
import { missingKey } from '../../fleet/missing-key';
import type { Fleet, FleetWorkload } from '../../fleet/schema';
import { suggest } from '../../formats/suggest';
import { findPreset } from '../../presets/catalog';
import type { Preset } from '../../presets/preset';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import { runsIstio } from '../istio/runs-istio';
import { IDENTITY_LABEL, ISTIO, MESH_IDENTITY } from '../names';
import type { ResolvedComponent, ResolvedRoute } from '../resolved-fleet';
import { gatewayIdOf } from '../spire/nesting';
import { isIn, isTooLong, istioPath, wholeSpiffeId } from '../spire/spiffe-id';
import { identityLabels } from './pod-labels';
import { componentsOf, entryComponent } from './resolve-components';

/** A workload before its calls are known. */
export interface WorkloadDraft {
  readonly name: string;
  readonly place: FleetPath;
  /** Cluster, or partner, that runs it. */
  readonly cluster: string;
  readonly trustDomain: string;
  readonly kind: 'preset' | 'image' | 'pods' | 'partner';
  /** Whether Istio's proxies speak mutual TLS for its pods; else they do so themselves. */
  readonly proxied: boolean;
  readonly preset?: Preset;
  readonly namespace: string;
  /** Of the pods that make and take the workload's calls. */
  readonly serviceAccount: string;
  /** SPIFFE ID of those pods. */
  readonly spiffeId: string;
  readonly components: readonly ResolvedComponent[];
  /** Selects all its pods, and no others. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Where calls arrive; absent for a workload that only calls. */
  readonly entry?: { readonly service: string; readonly port: number };
  readonly routes: readonly ResolvedRoute[];
  /** SPIFFE ID of the gateway through which calls from elsewhere come. */
  readonly gatewayId: string;
  readonly written: FleetWorkload;
}

/** All workloads of clusters whose shape makes sense, sorted by name. */
export function draftWorkloads(fleet: Fleet, report: Report): readonly WorkloadDraft[] {
  const drafts: WorkloadDraft[] = [];
  for (const name of Object.keys(fleet.workloads ?? {}).sort()) {
    const written = fleet.workloads?.[name];
    if (written === undefined || written.partner !== undefined) {
      continue;
    }
    const place = ['workloads', name];
    const cluster = clusterOf(written, place, fleet, report);
    const kind = cluster === undefined ? undefined : kindOf(written, place, report);
    if (cluster !== undefined && kind !== undefined) {
      const draft = draftOf({
        name,
        written,
        kind,
        proxied: runsIstio(fleet, cluster.cluster),
        gatewayId: gatewayIdOf(fleet, cluster.cluster),
        ...cluster,
      });
      checkKeys(draft, report);
      checkName(draft, report);
      checkEntry(draft, report);
      checkPort(draft, report);
      checkSpiffeId(draft, report);
      drafts.push(draft);
    }
  }
  return drafts;
}

/** Name and trust domain of a workload's cluster, or undefined after reporting that there is none. */
function clusterOf(
  { cluster: name }: FleetWorkload,
  place: FleetPath,
  fleet: Fleet,
  report: Report,
): { readonly cluster: string; readonly trustDomain: string } | undefined {
  if (name === undefined) {
    report(missingKey(place, 'cluster', 'a workload'));
    return undefined;
  }
  // A plain lookup would find "constructor" in every object.
  const found = Object.hasOwn(fleet.clusters, name) ? fleet.clusters[name] : undefined;
  if (found === undefined) {
    const clusters = Object.keys(fleet.clusters).sort();
    const facts = { got: name, clusters, suggestion: suggest(name, clusters) };
    report(problemAt([...place, 'cluster'], 'unknown-cluster', facts));
    return undefined;
  }
  return { cluster: name, trustDomain: found.trustDomain };
}

function kindOf(written: FleetWorkload, place: FleetPath, report: Report): WorkloadDraft['kind'] | undefined {
  const kinds = ['preset', 'image', 'pods'] as const;
  const given = kinds.filter((key) => written[key] !== undefined);
  const [kind] = given;
  if (given.length === 1) {
    return kind;
  }
  report(problemAt(place, 'exclusive-keys', { keys: kinds, given }));
  return undefined;
}

interface PlacedWorkload {
  readonly name: string;
  readonly written: FleetWorkload;
  readonly kind: WorkloadDraft['kind'];
  readonly proxied: boolean;
  readonly cluster: string;
  readonly trustDomain: string;
  readonly gatewayId: string;
}

function draftOf({ name, written, kind, proxied, cluster, trustDomain, gatewayId }: PlacedWorkload): WorkloadDraft {
  const preset = written.preset === undefined ? undefined : findPreset(written.preset);
  const namespace = written.namespace ?? name;
  const serviceAccount = entryComponent(preset)?.serviceAccount ?? written.serviceAccount ?? name;
  return {
    name,
    place: ['workloads', name],
    cluster,
    trustDomain,
    kind,
    proxied,
    preset,
    namespace,
    serviceAccount,
    spiffeId: wholeSpiffeId(written.spiffeId ?? istioPath(namespace, serviceAccount), trustDomain),
    components: componentsOf({ name, written, preset, serviceAccount }),
    podLabels: { ...(written.pods?.labels ?? identityLabels(name)) },
    entry: entryOf(name, written, preset),
    routes: routesOf(written.routes ?? preset?.entry?.routes),
    gatewayId,
    written,
  };
}

/** @param routes paths, or prefixes that end with `*` @default - all paths */
export function routesOf(routes: readonly string[] = ['/*']): readonly ResolvedRoute[] {
  return routes.map((route) =>
    route.endsWith('*')
      ? { match: 'prefix' as const, path: route.slice(0, -1) }
      : { match: 'exact' as const, path: route },
  );
}

function entryOf(name: string, written: FleetWorkload, preset: Preset | undefined): WorkloadDraft['entry'] {
  const component = entryComponent(preset);
  const service = component?.name ?? written.service ?? (written.image === undefined ? undefined : name);
  const port = component?.port ?? written.port;
  return service === undefined || port === undefined ? undefined : { service, port };
}

/** The entry of a workload needs two keys, unless its kind supplies one of them. */
function checkEntry({ written, kind, entry, place }: WorkloadDraft, report: Report): void {
  if (kind === 'preset' || entry !== undefined) {
    return;
  }
  const { host, service, port } = written;
  if (kind === 'pods' && port !== undefined && service === undefined) {
    report(missingKey(place, 'service', 'a workload with port'));
  } else if ((host ?? service) !== undefined && port === undefined) {
    report(missingKey(place, 'port', `a workload with ${host === undefined ? 'service' : 'host'}`));
  } else if (host !== undefined && service === undefined) {
    report(missingKey(place, 'service', 'a workload with host'));
  }
}

/** @see https://istio.io/latest/docs/ops/deployment/application-requirements/#ports-used-by-istio */
const SIDECAR_PORTS: readonly number[] = [15000, 15001, 15004, 15006, 15008, 15020, 15021, 15053, 15090];

function checkPort({ written: { port }, proxied, place }: WorkloadDraft, report: Report): void {
  if (proxied && port !== undefined && SIDECAR_PORTS.includes(port)) {
    const expected = 'a port that the Istio sidecar in the same pod does not use';
    report(problemAt([...place, 'port'], 'out-of-range', { expected, got: String(port) }));
  }
}

/** Reports reserved names: the name is the value of the identity label of pods, and two values are in use. */
function checkName({ name, place }: WorkloadDraft, report: Report): void {
  if (name === MESH_IDENTITY || name === ISTIO.gateway) {
    report(
      problemAtKey(place, 'reserved-name', { name, because: `other pods have the label ${IDENTITY_LABEL}=${name}` }),
    );
  }
}

/** Reports keys that have no effect for this kind of workload. */
function checkKeys({ written, kind, preset, place }: WorkloadDraft, report: Report): void {
  const inapplicable: Partial<Record<keyof FleetWorkload, string>> = {
    ...(kind === 'preset' && { port: 'a preset has its own ports', service: 'a preset has its own Services' }),
    ...preset?.inapplicable,
    ...(kind !== 'image' && { replicas: 'only a workload with image has replicas' }),
    ...(written.host === undefined && {
      routes: 'without a host, other clusters cannot call the workload',
      credential: 'without a host, other clusters cannot call the workload',
    }),
  };
  for (const key of Object.keys(inapplicable).sort() as (keyof FleetWorkload)[]) {
    const because = inapplicable[key];
    if (written[key] !== undefined && because !== undefined) {
      report(problemAtKey([...place, key], 'not-applicable', { key, because }));
    }
  }
  if (written.pods !== undefined && Object.keys(written.pods.labels).length === 0) {
    report(problemAtKey([...place, 'pods', 'labels'], 'out-of-range', { expected: 'at least 1 label', got: '0' }));
  }
}

/** Reports a SPIFFE ID below the path of SPIRE, which refuses such entries: pkg/common/idutil reserves /spire. */
export function checkSpiffeId({ spiffeId: id, trustDomain, written, place }: WorkloadDraft, report: Report): void {
  if (written.spiffeId === undefined || !isIn(trustDomain, id) || isTooLong(id)) return;
  if (!/^spiffe:\/\/[^/]+\/spire(\/|$)/.test(id)) return;
  report(
    problemAt([...place, 'spiffeId'], 'malformed', {
      what: 'a free SPIFFE ID',
      got: written.spiffeId,
      reason: 'SPIRE reserves the paths below /spire',
      example: '/greeter',
    }),
  );
}
