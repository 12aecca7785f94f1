/** Knows which PeerAuthentications let callers come without mutual TLS. */

interface MutualTls {
  readonly mode?: unknown;
}

/** The part of a PeerAuthentication's spec that decides it. */
export interface MutualTlsSpec {
  readonly mtls?: MutualTls;
  readonly portLevelMtls?: Readonly<Record<string, MutualTls>>;
}

/** Whether plain text is taken at any port: without a mode, what is inherited may permit it. */
export function takesPlainText({ mtls, portLevelMtls = {} }: MutualTlsSpec): boolean {
  return [mtls, ...Object.values(portLevelMtls)].some((one) => one?.mode !== 'STRICT');
}
