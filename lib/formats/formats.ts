/** Formats of the short texts in a fleet file: names, trust domains, SPIFFE ID paths, addresses, durations, versions. */
import { isIP } from 'node:net';
import { MAX_SECONDS, seconds } from './duration';

/** The format of a text: what it may contain, an example, and its canonical form. */
export interface Format {
  /** What a text of this format is, with its article, for problem sentences. */
  readonly what: string;
  /** A valid text. */
  readonly example: string;
  /** A regular expression for editors. It can accept more than `check`, which decides. */
  readonly pattern: string;
  /** Returns why a text is invalid, or undefined if it is valid. */
  check(text: string): string | undefined;
  /** Returns the canonical form of a valid text. @default - every valid text is canonical */
  canonical?(text: string): string;
}

const LABEL = '[a-z0-9]([a-z0-9-]*[a-z0-9])?';

/** RFC 1123 label, the form of most Kubernetes names. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
export const dnsLabel: Format = {
  what: 'a name',
  example: 'cluster1',
  pattern: `^${LABEL}$`,
  check: (text) =>
    tooLong(text, 63) ??
    unlessMatches(text, `^${LABEL}$`, 'only a-z, 0-9 and "-", beginning and ending with a letter or digit'),
};

/** RFC 1035 label, the form of a Service's name: like RFC 1123, but a letter comes first. */
export const serviceName: Format = {
  ...dnsLabel,
  what: 'a Service name',
  example: 'checkout',
  pattern: `^[a-z]([a-z0-9-]*[a-z0-9])?$`,
  check: (text) => (/^[0-9]/.test(text) ? 'it begins with a digit' : dnsLabel.check(text)),
};

/** A name to which up to 23 characters are added to form other names, those of Services included; see `lib/model/names.ts`. */
export const shortName: Format = {
  ...serviceName,
  what: 'a name',
  example: 'cluster1',
  check: (text) => tooLong(text, 40) ?? serviceName.check(text),
};

/** Name of a Secret, ServiceAccount or StorageClass. */
export const objectName: Format = {
  what: 'the name of an object',
  example: 'spire-upstream-ca',
  pattern: `^${LABEL}(\\.${LABEL})*$`,
  check: (text) => dnsName.check(text),
};

/** Kind of an object. Its lower case is an RFC 1035 label. @see apiextensions-apiserver pkg/apis/apiextensions/validation/validation.go */
export const kind: Format = {
  what: 'a kind',
  example: 'ClusterIssuer',
  pattern: '^[A-Za-z][A-Za-z0-9-]*$',
  check: (text) => serviceName.check(text.toLowerCase()),
};

/** RFC 1123 subdomain. */
export const dnsName: Format = {
  what: 'a DNS name',
  example: 'bookinfo.example.org',
  pattern: `^${LABEL}(\\.${LABEL})*$`,
  check: (text) =>
    tooLong(text, 253) ??
    (text.split('.').includes('') ? 'it has an empty label' : undefined) ??
    text
      .split('.')
      .map((label) => tooLong(label, 63))
      .find((reason) => reason !== undefined) ??
    (isIP(text)
      ? 'it is an IP address'
      : unlessMatches(
          text,
          `^${LABEL}(\\.${LABEL})*$`,
          'only a-z, 0-9, "-" and "." are allowed, in labels that begin and end with a letter or digit',
        )),
};

/** A DNS name that a URL can hold: one that ends in a number is read as an IPv4 address. @see https://url.spec.whatwg.org/#ends-in-a-number-checker */
export const hostName: Format = {
  ...dnsName,
  check: (text) =>
    /(^|\.)(\d+|0x[\da-f]*)$/i.test(text) && !isIP(text)
      ? 'it ends in a number, so it is read as an IPv4 address, but it is not a valid one'
      : dnsName.check(text),
};

/** @see https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md section 2.1 */
export const trustDomain: Format = {
  what: 'a trust domain',
  example: 'east.example.org',
  pattern: '^[a-z0-9._-]{1,255}$',
  check: (text) =>
    tooLong(text, 255) ??
    (text.includes('://') ? 'write only the name, without spiffe://' : undefined) ??
    unlessMatches(text, '^[a-z0-9._-]+$', 'only a-z, 0-9, ".", "-" and "_" are allowed'),
};

/** @see https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md section 2.2 */
export const spiffeIdPath: Format = {
  what: 'the path of a SPIFFE ID',
  example: '/greeter',
  pattern: '^/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$',
  check: (text) => (text.startsWith('/') ? checkSegments(text.slice(1).split('/')) : 'it does not begin with "/"'),
};

/** A whole SPIFFE ID, or only its path; the trust domain is then the one of its cluster or partner. */
export const spiffeId: Format = {
  what: 'a SPIFFE ID',
  example: '/greeter',
  pattern: '^(spiffe://[a-z0-9._-]{1,255})?/[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*$',
  check: (text) => {
    if (text.startsWith('/')) return spiffeIdPath.check(text);
    if (!text.startsWith('spiffe://')) return 'it begins neither with "/" nor with "spiffe://"';
    const [authority = '', ...segments] = text.slice('spiffe://'.length).split('/');
    if (authority === '') return 'it has no trust domain';
    const reason = trustDomain.check(authority);
    if (reason !== undefined) return `its trust domain ${JSON.stringify(authority)} is malformed: ${reason}`;
    return segments.length === 0 ? 'it has no path' : checkSegments(segments);
  },
};

function checkSegments(segments: readonly string[]): string | undefined {
  if (segments.at(-1) === '') return segments.length === 1 ? 'the path is empty' : 'it ends with "/"';
  if (segments.includes('')) return 'it has an empty segment ("//")';
  if (segments.some((segment) => segment === '.' || segment === '..'))
    return '"." and ".." are not allowed as segments';
  const bad = segments.find((segment) => !/^[A-Za-z0-9._-]+$/.test(segment));
  return bad === undefined
    ? undefined
    : `segment ${JSON.stringify(bad)} has characters other than letters, digits, ".", "-" and "_"`;
}

/** Whole numbers of days, hours, minutes and seconds, such as `1h30m`. Go's time.ParseDuration has no days. */
export const duration: Format = {
  what: 'a duration',
  example: '168h',
  pattern: '^([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?$',
  check: (text) => {
    if (text === '' || !/^(\d{1,6}d)?(\d{1,6}h)?(\d{1,6}m)?(\d{1,6}s)?$/.test(text)) {
      return 'only whole days, hours, minutes and seconds are allowed, such as 7d, 168h, 1h30m';
    }
    if (!/[1-9]/.test(text)) return 'it is zero, and SPIRE would use its own default';
    return seconds(text) > MAX_SECONDS ? 'it is longer than 100 years' : undefined;
  },
};

/** A release version with all three numbers. */
export const release: Format = {
  what: 'a version',
  example: '1.2.3',
  pattern: '^[0-9]+\\.[0-9]+\\.[0-9]+$',
  check: (text) =>
    unlessMatches(
      text,
      '^(0|[1-9]\\d{0,4})\\.(0|[1-9]\\d{0,4})\\.(0|[1-9]\\d{0,4})$',
      'write only its three numbers, because they become image tags',
    ),
};

/** A minor version of Kubernetes. */
export const kubernetesMinor: Format = {
  what: 'a Kubernetes version',
  example: '1.36',
  pattern: '^1\\.[0-9]+$',
  check: (text) => unlessMatches(text, '^1\\.[1-9]\\d?$', 'write the minor version, such as "1.36"'),
};

/** A path inside the fleet file's folder or below. */
export const relativePath: Format = {
  what: 'a path below the fleet file',
  example: 'trust/east.example.org.pem',
  pattern: '^[^/].*$',
  check: (text) => {
    if (text === '') return 'it is empty';
    if (/\p{Cc}/u.test(text)) return 'it has a line break or another control character';
    if (text.startsWith('/') || /^[A-Za-z]:/.test(text))
      return 'it is absolute, and absolute paths differ between machines';
    if (text.includes('\\')) return 'write "/" between folders, not a backslash';
    return text.split('/').includes('..') ? '".." leads out of the fleet\'s folder' : undefined;
  },
};

/** An absolute path on a cluster's nodes. */
export const nodePath: Format = {
  what: 'an absolute path',
  example: '/var/lib/kubelet',
  pattern: '^(/[A-Za-z0-9._-]+)+$',
  check: (text) => {
    if (!text.startsWith('/')) return 'it does not begin with "/"';
    if (text.split('/').includes('..')) return '".." leads elsewhere';
    return unlessMatches(
      text,
      '^(/[A-Za-z0-9._-]+)+$',
      'only letters, digits, ".", "-" and "_" are allowed between single "/"',
    );
  },
};

const IMAGE =
  /^([a-z0-9.-]+(:\d+)?\/)?[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*(\/[a-z0-9]+(([._]|__|-+)[a-z0-9]+)*)*(:[\w][\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$/;

/** An image with a digest, or with a tag that is a version. */
export const image: Format = {
  what: 'a pinned image',
  example: 'registry.example.org/team/app:1.2.3',
  pattern: '^[^\\s@]+(:[A-Za-z0-9_][A-Za-z0-9._-]*|@sha256:[0-9a-f]{64})$',
  check: (text) => {
    if (!IMAGE.test(text)) return 'it is not an image reference';
    if (text.includes('@')) return undefined;
    const tag = /:([^/]+)$/.exec(text)?.[1];
    if (tag === undefined) return 'it has neither tag nor digest';
    return /\d/.test(tag)
      ? undefined
      : `the tag ${JSON.stringify(tag)} contains no version, so it can name another image later`;
  },
};

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelKey: Format = {
  what: 'a label key',
  example: 'app.kubernetes.io/name',
  pattern: '^([a-z0-9.-]+/)?[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
  check: (text) => {
    const [name = '', prefix, ...rest] = text.split('/').reverse();
    if (rest.length > 0) return 'it has more than one "/"';
    if (text in Object.prototype) return 'this name is reserved';
    if (prefix !== undefined && dnsName.check(prefix) !== undefined) return 'the part before "/" is not a DNS name';
    return (
      tooLong(name, 63) ??
      unlessMatches(
        name,
        '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
        'only letters, digits, "-", "_" and "." are allowed',
      )
    );
  },
};

/** @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#syntax-and-character-set */
export const labelValue: Format = {
  what: 'a label value',
  example: 'inventory',
  pattern: '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
  check: (text) =>
    tooLong(text, 63) ??
    unlessMatches(
      text,
      '^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$',
      'only letters, digits, "-", "_" and "." are allowed',
    ),
};

function tooLong(text: string, limit: number): string | undefined {
  if (text === '') return 'it is empty';
  return text.length > limit ? `it has ${text.length} characters, at most ${limit} are allowed` : undefined;
}

function unlessMatches(text: string, pattern: string, reason: string): string | undefined {
  return new RegExp(pattern).test(text) ? undefined : reason;
}

/** A reason in free text, of one or more lines. */
export const reason: Format = {
  what: 'a reason',
  example: 'its nodes are replaced in spring',
  pattern: '\\S[\\s\\S]{8,}\\S',
  check: (text) =>
    /[^\s\p{C}][\s\S]{8,}[^\s\p{C}]/u.test(text) ? undefined : 'it has fewer than 10 visible characters',
};

/** A place in the fleet file, as problems print it. */
export const fleetPath: Format = {
  what: 'a place in this file',
  example: 'clusters.cluster1.kubelet',
  pattern: '^[a-zA-Z][a-zA-Z0-9-]*(\\.[a-zA-Z][a-zA-Z0-9-]*|\\[[0-9]+\\])*$',
  check: (text) =>
    tooLong(text, 300) ??
    unlessMatches(text, fleetPath.pattern, 'write keys joined by ".", and positions in a list in brackets'),
};
