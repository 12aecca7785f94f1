/** Knows how repositories and branches are written in a fleet file. */
import type { Format } from './formats';

/** A URL that Flux and Argo CD both take; what is fetched decides who is whom, so nobody may change it on the way. */
export const gitUrl: Format = {
  what: 'the URL of a Git repository',
  example: 'https://git.example.org/platform/fleet.git',
  pattern: '^(https|ssh)://[^\\s?#]+$',
  check: (text) => checkUrl(text, ['https:', 'ssh:']),
};

/** Where charts are: an index.yaml over https, or an OCI registry. */
export const chartUrl: Format = {
  what: 'the URL of a chart repository',
  example: 'https://blob.istio.io/istio-release/charts',
  pattern: '^(https|oci)://[^\\s?#]+$',
  check: (text) => checkUrl(text, ['https:', 'oci:']),
};

/** A branch by its short name. @see https://git-scm.com/docs/git-check-ref-format */
export const branch: Format = {
  what: 'a branch',
  example: 'main',
  pattern: '^[A-Za-z0-9_][A-Za-z0-9._/-]*$',
  check: (text) => {
    if (!/^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/.test(text)) {
      return 'only letters, digits, ".", "_", "-" and "/" are allowed, at most 200, beginning with a letter or digit';
    }
    return /\.\.|\/\/|\/\.|[./]$|\.lock(\/|$)/.test(text) ? 'Git does not take it' : undefined;
  },
};

function checkUrl(text: string, schemes: readonly string[]): string | undefined {
  if (/^[^/]+@[^/]+:/.test(text)) return 'write it as ssh://git@host/path';
  if (/[\s$]/.test(text) || !URL.canParse(text)) return 'it cannot be read';
  const { protocol, password, hostname, search, hash, username } = new URL(text);
  if (!schemes.includes(protocol)) {
    return `its scheme is ${JSON.stringify(protocol.slice(0, -1))}, not ${schemes.map((scheme) => scheme.slice(0, -1)).join(' or ')}`;
  }
  if (hostname === '') return 'it has no host';
  if (password !== '' || (username !== '' && protocol !== 'ssh:')) return 'credentials belong into a Secret';
  return search === '' && hash === '' ? undefined : 'a query or fragment is not allowed';
}
