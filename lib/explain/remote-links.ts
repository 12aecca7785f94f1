/** The additional links of a call between clusters or with a partner. */
import { MANIFEST, manifestPath } from '../model/delivery/manifest-paths';
import type { ResolvedPeer } from '../model/resolved-fleet';
import { gatewaySpiffeId } from '../model/spire/spiffe-id';
import type { CallEndpoint, CallEndpoints, OwnCallEndpoint } from './call-endpoints';
import type { Svid } from './identity';
import type { Link, LinkName } from './link';

/** The federation link. Each side must trust the other, because client and server verify each other. */
export function federationLink({ caller, called, placeOfTrust, standsFor }: CallEndpoints): Link {
  if (caller.trustDomain === called.trustDomain) {
    const nested = caller.home === standsFor(caller.home) ? called.home : caller.home;
    const says = `${caller.home} and ${called.home} share the trust domain ${caller.trustDomain} and its root`;
    return { name: 'federation', status: 'holds', says, place: ['clusters', nested, 'nestedUnder'] };
  }
  const [there, back] = [trusts(caller, called), trusts(called, caller)];
  if (there && back) {
    const says = `${caller.trustDomain} and ${called.trustDomain} trust each other`;
    return { name: 'federation', status: 'holds', says, place: placeOfTrust(caller.home, called.home) };
  }
  const remedy = `add under federation: - between: [${standsFor(caller.home)}, ${standsFor(called.home)}]`;
  if (!there && !back) {
    const says = `${caller.home} and ${called.home} are not federated`;
    return { name: 'federation', status: 'missing', says, place: ['federation'], remedy };
  }
  const [trusting, trusted] = there ? [caller, called] : [called, caller];
  const says = `${trusting.home} trusts ${trusted.home}, but ${trusted.home} does not trust ${trusting.home}`;
  return { name: 'federation', status: 'missing', says, place: placeOfTrust(trusting.home, trusted.home), remedy };
}

/** Whether one side trusts the other. The trust of a partner is known from the clusters that federate with it. */
function trusts(trusting: CallEndpoint, trusted: CallEndpoint): boolean {
  if (trusting.kind === 'own') {
    return peerOf(trusting, trusted) !== undefined;
  }
  return trusted.kind === 'own' && trusting.partner.clusters.includes(trusted.home);
}

/** Compares trust domains, because the peer of a nested cluster has the name of the cluster above. */
function peerOf({ cluster }: OwnCallEndpoint, { trustDomain }: CallEndpoint): ResolvedPeer | undefined {
  return cluster.peers.find((peer) => peer.trustDomain === trustDomain);
}

export function bundleLink(name: LinkName, holder: OwnCallEndpoint, other: CallEndpoint): Link {
  const peer = peerOf(holder, other);
  const place = other.kind === 'own' ? ['clusters', other.home] : ['partners', other.home];
  if (peer === undefined) {
    return { name, status: 'missing', says: `${holder.home} has no bundle of ${other.trustDomain}`, place };
  }
  const [first, ...more] = peer.bundle?.authorities ?? [];
  const seed =
    first === undefined
      ? 'after the first poll'
      : `from the start, with root ${first.fingerprint.slice(0, 11)}…${more.length > 0 ? ` and ${more.length} more` : ''}`;
  return {
    name,
    status: 'holds',
    says: `${holder.home} has the bundle of ${other.trustDomain} ${seed}, and polls ${peer.url}`,
    place,
    file: manifestPath(holder.home, MANIFEST.federation(peer.cluster)),
  };
}

export function gatewayLink(called: CallEndpoint): Link {
  if (called.kind === 'partner') {
    return {
      name: 'gateway',
      status: 'elsewhere',
      says: `calls arrive at the gateway of ${called.home}`,
      place: ['partners', called.home],
    };
  }
  const { gateway, istio, name } = called.cluster;
  const place = ['clusters', name, 'gateway'];
  if (gateway !== undefined) {
    return { name: 'gateway', status: 'holds', says: `calls arrive at ${gateway.address}:${gateway.port}`, place };
  }
  const says =
    istio === undefined
      ? `${name} runs no Istio, so it has no gateway for calls from other clusters`
      : `${name} has no gateway`;
  const remedy =
    istio === undefined
      ? `call it from inside ${name}`
      : `add the address of a gateway to ${name}, such as gateway: { address: 192.0.2.20 }`;
  return { name: 'gateway', status: 'missing', says, place: ['clusters', name], remedy };
}

export function hostLink({ name, workload }: CallEndpoint): Link {
  const place = ['workloads', name];
  return workload.host === undefined
    ? {
        name: 'host',
        status: 'missing',
        says: `${name} has no host name for other clusters`,
        place,
        remedy: `add host: to ${name}`,
      }
    : { name: 'host', status: 'holds', says: `it is called as ${workload.host}`, place: [...place, 'host'] };
}

export function callerFederatesLink(caller: OwnCallEndpoint, svids: readonly Svid[], trustDomain: string): Link {
  const without = svids.find(({ trusts: known }) => !known.includes(trustDomain));
  const [first] = svids;
  const common = {
    name: 'caller-federates',
    place: ['workloads', caller.name],
    file: (without ?? first)?.file,
  } as const;
  return without === undefined && first !== undefined
    ? { ...common, status: 'holds', says: `${caller.name} gets the bundle of ${trustDomain} with its SVID` }
    : { ...common, status: 'missing', says: `ClusterSPIFFEID ${without?.rule} does not federate with ${trustDomain}` };
}

export function gatewayFederatesLink(called: OwnCallEndpoint, svid: Svid | undefined, trustDomain: string): Link {
  const host = hostOf(called);
  const common = { name: 'gateway-federates', place: ['clusters', called.home, 'gateway'] } as const;
  if (host?.credential !== undefined) {
    const says = `the gateway verifies callers with ca.crt of the Secret ${host.credential.secret}`;
    return { ...common, status: 'elsewhere', says };
  }
  return svid?.trusts.includes(trustDomain)
    ? {
        ...common,
        status: 'holds',
        says: `the gateway gets the bundle of ${trustDomain} with its SVID`,
        file: svid.file,
      }
    : {
        ...common,
        status: 'missing',
        says: `the gateway's SVID does not federate with ${trustDomain}`,
        file: svid?.file,
      };
}

/** The caller's proxy turns plain HTTP to the host into mutual TLS to the gateway, and verifies the server's SPIFFE ID. */
export function routeLink(caller: OwnCallEndpoint, called: CallEndpoint): Link {
  const { cluster, workload, name } = caller;
  const place = ['workloads', name];
  const host = called.workload.host;
  const route = workload.proxied
    ? cluster.remoteCalls.find((call) => call.namespace === workload.namespace && call.host === host)
    : cluster.directCalls.find((call) => call.caller === name && call.host === host);
  const file = workload.proxied ? manifestPath(cluster.name, MANIFEST.call(called.name)) : undefined;
  if (route === undefined && !workload.proxied) {
    return { name: 'route', status: 'elsewhere', says: `the program of ${name} decides which address it calls`, place };
  }
  if (route === undefined) {
    return { name: 'route', status: 'missing', says: `${name} has no route to ${host}`, place, file };
  }
  const { gatewayAddress, gatewayPort, serverSpiffeId } = route;
  const expected = called.kind === 'own' ? presentedBy(called) : serverSpiffeId;
  return expected === serverSpiffeId
    ? {
        name: 'route',
        status: 'holds',
        says: `${host} is routed to ${gatewayAddress}:${gatewayPort}, which must present ${serverSpiffeId}`,
        place,
        file,
      }
    : {
        name: 'route',
        status: 'missing',
        says: `${host} presents ${expected}, but ${serverSpiffeId} is expected`,
        place,
        file,
      };
}

/** The policy of the gateway, which admits callers by SPIFFE ID. */
export function admissionLink(called: CallEndpoint, callers: readonly string[]): Link {
  const place = ['workloads', called.name];
  if (called.kind === 'partner') {
    return {
      name: 'admission',
      status: 'elsewhere',
      says: `${called.home} decides which callers its gateway allows`,
      place,
    };
  }
  const file = manifestPath(called.home, MANIFEST.host(called.name));
  const host = hostOf(called);
  const refused = callers.filter((id) => !host?.callers.includes(id));
  return refused.length === 0 && callers.length > 0
    ? {
        name: 'admission',
        status: 'holds',
        says: `the gateway allows ${callers.join(', ')} to call ${host?.host}`,
        place,
        file,
      }
    : {
        name: 'admission',
        status: 'missing',
        says: `the gateway does not allow ${refused.join(', ') || 'the caller'}`,
        place,
        file,
      };
}

function hostOf({ cluster, name }: OwnCallEndpoint) {
  return cluster.gateway?.hosts.find(({ workload }) => workload === name);
}

function presentedBy(called: OwnCallEndpoint): string {
  return hostOf(called)?.credential?.spiffeId ?? gatewayIdOf(called);
}

/** SPIFFE ID of the cluster's gateway, whether or not the cluster has one. */
export function gatewayIdOf({ cluster, trustDomain }: OwnCallEndpoint): string {
  return cluster.gateway?.spiffeId ?? gatewaySpiffeId(trustDomain);
}
