/** The SPIFFE IDs that SPIRE and Istio use, and how to compose them. */

import { NESTED_AGENTS_ATTESTOR } from '../../spire-plugins/node-attestor/catalog';
import { ISTIO } from '../names';

/** @see https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md section 2.3 */
const MAX_BYTES = 2048;

/** Whether a SPIFFE ID is longer than the standard allows. */
export function isTooLong(id: string): boolean {
  return Buffer.byteLength(id) > MAX_BYTES;
}

/** @param path begins with "/" */
export function spiffeId(trustDomain: string, path: string): string {
  return `spiffe://${trustDomain}${path}`;
}

/** The trust domain of a whole SPIFFE ID. */
export function trustDomainOf(id: string): string {
  return new URL(id).host;
}

/** Whether a whole SPIFFE ID is one of the trust domain. */
export function isIn(trustDomain: string, id: string): boolean {
  return id.startsWith(`spiffe://${trustDomain}/`);
}

/** The path Istio expects of every workload that is called inside the mesh. */
export function istioPath(namespace: string, serviceAccount: string): string {
  return `/ns/${namespace}/sa/${serviceAccount}`;
}

/** The SPIFFE ID Istio expects of a workload. */
export function istioSpiffeId(trustDomain: string, namespace: string, serviceAccount: string): string {
  return spiffeId(trustDomain, istioPath(namespace, serviceAccount));
}

/** The SPIFFE ID of the ingress gateway of a cluster that is not nested. */
export function gatewaySpiffeId(trustDomain: string): string {
  return istioSpiffeId(trustDomain, ISTIO.namespace, ISTIO.gatewayServiceAccount);
}

/** A SPIFFE ID as a fleet writes it: whole, or only its path. */
export function wholeSpiffeId(written: string, trustDomain: string): string {
  return written.startsWith('/') ? spiffeId(trustDomain, written) : written;
}

/** A SPIRE server's own SPIFFE ID, which a https_spiffe bundle endpoint presents. */
export function serverSpiffeId(trustDomain: string): string {
  return spiffeId(trustDomain, '/spire/server');
}

/** The SPIFFE ID as Istio's policies write it: without its scheme. */
export function principal(id: string): string {
  return id.replace(/^spiffe:\/\//, '');
}

/** ClusterSPIFFEID template for the SPIFFE ID that Istio expects; the trust domain is the server's own. */
export const ISTIO_TEMPLATE =
  'spiffe://{{ .TrustDomain }}/ns/{{ .PodMeta.Namespace }}/sa/{{ .PodSpec.ServiceAccountName }}';

/** A template's SPIFFE ID for one pod, as spire-controller-manager renders it. */
export function renderTemplate(
  template: string,
  { trustDomain, namespace, serviceAccount }: Record<'trustDomain' | 'namespace' | 'serviceAccount', string>,
): string {
  return template
    .replace('{{ .TrustDomain }}', trustDomain)
    .replace('{{ .PodMeta.Namespace }}', namespace)
    .replace('{{ .PodSpec.ServiceAccountName }}', serviceAccount);
}

/** Path prefix of nested SPIRE servers. The server above issues a CA to every holder of such an ID. */
export const NESTED_SERVER_PATH = '/nested-server';

/** Below it are the ingress gateways of nested clusters. */
const NESTED_GATEWAY_PATH = '/gateway';

/**
 * The SPIFFE ID of a nested cluster's ingress gateway. Namespace and ServiceAccount are the same on every cluster, so an ID of
 * Istio's form would let the gateways of one trust domain impersonate each other. No proxy of the mesh dials a gateway, and
 * callers from other clusters expect this ID.
 */
export function nestedGatewaySpiffeId(trustDomain: string, cluster: string): string {
  return spiffeId(trustDomain, `${NESTED_GATEWAY_PATH}/${cluster}`);
}

/** The SPIFFE ID by which a nested server asks the one above for a CA. */
export function nestedServerSpiffeId(trustDomain: string, cluster: string): string {
  return spiffeId(trustDomain, `${NESTED_SERVER_PATH}/${cluster}`);
}

/** The SPIFFE ID of the agent beside a nested server, whose certificate has the cluster as its common name. */
export function upstreamAgentSpiffeId(trustDomain: string, cluster: string): string {
  return spiffeId(trustDomain, NESTED_AGENTS_ATTESTOR.agentPath(cluster));
}
