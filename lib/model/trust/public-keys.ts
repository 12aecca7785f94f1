/** Compares certificates by their key: a renewed certificate keeps the key, so both verify the same signatures. */
import { createHash, type X509Certificate } from 'node:crypto';

/** SHA-256 of the SubjectPublicKeyInfo. */
export function keyFingerprint({ publicKey }: X509Certificate): string {
  return createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('base64url');
}
