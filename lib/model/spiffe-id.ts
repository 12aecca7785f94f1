/** Knows how SPIFFE IDs are put together and which ones SPIRE and Istio give out. */

import { ISTIO } from './names';

/** @see https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md section 2.3 */
export const MAX_SPIFFE_ID_BYTES = 2048;

export function spiffeId(trustDomain: string, path: string): string {
  return `spiffe://${trustDomain}${path}`;
}

/** The path Istio expects of every workload that is called inside the mesh. */
export function istioPath(namespace: string, serviceAccount: string): string {
  return `/ns/${namespace}/sa/${serviceAccount}`;
}

/** The SPIFFE ID Istio expects of a workload. */
export function istioSpiffeId(trustDomain: string, namespace: string, serviceAccount: string): string {
  return spiffeId(trustDomain, istioPath(namespace, serviceAccount));
}

/** The SPIFFE ID of a cluster's ingress gateway. */
export function gatewaySpiffeId(trustDomain: string): string {
  return istioSpiffeId(trustDomain, ISTIO.namespace, ISTIO.gatewayServiceAccount);
}

/** A SPIFFE ID as a person writes it: whole, or its path alone. */
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
