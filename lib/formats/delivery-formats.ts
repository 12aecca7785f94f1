/** Formats of repositories, branches and folders in a fleet file. */
import { type Format, relativePath } from './formats';
import { canonicalAuthority, urlPartsOf, whyNoEndpoint } from './url-parts';

/** A URL that Flux and Argo CD accept. The transport must be authenticated: the manifests decide who gets which identity. */
export const gitUrl: Format = {
  what: 'the URL of a Git repository',
  example: 'https://git.example.org/platform/fleet.git',
  pattern: '^([hH][tT][tT][pP][sS]|[sS][sS][hH])://[^\\s?#]+$',
  check: (text) => checkUrl(text, ['https', 'ssh']),
  canonical: canonicalUrl,
};

/** URL of a chart repository: a folder with an index.yaml over https, or an OCI registry. */
export const chartUrl: Format = {
  what: 'the URL of a chart repository',
  example: 'https://blob.istio.io/istio-release/charts',
  pattern: '^([hH][tT][tT][pP][sS]|[oO][cC][iI])://[^\\s?#]+$',
  check: (text) => checkUrl(text, ['https', 'oci']),
  canonical: canonicalUrl,
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
    return /\.\.|\/\/|\/\.|[./]$|\.lock(\/|$)/.test(text)
      ? 'Git refuses a branch that contains "..", "//" or "/.", or that ends in ".", "/" or ".lock"'
      : undefined;
  },
};

/** Characters with a meaning in templates, patterns or variables of Argo CD's ApplicationSets and projects, of Flux or of Git. */
const SPECIAL_CHARACTERS = /[{}*?[\]$\\]/;

/** A folder of the repository. It is written into a template of Argo CD and into an ignore pattern of Flux's GitRepository. */
export const repositoryFolder: Format = {
  ...relativePath,
  what: 'a folder of the repository',
  example: 'clusters/dist',
  pattern: '^[^/{}*?[\\]$\\\\][^{}*?[\\]$\\\\]*$',
  check: (text) => {
    const reason = relativePath.check(text);
    if (reason !== undefined) return reason;
    const [character] = SPECIAL_CHARACTERS.exec(text) ?? [];
    if (character !== undefined)
      return `Flux and Argo CD read ${JSON.stringify(character)} as part of a template or pattern`;
    return text.split('/').some((segment) => segment !== segment.trim())
      ? 'a folder in it has a name that begins or ends with a blank'
      : undefined;
  },
};

function checkUrl(text: string, schemes: readonly string[]): string | undefined {
  if (/^[^/]+@[^/]+:/.test(text)) return 'write it as ssh://git@host/path';
  const parts = urlPartsOf(text);
  if (parts === undefined) return 'it cannot be parsed as a URL';
  const { scheme, user, authority, path, after } = parts;
  if (!schemes.includes(scheme)) return `its scheme is ${JSON.stringify(scheme)}, not ${schemes.join(' or ')}`;
  if (user?.includes(':') || (user !== undefined && scheme !== 'ssh'))
    return 'it contains credentials, which belong in a Secret';
  if (after !== '') return 'a query or fragment is not allowed';
  const [character] = /[^A-Za-z0-9._~!&'()+,;=:@/%-]/u.exec(`${path}${user ?? ''}`) ?? [];
  if (character !== undefined && SPECIAL_CHARACTERS.test(character)) {
    return `Flux and Argo CD read ${JSON.stringify(character)} as part of a template or pattern`;
  }
  return character === undefined
    ? whyNoEndpoint(authority)
    : `it has ${JSON.stringify(character)}, which must be percent-encoded in a URL`;
}

/** The URL with scheme and host in lower case, since the tools compare them case-sensitively with lower-case text. */
function canonicalUrl(text: string): string {
  const { scheme = '', user, authority = '', path = '' } = urlPartsOf(text) ?? {};
  return `${scheme}://${user === undefined ? '' : `${user}@`}${canonicalAuthority(authority)}${path}`;
}
