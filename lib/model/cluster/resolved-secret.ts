/** A Secret that a person must create, and what it is for. */

export interface ResolvedSecret {
  readonly namespace: string;
  readonly name: string;
  readonly type: 'kubernetes.io/tls' | 'Opaque';
  readonly keys: readonly string[];
  readonly use: SecretUse;
}

/** What a Secret is for. */
export type SecretUse =
  /** Whoever asks for the Secret words it: a plugin's record, so that a plugin is one file, or a program that runs the checks. */
  | { readonly kind: 'worded'; readonly purpose: string }
  /** The certificate of a bundle endpoint with the profile https_web, at this address. */
  | { readonly kind: 'web-certificate'; readonly address: string }
  /** The certificate with which the gateway serves hosts. The SPIFFE IDs are its URI SANs. */
  | {
      readonly kind: 'gateway-certificate';
      readonly hosts: readonly { readonly host: string; readonly spiffeId: string }[];
    };
