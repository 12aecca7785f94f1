/** Describes the purpose of a Secret and what it must contain. */
import type { SecretUse } from '../model/cluster/resolved-secret';

/** Markdown. */
export function purposeOf(use: SecretUse): string {
  switch (use.kind) {
    case 'worded':
      return use.purpose;
    case 'web-certificate':
      return `certificate of a public CA for \`${use.address}\`, which the bundle endpoint serves: peers verify it with the public roots in SPIRE's image alone`;
    case 'gateway-certificate': {
      const hosts = use.hosts.map(({ host, spiffeId }) => `${host} by a certificate with the URI SAN ${spiffeId}`);
      return `the gateway serves ${hosts.join(' and ')}, under the root of this trust domain; ca.crt verifies the callers; renew it before it ends`;
    }
  }
}
