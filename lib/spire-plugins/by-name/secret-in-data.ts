/** Finds secrets that somebody wrote into the data of a plugin. Private keys are found in the whole fleet file already. */

/** Keys of secrets in the plugins of SPIRE and of most services. */
const SECRET_KEY =
  /(^|_)(api_?key|account_key|passphrase|password|private_key|secret|secret_access_key|secret_id|token)$/i;

/** Access keys of AWS, tokens of Vault, and JSON Web Tokens. */
const SECRET_VALUE =
  /^((AKIA|ASIA)[A-Z0-9]{16}|hv[sb]\.[A-Za-z0-9_-]{20,}|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*)$/;

/** The keys that lead to the first value that looks like a secret. A variable and a path are none. */
export function secretIn(data: unknown): readonly string[] | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  for (const [key, value] of Object.entries(data)) {
    if (isSecret(key, value)) return [key];
    const inside = secretIn(value);
    if (inside !== undefined) return [key, ...inside];
  }
  return undefined;
}

function isSecret(key: string, value: unknown): boolean {
  if (typeof value !== 'string' || value === '' || /^[$/]/.test(value)) return false;
  return SECRET_KEY.test(key) || SECRET_VALUE.test(value);
}
