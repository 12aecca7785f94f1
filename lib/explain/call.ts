/** Explains a call: each link from the caller to the called workload, read from the resolved fleet. */
import { MANIFEST, manifestPath } from '../model/delivery/manifest-paths';
import { ISTIO } from '../model/names';
import type { ResolvedAccess, ResolvedFleet } from '../model/resolved-fleet';
import { type CallEndpoint, type CallEndpoints, callEndpointsOf, type OwnCallEndpoint } from './call-endpoints';
import { explainPod, explainWorkloadPods, type Svid } from './identity';
import { type CallExplanation, concludeCall, type Link, type LinkName } from './link';
import { gatewayPod } from './pods';
import {
  admissionLink,
  bundleLink,
  callerFederatesLink,
  federationLink,
  gatewayFederatesLink,
  gatewayIdOf,
  gatewayLink,
  hostLink,
  routeLink,
} from './remote-links';
import { signerLinks } from './signers';

/** Explains one call, whether the fleet declares it or not. */
export function explainCall(fleet: ResolvedFleet, caller: CallEndpoint, called: CallEndpoint): CallExplanation {
  const endpoints = callEndpointsOf(fleet, caller, called);
  const names = { caller: caller.name, callerHome: caller.home, called: called.name, calledHome: called.home };
  return concludeCall(names, caller.home === called.home ? localChain(endpoints) : remoteChain(endpoints));
}

/** The links of a call inside a cluster, where Istio verifies both sides with the roots of the trust domain. */
function localChain(endpoints: CallEndpoints): readonly Link[] {
  const { caller, called } = endpoints;
  if (caller.kind === 'partner' || called.kind === 'partner') {
    return [
      elsewhere('policy', `${caller.home} runs both workloads and decides whether the call is allowed`, [
        'partners',
        caller.home,
      ]),
    ];
  }
  return [
    identityLink('caller-identity', caller),
    identityLink('called-identity', called),
    ...signerLinks('caller-ca', caller),
    serviceLink(called),
    callLink(endpoints, isGuarded(called)),
    proxyLink(caller),
    policyLink(
      called,
      svidsOf(caller).map(({ spiffeId }) => spiffeId),
      caller.name,
    ),
  ];
}

/** The links of a call between clusters: from the caller's proxy or program to the other cluster's gateway and the pods behind it. */
function remoteChain(endpoints: CallEndpoints): readonly Link[] {
  const { caller, called } = endpoints;
  const callers = caller.kind === 'own' ? svidsOf(caller) : [];
  const known = [caller.kind === 'own' ? identityLink('caller-identity', caller) : partnerCallerLink(caller)];
  return [
    ...known,
    ...(called.kind === 'own' ? [identityLink('called-identity', called)] : []),
    ...signerLinks('caller-ca', caller),
    ...signerLinks('called-ca', called),
    ...(called.kind === 'own' ? [serviceLink(called)] : []),
    federationLink(endpoints),
    ...bundleLinks(endpoints),
    gatewayLink(called),
    hostLink(called),
    callLink(endpoints, called.kind === 'own' || (caller.kind === 'own' && caller.workload.proxied)),
    ...federatesLinks(endpoints, callers),
    ...(caller.kind === 'own' ? [proxyLink(caller), routeLink(caller, called)] : []),
    admissionLink(called, caller.kind === 'own' ? callers.map(({ spiffeId }) => spiffeId) : partnerIds(caller)),
    ...(called.kind === 'own' ? [policyLink(called, [gatewayIdOf(called)], 'the gateway')] : []),
  ];
}

function bundleLinks({ caller, called }: CallEndpoints): readonly Link[] {
  if (ofOneTrustDomain(caller, called)) return [];
  return [
    ...(caller.kind === 'own' ? [bundleLink('caller-bundle', caller, called)] : []),
    ...(called.kind === 'own' ? [bundleLink('called-bundle', called, caller)] : []),
  ];
}

function federatesLinks({ caller, called }: CallEndpoints, callers: readonly Svid[]): readonly Link[] {
  if (ofOneTrustDomain(caller, called)) return [];
  return [
    ...(caller.kind === 'own' ? [callerFederatesLink(caller, callers, called.trustDomain)] : []),
    ...(called.kind === 'own' ? [gatewayFederatesLink(called, gatewaySvid(called), caller.trustDomain)] : []),
  ];
}

/** Whether both are in one trust domain. They need no federation, because each SVID comes with the bundle of its trust domain. */
function ofOneTrustDomain(caller: CallEndpoint, called: CallEndpoint): boolean {
  return caller.trustDomain === called.trustDomain;
}

function partnerIds(caller: CallEndpoint): readonly string[] {
  const id = caller.kind === 'partner' ? caller.workload.spiffeId : undefined;
  return id === undefined ? [] : [id];
}

function svidsOf({ cluster, workload }: OwnCallEndpoint): readonly Svid[] {
  return explainWorkloadPods(workload, cluster).flatMap(({ svid }) => svid ?? []);
}

function gatewaySvid({ cluster }: OwnCallEndpoint): Svid | undefined {
  const pod = gatewayPod(cluster);
  return pod && explainPod(pod, cluster).svid;
}

function identityLink(name: LinkName, { name: workload, cluster, workload: resolved }: OwnCallEndpoint): Link {
  // Calls to a workload with several components arrive at one of them.
  const entry = name === 'called-identity' ? resolved.entry?.service : undefined;
  const pods = explainWorkloadPods(resolved, cluster).filter(
    ({ pod: { component } }) => component === undefined || entry === undefined || component === entry,
  );
  const without = pods.find(({ missing }) => missing !== undefined);
  const place = ['workloads', workload];
  if (without?.missing !== undefined) {
    return { name, status: 'missing', says: without.missing.says, place, remedy: without.missing.remedy };
  }
  const ids = [...new Set(pods.flatMap(({ svid }) => svid?.spiffeId ?? []))];
  const [first] = pods;
  return {
    name,
    status: 'holds',
    says: `${workload} has the SPIFFE ID ${ids.join(', ')}, from ClusterSPIFFEID ${first?.svid?.rule}`,
    place,
    file: first?.svid?.file,
  };
}

/** The identity of a partner's caller, which only the partner's operator knows. */
function partnerCallerLink({ name, home }: CallEndpoint): Link {
  return elsewhere('caller-identity', `${home} gives ${name} its SVID`, ['workloads', name]);
}

function serviceLink({ name, workload }: OwnCallEndpoint): Link {
  const place = ['workloads', name];
  return workload.entry === undefined
    ? {
        name: 'service',
        status: 'missing',
        says: `${name} has no Service`,
        place,
        remedy: `add service and port to ${name} if it receives calls`,
      }
    : {
        name: 'service',
        status: 'holds',
        says: `it receives ${workload.proxied ? 'HTTP calls' : 'calls'} at Service ${workload.entry.service}:${workload.entry.port}`,
        place,
      };
}

/** Whether a policy of the fleet protects the workload's pods. Without one, calls inside the cluster need no declaration. */
export function isGuarded({ workload }: OwnCallEndpoint): boolean {
  return workload.proxied && !takesPlainText(workload);
}

/** Whether the fleet declares a plain-text exception for the port where calls arrive, which admits everybody. */
function takesPlainText(workload: OwnCallEndpoint['workload']): boolean {
  const plainText = entryPolicy(workload)?.plainText;
  const { entry } = workload;
  return (
    plainText !== undefined &&
    (plainText.ports === undefined || entry === undefined || plainText.ports.includes(entry.port))
  );
}

function callLink({ caller, called, declared }: CallEndpoints, guarded: boolean): Link {
  if (declared !== undefined) {
    const place = ['workloads', caller.name, 'calls', declared];
    return {
      name: 'call',
      status: 'holds',
      says: `the fleet declares that ${caller.name} calls ${called.name}`,
      place,
    };
  }
  const says = `the fleet does not declare that ${caller.name} calls ${called.name}`;
  return guarded
    ? {
        name: 'call',
        status: 'missing',
        says,
        place: ['workloads', caller.name],
        remedy: `add ${called.name} to its calls`,
      }
    : elsewhere('call', `${says}, but does not refuse it either`, ['workloads', caller.name]);
}

function proxyLink({ name, workload, cluster }: OwnCallEndpoint): Link {
  const place = ['workloads', name];
  if (!workload.proxied) {
    return elsewhere('proxy', `${name} uses mutual TLS itself, with its SVID from the Workload API`, place);
  }
  const says = `its proxy gets the SVID from SPIRE, through Istio's injection template ${ISTIO.sidecarTemplate}`;
  return workload.expectedPods === undefined
    ? { name: 'proxy', status: 'holds', says, place, file: manifestPath(cluster.name, MANIFEST.workload(name)) }
    : elsewhere('proxy', `${says}, if its pods have the annotation from README.md of the output`, place);
}

/** The last link: the policy in front of the called pods, the program in them, or no restriction. */
function policyLink({ name, workload, cluster }: OwnCallEndpoint, principals: readonly string[], who: string): Link {
  const place = ['workloads', name];
  if (!workload.proxied) {
    return elsewhere('policy', `${name} has no proxy, so the program itself decides which callers it accepts`, place);
  }
  const file = manifestPath(cluster.name, MANIFEST.access(name));
  const entry = entryPolicy(workload);
  const refused = principals.filter((id) => !entry?.callers.includes(id));
  if (refused.length > 0 && takesPlainText(workload)) {
    const says = `${name} accepts plain text from every caller that reaches its pods`;
    return { ...elsewhere('policy', says, [...place, 'plainText']), file };
  }
  return refused.length === 0 && principals.length > 0
    ? { name: 'policy', status: 'holds', says: `AuthorizationPolicy ${entry?.name} allows ${who}`, place, file }
    : {
        name: 'policy',
        status: 'missing',
        says: `AuthorizationPolicy ${entry?.name} does not allow ${who}`,
        place,
        file,
      };
}

/** The policy in front of the pods that take calls from outside of the workload. */
function entryPolicy({ access, entry }: OwnCallEndpoint['workload']): ResolvedAccess | undefined {
  return access.length === 1 ? access[0] : access.find(({ name }) => name.endsWith(`-${entry?.service}`));
}

function elsewhere(name: LinkName, says: string, place: Link['place']): Link {
  return { name, status: 'elsewhere', says, place };
}
