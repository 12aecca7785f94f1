/** An intermediate CA that cert-manager issues into a Secret and renews there. */
import * as z from 'zod';
import { seconds } from '../../formats/duration';
import { boundsOf, intermediateDuration, intermediateRenewal } from '../../formats/duration-formats';
import { text } from '../../formats/schema-kit';
import type { ServerFacts } from '../server-facts';
import {
  approvalOf,
  checkIssuer,
  type Issuer,
  issuerKeys,
  issuerOf,
  issuerStatus,
  OWN_GROUP,
} from './cert-manager-issuer';
import { demandsOnIntermediate } from './intermediate-ca';
import type { AuthorityFailure, IntermediateCertificate, UpstreamAuthorityPlan } from './upstream-authority';

const DEFAULTS = { duration: '90d', renewBefore: '30d', keyType: 'ec-p256' } as const;

/** By the names that SPIRE has for key types. */
const KEYS = {
  'ec-p256': { algorithm: 'ECDSA', size: 256 },
  'ec-p384': { algorithm: 'ECDSA', size: 384 },
  'rsa-2048': { algorithm: 'RSA', size: 2048 },
  'rsa-4096': { algorithm: 'RSA', size: 4096 },
} as const;

export const certificateSettings = z
  .strictObject({
    ...issuerKeys,
    duration: text(
      intermediateDuration,
      `Life of the intermediate. ${boundsOf(intermediateDuration)} Default: ${DEFAULTS.duration}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.duration }),
    renewBefore: text(
      intermediateRenewal,
      `How long before its end cert-manager renews it; at least caTtl. ${boundsOf(intermediateRenewal)} Default: ${DEFAULTS.renewBefore}.`,
    )
      .optional()
      .meta({ default: DEFAULTS.renewBefore }),
    keyType: z
      .enum(Object.keys(KEYS) as (keyof typeof KEYS)[])
      .optional()
      .describe(`Key of the intermediate, which each renewal replaces. Default: ${DEFAULTS.keyType}.`)
      .meta({ default: DEFAULTS.keyType }),
  })
  .superRefine((written, context) => {
    checkIssuer(written, context);
    const { duration = DEFAULTS.duration, renewBefore = DEFAULTS.renewBefore } = written;
    if (seconds(renewBefore) < seconds(duration)) return;
    const path = written.renewBefore === undefined ? 'duration' : 'renewBefore';
    const reason = `cert-manager renews it ${renewBefore} before its end, and it lives ${duration}`;
    context.addIssue({ code: 'custom', path: [path], params: { format: intermediateRenewal, reason } });
  });

type Written = z.output<typeof certificateSettings>;

/** @param secret name of the Secret in the namespace of the server */
export function intermediateCertificate(
  { duration = DEFAULTS.duration, renewBefore = DEFAULTS.renewBefore, keyType = DEFAULTS.keyType, ...written }: Written,
  secret: string,
  server: ServerFacts,
): IntermediateCertificate {
  const { name, kind, group } = issuerOf(written, server.namespace);
  return {
    secret,
    issuer: { name, kind, group },
    commonName: `SPIRE of ${server.cluster}`,
    spiffeId: `spiffe://${server.trustDomain}`,
    duration: seconds(duration),
    renewBefore: seconds(renewBefore),
    key: KEYS[keyType],
  };
}

/** The parts of a plan that a person's Secret has otherwise. */
export function renewedByCertManager(
  written: Written,
  secret: string,
  server: ServerFacts,
): Pick<UpstreamAuthorityPlan, 'certificate' | 'requirements' | 'rotation' | 'failure'> {
  const issuer = issuerOf(written, server.namespace);
  const place = `${server.namespace}/${secret}`;
  return {
    certificate: intermediateCertificate(written, secret, server),
    requirements: [
      {
        what: `cert-manager, with ${issuer.words}`,
        why: `issues the intermediate CA under the root into the Secret \`${place}\` and renews it; the SPIRE server signs with it. The issuer must be able to sign CAs and lead to the root that the fleet names, or the server does not start. The intermediate must have ${demandsOnIntermediate(server)}. cert-manager must run before the first apply.${approvalOf(issuer)}`,
      },
    ],
    rotation: {
      publish: 'have the server prepare a CA: only then does it read the file with both roots, and publish both',
      sign: `Have ${issuer.words} sign under the new root, and have cert-manager issue an intermediate under it: \`kubectl --context ${server.cluster} delete secret -n ${server.namespace} ${secret}\`. Then have the server use it. It starts again because a kubelet takes a minute to renew a mounted Secret, and a CA that is prepared before is one under the old root.`,
      replacesSecrets: true,
    },
    failure: notRenewed(issuer, secret),
  };
}

function notRenewed(issuer: Issuer, secret: string): AuthorityFailure {
  return {
    title: 'cert-manager does not renew an intermediate CA',
    signs: [
      'The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID. The certificate and its issuer must be `Ready`:',
    ],
    shownBy: [
      `get -n ${issuer.namespace} certificate.${OWN_GROUP} ${secret} -o wide`,
      issuerStatus(issuer),
      `get -n ${issuer.namespace} secret ${secret} -o jsonpath='{.data.tls\\.crt}' | base64 -d | openssl x509 -noout -issuer -enddate`,
    ],
    logged: 'Unable to rotate X509 CA',
    remedy: [
      '- The issuer is not ready: most often its own certificate has ended. Give it a new one under the same root.',
      '- The certificate is not ready: its request waits for an approval, or the controller of the issuer does not run.',
      '- The issuer of the certificate is under another root: the server goes on with the intermediate of before, and logs no reason.',
      '',
      'The server reads a renewed intermediate within two minutes and needs no restart. Agents attest anew by themselves.',
    ],
  };
}
