/** Compares certificates by their key: a renewed certificate has the key of the old one, and what either signs verifies under both. */
import { createHash, type X509Certificate } from 'node:crypto';

/** SHA-256 of the SubjectPublicKeyInfo. */
export function keyFingerprint({ publicKey }: X509Certificate): string {
  return createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('base64url');
}
