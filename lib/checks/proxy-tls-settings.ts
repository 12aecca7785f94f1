/** Checks that each TLS setting works with a proxy whose secrets come from SPIRE. */
import type { OutputRule } from './output-rule';

interface ServerTls {
  readonly mode?: string;
  readonly credentialName?: string;
  readonly serverCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly subjectAltNames?: readonly string[];
}

interface ClientTls {
  readonly mode?: string;
  readonly credentialName?: string;
  readonly clientCertificate?: string;
  readonly privateKey?: string;
  readonly caCertificates?: string;
  readonly subjectAltNames?: readonly string[];
}

export const proxyTlsSettings: OutputRule = {
  name: 'proxy-tls-settings',
  looksFor:
    'certificates from files in a Gateway or DestinationRule, or TLS against the roots of the system, both before Istio 1.26; mutual TLS without expected names',
  why: 'before Istio 1.26, a proxy with the socket of SPIRE asks SPIRE for certificates in files too, and SPIRE does not have them. Without expected names, any workload of a federated trust domain is accepted.',
  source:
    'istio/istio#47481, #54220, #54725; istio pilot/pkg/networking/core/listener.go BuildListenerTLSContext, pkg/security/security.go FileCredentialNameSocketPath',
  check: (objects, { istio }, report) => {
    const readsFiles = istio?.readsCertificateFiles ?? false;
    for (const placed of objects.ofKind('Gateway')) {
      const { servers } = placed.object.spec as { readonly servers: readonly { readonly tls?: ServerTls }[] };
      for (const { tls } of servers) {
        const reason = tls === undefined ? 'serves plain text' : serverFault(tls, readsFiles);
        if (reason !== undefined) report(placed, reason);
      }
    }
    for (const placed of objects.ofKind('DestinationRule')) {
      const { trafficPolicy } = placed.object.spec as { readonly trafficPolicy?: { readonly tls?: ClientTls } };
      const reason = trafficPolicy?.tls === undefined ? undefined : clientFault(trafficPolicy.tls, readsFiles);
      if (reason !== undefined) report(placed, reason);
    }
  },
};

function serverFault(tls: ServerTls, readsFiles: boolean): string | undefined {
  const { mode, credentialName, subjectAltNames = [] } = tls;
  const hasFiles = (tls.serverCertificate ?? tls.privateKey ?? tls.caCertificates) !== undefined;
  if (hasFiles && !readsFiles) return 'takes its certificate from a file';
  if (mode !== 'ISTIO_MUTUAL' && mode !== 'MUTUAL') return `serves TLS of mode ${mode}, which admits anybody`;
  if (mode === 'MUTUAL' && credentialName === undefined && !hasFiles) return 'is MUTUAL without a credential';
  return subjectAltNames.length === 0 ? 'names no caller' : undefined;
}

function clientFault(tls: ClientTls, readsFiles: boolean): string | undefined {
  const { mode, credentialName, subjectAltNames = [] } = tls;
  const hasFiles = (tls.clientCertificate ?? tls.privateKey ?? tls.caCertificates) !== undefined;
  if (hasFiles && !readsFiles) return 'takes certificates from files';
  if (mode === 'SIMPLE' && credentialName === undefined && !readsFiles)
    return 'verifies against the roots of the system';
  return mode === 'ISTIO_MUTUAL' && subjectAltNames.length === 0 ? 'names no server' : undefined;
}
