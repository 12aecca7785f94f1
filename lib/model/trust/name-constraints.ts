/** Checks the names in SVIDs against the name constraints of a CA, as both Go and BoringSSL do. */
import type { ConstrainedName, NameConstraints } from './certificate-fields';

/** The names in the SVIDs of a trust domain. */
export interface SvidNames {
  readonly trustDomain: string;
  /** DNS names that SVIDs get beside their SPIFFE ID. @default - none */
  readonly dnsNames?: readonly string[];
}

/** What the constraints say against one of the names, as the rest of "its name constraints …". */
export function whyNameRefused(
  { permitted, excluded }: NameConstraints,
  { trustDomain, dnsNames = [] }: SvidNames,
): string | undefined {
  const uris = textsOf([...permitted, ...excluded], 'uri');
  if (uris.length > 0 && !hasTwoLabels(trustDomain)) {
    return `constrain URIs, but verifiers cannot match a trust domain without a dot (${trustDomain})`;
  }
  const odd = uris.find((text) => !hasTwoLabels(text.replace(/^\./, '')));
  if (odd !== undefined) return `contain ${JSON.stringify(odd)}, which Envoy does not accept as the host of a URI`;
  if (permitted.some(({ kind }) => kind === 'directory')) return 'permit only directory names that SVIDs do not have';
  const wanted = [
    { kind: 'uri' as const, name: trustDomain, shown: `spiffe://${trustDomain}` },
    ...dnsNames.map((name) => ({ kind: 'dns' as const, name, shown: name })),
  ];
  for (const { kind, name, shown } of wanted) {
    if (textsOf(excluded, kind).some((text) => isBelow(name, text))) return `exclude ${shown}`;
    const allowed = textsOf(permitted, kind);
    const fits = kind === 'uri' ? isHostOf : isBelow;
    if (allowed.length > 0 && !allowed.some((text) => fits(name, text))) return `do not permit ${shown}`;
  }
  return undefined;
}

function textsOf(names: readonly ConstrainedName[], kind: 'uri' | 'dns'): readonly string[] {
  return names.filter((name) => name.kind === kind).map(({ text }) => text.toLowerCase().replace(/\.$/, ''));
}

const hasTwoLabels = (host: string): boolean => /^[^.]+(\.[^.]+)+$/.test(host);

/** Whether a name is a host or a subdomain of it. Go applies this to URIs and DNS names, BoringSSL only to DNS names. */
function isBelow(name: string, constraint: string): boolean {
  const domain = constraint.replace(/^\./, '');
  if (domain === '') return true;
  return name.endsWith(`.${domain}`) || (name === domain && !constraint.startsWith('.'));
}

/** Whether a host is permitted by both: BoringSSL permits exactly the host, or its subdomains if it has a leading dot. */
function isHostOf(name: string, constraint: string): boolean {
  return constraint.startsWith('.') ? isBelow(name, constraint) : name === constraint;
}
