/** Fills in the defaults of a fleet for constructs of workloads that are used without one. */
import { findPreset, type PresetName } from '../../presets/catalog';
import { gatewayPortOf } from '../istio/gateway-port';
import type {
  ResolvedAccess,
  ResolvedComponent,
  ResolvedRemoteCall,
  ResolvedRoute,
  ResolvedWorkload,
} from '../resolved-fleet';
import { identityLabels } from './pod-labels';
import { componentsOf } from './resolve-components';
import { routesOf } from './resolve-workloads';

/** A workload to deploy, as a program describes it; one of a resolved fleet is one of these as well. */
export interface WorkloadSettings {
  /** @default - the id of the construct */
  readonly name?: string;
  /** It must exist; `LabelledNamespace` makes it. @default - the name of the workload */
  readonly namespace?: string;
  /** Whether Istio's proxies speak mutual TLS for its pods; otherwise its program asks the Workload API. @default true */
  readonly proxied?: boolean;
  /** Image, pinned by tag or digest. @default - `preset` or `components` */
  readonly image?: string;
  /** Port of its Service and its container. @default - it takes no calls */
  readonly port?: number;
  /** Pods of the image. @default 1 */
  readonly replicas?: number;
  /** @default - the name of the workload */
  readonly serviceAccount?: string;
  /** Name of its Service. @default - the name of the workload */
  readonly service?: string;
  /** A sample application, in place of `image`. @default - none */
  readonly preset?: PresetName;
  /** Several Services, each with its ServiceAccount and Deployments, in place of `image`. @default - one for the image */
  readonly components?: readonly ResolvedComponent[];
}

export type CompleteWorkload = Pick<ResolvedWorkload, 'name' | 'namespace' | 'proxied' | 'components'>;

/**
 * @param id of the construct
 * @throws Error if there is nothing to deploy
 */
export function completeWorkload(given: WorkloadSettings, id: string): CompleteWorkload {
  const { name = id, namespace = name, proxied = true, serviceAccount = name } = given;
  const { image, port, replicas, service, preset: chosen } = given;
  if ((given.components ?? image ?? chosen) === undefined) {
    throw new Error(`${name}: expected image, preset or components, got none of them`);
  }
  const preset = chosen === undefined ? undefined : findPreset(chosen);
  const written = { image, port, replicas, service };
  const components = given.components ?? componentsOf({ name, written, preset, serviceAccount });
  return { name, namespace, proxied, components };
}

/** Who may reach some pods, as a program describes it. */
export interface AccessSettings {
  /** Name of the workload. @default - the id of the construct */
  readonly workload?: string;
  /** @default - the name of the workload */
  readonly namespace?: string;
  /** Name of the policies. @default - the name of the workload */
  readonly name?: string;
  /** Labels that select the pods. @default - those of the pods of `Workload` */
  readonly podLabels?: Readonly<Record<string, string>>;
  /** SPIFFE IDs that may call. @default - nobody may */
  readonly callers?: readonly string[];
  /** Ports at which everybody gets through, with or without mutual TLS. @default - none */
  readonly plainText?: ResolvedAccess['plainText'];
}

export interface CompleteAccess extends ResolvedAccess {
  readonly workload: string;
  readonly namespace: string;
}

/** @param id of the construct */
export function completeAccess(given: AccessSettings, id: string): CompleteAccess {
  const { workload = id, namespace = workload, name = workload, callers = [], plainText } = given;
  return { workload, namespace, name, podLabels: given.podLabels ?? identityLabels(workload), callers, plainText };
}

/** A host that the gateway serves, as a program describes it; one of a resolved fleet is one of these as well. */
export interface HostSettings {
  readonly host: string;
  /** Port of the Service. */
  readonly port: number;
  /** SPIFFE IDs that may call; at least one. */
  readonly callers: readonly string[];
  /** Name of the workload, and of the objects. @default - the id of the construct */
  readonly workload?: string;
  /** @default - the name of the workload */
  readonly namespace?: string;
  /** @default - the name of the workload */
  readonly service?: string;
  /** Port of the gateway's Service. @default 443 */
  readonly gatewayPort?: number;
  /** Paths that the gateway lets through. @default - all */
  readonly routes?: readonly ResolvedRoute[];
  /** Secret in the gateway's namespace with a certificate of your own. @default - the gateway serves its SVID */
  readonly credential?: { readonly secret: string };
}

export type CompleteHost = Required<Omit<HostSettings, 'credential'>> & Pick<HostSettings, 'credential'>;

/**
 * @param id of the construct
 * @throws Error if nobody may call
 */
export function completeHost(given: HostSettings, id: string): CompleteHost {
  const { host, port, callers, credential, workload = id, namespace = workload, service = workload } = given;
  // A policy whose rule names no principal admits everybody.
  if (callers.length === 0) throw new Error(`callers of ${host}: expected at least one SPIFFE ID, got none`);
  const gatewayPort = gatewayPortOf({ port: given.gatewayPort });
  const routes = given.routes ?? routesOf();
  return { host, port, callers, credential, workload, namespace, service, gatewayPort, routes };
}

/** A host of another cluster, as a program describes it; a call of a resolved fleet is one of these as well. */
export interface RemoteHostSettings {
  readonly host: string;
  /** Namespace of the callers, the only one in which the host is visible. */
  readonly namespace: string;
  /** IP address or DNS name of the gateway. */
  readonly gatewayAddress: string;
  /** SPIFFE ID that the gateway must prove. */
  readonly serverSpiffeId: string;
  /** Name of the objects. @default - the id of the construct */
  readonly name?: string;
  /** Name of the called workload. @default - the name of the objects */
  readonly called?: string;
  /** @default 443 */
  readonly gatewayPort?: number;
  /** Whether the other side supports HTTP/2. @default false */
  readonly http2?: boolean;
}

/** @param id of the construct */
export function completeRemoteHost(given: RemoteHostSettings, id: string): ResolvedRemoteCall {
  const { name = id, called = name, http2 = false } = given;
  return { ...given, name, called, http2, gatewayPort: gatewayPortOf({ port: given.gatewayPort }) };
}
