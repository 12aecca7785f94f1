/** Resolves partners: their bundle endpoint, its SPIFFE ID, and their gateway. */
import type { Fleet, FleetPartner } from '../../fleet/schema';
import { pathOf } from '../../formats/url-formats';
import type { FleetPath, Report } from '../../problems/problem';
import { problemAt, problemAtKey } from '../../problems/problem';
import { gatewayPortOf } from '../istio/gateway-port';
import type { ResolvedBundle } from '../resolved-fleet';
import { serverSpiffeId, wholeSpiffeId } from '../spire/spiffe-id';
import type { TrustResolver } from '../trust/resolve-trust';
import { endpointProfile } from './resolve-endpoint';

/** A partner by itself. */
export interface PartnerDraft {
  readonly written: FleetPartner;
  readonly trustDomain: string;
  readonly url: string;
  readonly profile: 'https_spiffe' | 'https_web';
  /** Present exactly for https_spiffe. */
  readonly endpointSpiffeId?: string;
  readonly bundle?: ResolvedBundle;
  readonly gateway?: { readonly address: string; readonly port: number; readonly spiffeId: string };
}

/** All partners by name, sorted. */
export function draftPartners(
  fleet: Fleet,
  trustResolver: TrustResolver,
  report: Report,
): ReadonlyMap<string, PartnerDraft> {
  const partners = Object.entries(fleet.partners ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name] of partners.filter(([name]) => Object.hasOwn(fleet.clusters, name))) {
    const because = 'a cluster has this name, and federation refers to clusters and partners by name';
    report(problemAtKey(['partners', name], 'reserved-name', { name, because }));
  }
  return new Map(partners.map(([name, written]) => [name, draftOf(name, written, trustResolver, report)]));
}

function draftOf(name: string, written: FleetPartner, trustResolver: TrustResolver, report: Report): PartnerDraft {
  const { trustDomain, bundleEndpoint, gateway } = written;
  const { url, spiffeId } = bundleEndpoint;
  const profile = endpointProfile(bundleEndpoint);
  const place = ['partners', name];
  if (profile === 'https_web' && spiffeId !== undefined) {
    const because = 'an https_web endpoint authenticates with its web certificate';
    report(problemAtKey([...place, 'bundleEndpoint', 'spiffeId'], 'not-applicable', { key: 'spiffeId', because }));
  }
  const endpointSpiffeId =
    profile === 'https_web'
      ? undefined
      : spiffeId === undefined
        ? serverSpiffeId(trustDomain)
        : wholeSpiffeId(spiffeId, trustDomain);
  if (endpointSpiffeId === serverSpiffeId(trustDomain))
    checkServerUrl(url, [...place, 'bundleEndpoint', 'url'], report);
  return {
    written,
    trustDomain,
    url,
    profile,
    endpointSpiffeId,
    bundle: trustResolver.resolvePartner(name, written, profile),
    gateway: gateway && {
      address: gateway.address,
      port: gatewayPortOf(gateway),
      spiffeId: wholeSpiffeId(gateway.spiffeId, trustDomain),
    },
  };
}

/** Checks the path of a SPIRE server's endpoint. Endpoints with https_web or with their own SPIFFE ID can have any path. */
function checkServerUrl(url: string, place: FleetPath, report: Report): void {
  const path = pathOf(url);
  if (path === '' || path === '/') return;
  report(
    problemAt(place, 'malformed', {
      what: 'the URL of a SPIRE server',
      got: url,
      // spire pkg/server/endpoints/bundle/server.go serveHTTP
      reason: `a SPIRE server answers only at the path "/"; for ${path}, write profile: https_web or the spiffeId of the endpoint`,
      example: new URL('/', url).href,
    }),
  );
}
