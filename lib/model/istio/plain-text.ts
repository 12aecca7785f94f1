/** Whether a PeerAuthentication accepts plain text. */

interface MutualTls {
  readonly mode?: unknown;
}

/** The part of a PeerAuthentication's spec that decides it. */
export interface MutualTlsSpec {
  readonly mtls?: MutualTls;
  readonly portLevelMtls?: Readonly<Record<string, MutualTls>>;
}

/** Whether any port accepts plain text. A missing mode counts as accepting, since the inherited mode can be permissive. */
export function takesPlainText({ mtls, portLevelMtls = {} }: MutualTlsSpec): boolean {
  return [mtls, ...Object.values(portLevelMtls)].some((one) => one?.mode !== 'STRICT');
}
