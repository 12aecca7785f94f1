/** Issuers of cert-manager, as settings of a fleet name them. */
import type * as z from 'zod';
import { dnsName, kind as kindFormat, objectName } from '../../formats/formats';
import { text } from '../../formats/schema-kit';

/** API group of cert-manager's own objects, and of the issuers that it brings itself. */
export const OWN_GROUP = 'cert-manager.io';
const OWN_KINDS: readonly string[] = ['Issuer', 'ClusterIssuer'];

const DEFAULTS = { kind: 'Issuer', group: OWN_GROUP } as const;

/** The keys that name an issuer. */
export const issuerKeys = {
  issuer: text(objectName, 'Name of the issuer.', 'spire-intermediate'),
  kind: text(
    kindFormat,
    `Kind of the issuer: Issuer or ClusterIssuer, or a kind of another \`group\`. Default: ${DEFAULTS.kind}.`,
  )
    .optional()
    .meta({ default: DEFAULTS.kind }),
  group: text(
    dnsName,
    `API group of the issuer. cert-manager approves requests to issuers of another group only where its \`approveSignerNames\` say so. Default: ${DEFAULTS.group}.`,
    'awspca.cert-manager.io',
  )
    .optional()
    .meta({ default: DEFAULTS.group }),
};

/** What a fleet or a program says of an issuer. */
export interface IssuerSettings {
  readonly issuer: string;
  readonly kind?: string;
  readonly group?: string;
}

/** Refuses a kind that cert-manager does not have. */
export function checkIssuer(
  { kind = DEFAULTS.kind, group = DEFAULTS.group }: IssuerSettings,
  context: z.RefinementCtx,
): void {
  if (group !== OWN_GROUP || OWN_KINDS.includes(kind)) return;
  const reason = `${OWN_GROUP} has the issuers ${OWN_KINDS.join(' and ')}; one of another project needs its \`group\``;
  context.addIssue({ code: 'custom', path: ['kind'], params: { format: kindFormat, reason } });
}

export interface Issuer {
  readonly name: string;
  readonly kind: string;
  readonly group: string;
  /** Of the requests. */
  readonly namespace: string;
  /** How pages name it, in Markdown. */
  readonly words: string;
}

export function issuerOf(
  { issuer: name, kind = DEFAULTS.kind, group = DEFAULTS.group }: IssuerSettings,
  namespace: string,
): Issuer {
  // Only the own kinds tell whether they are in a namespace.
  const inNamespace = group === OWN_GROUP && kind === 'Issuer';
  const foreign = group === OWN_GROUP ? '' : ` of ${group}`;
  return {
    name,
    kind,
    group,
    namespace,
    words: `the ${kind} \`${inNamespace ? `${namespace}/` : ''}${name}\`${foreign}`,
  };
}

/** What cert-manager needs to sign for an issuer of another project, as a sentence after a blank; empty for its own. */
export function approvalOf({ group }: Issuer): string {
  return group === OWN_GROUP
    ? ''
    : ` cert-manager must approve requests to ${group}, by \`approveSignerNames\` of its chart or a policy.`;
}

/** What shows whether an issuer is ready, after `kubectl --context CLUSTER`. */
export function issuerStatus({ namespace, kind, group, name }: Issuer): string {
  return `get -n ${namespace} ${kind.toLowerCase()}.${group} ${name} -o wide`;
}
