/** Checks that every TLS setting is one that a proxy whose secrets come from SPIRE can follow. */
import type { OutputRule } from './output-rule';

interface ServerTls {
  readonly mode?: string;
  readonly credentialName?: string;
  readonly serverCertificate?: string;
  readonly privateKey?: string;
  readonly subjectAltNames?: readonly string[];
}

interface ClientTls {
  readonly mode?: string;
  readonly credentialName?: string;
  readonly clientCertificate?: string;
  readonly caCertificates?: string;
  readonly subjectAltNames?: readonly string[];
}

export const tlsThatProxiesServe: OutputRule = {
  name: 'tls-that-proxies-serve',
  looksFor:
    'certificates from files in a Gateway or DestinationRule, TLS against the roots of the system, or mutual TLS that names nobody',
  why: "with SPIRE's socket mounted a proxy asks SPIRE for file-cert and file-root too, which SPIRE does not know; and without names any workload of a federated trust domain gets through.",
  source: 'istio/istio#47481, #54220; istio pilot/pkg/networking/core/listener.go BuildListenerTLSContext',
  check: (objects, _cluster, report) => {
    for (const placed of objects.ofKind('Gateway')) {
      const { servers } = placed.object.spec as { readonly servers: readonly { readonly tls?: ServerTls }[] };
      for (const { tls } of servers) {
        const reason = tls === undefined ? 'serves plain text' : serverFault(tls);
        if (reason !== undefined) report(placed, reason);
      }
    }
    for (const placed of objects.ofKind('DestinationRule')) {
      const { trafficPolicy } = placed.object.spec as { readonly trafficPolicy?: { readonly tls?: ClientTls } };
      const reason = trafficPolicy?.tls === undefined ? undefined : clientFault(trafficPolicy.tls);
      if (reason !== undefined) report(placed, reason);
    }
  },
};

function serverFault({
  mode,
  credentialName,
  serverCertificate,
  privateKey,
  subjectAltNames = [],
}: ServerTls): string | undefined {
  if ((serverCertificate ?? privateKey) !== undefined) return 'takes its certificate from a file';
  if (mode !== 'ISTIO_MUTUAL' && mode !== 'MUTUAL') return `serves TLS of mode ${mode}, which admits anybody`;
  if (mode === 'MUTUAL' && credentialName === undefined) return 'is MUTUAL without a credential';
  return subjectAltNames.length === 0 ? 'names no caller' : undefined;
}

function clientFault({
  mode,
  credentialName,
  clientCertificate,
  caCertificates,
  subjectAltNames = [],
}: ClientTls): string | undefined {
  if ((clientCertificate ?? caCertificates) !== undefined) return 'takes certificates from files';
  if (mode === 'SIMPLE' && credentialName === undefined) return 'verifies against the roots of the system';
  return mode === 'ISTIO_MUTUAL' && subjectAltNames.length === 0 ? 'names no server' : undefined;
}
