/** A CA of an EJBCA. */
import * as z from 'zod';
import { serviceUrl } from '../../formats/cloud-formats';
import { ejbcaEntity, ejbcaName } from '../../formats/ejbca-formats';
import { objectName, relativePath } from '../../formats/formats';
import { text } from '../../formats/schema-kit';
import { caFile, caPath } from '../ca-file';
import { choosable } from '../plugin';
import type { ServerFacts } from '../server-facts';
import { urlEgress } from '../url-egress';
import type { AuthorityFailure, UpstreamAuthorityPlan } from './upstream-authority';

const settings = z.strictObject({
  address: text(serviceUrl, 'URL of EJBCA.', 'https://ejbca.example.org'),
  ca: text(
    relativePath,
    "PEM file, relative to this file, with the certificates of the CA of EJBCA's server. Default: the public CAs.",
    'trust/ejbca-ca.pem',
  ).optional(),
  clientCertificate: text(
    objectName,
    'Secret of type kubernetes.io/tls in the namespace of the server, with the certificate by which the server signs in.',
    'spire-ejbca-client',
  ),
  issuer: text(ejbcaName, 'Name of the CA in EJBCA that signs.', 'Shop Issuing CA'),
  certificateProfile: text(ejbcaName, 'Name of the certificate profile, of the type Sub CA.', 'spire-sub-ca'),
  endEntityProfile: text(ejbcaName, 'Name of the end entity profile.', 'spire'),
  endEntity: text(
    ejbcaEntity,
    'Name of the end entity; cn takes the common name of `caSubject`, uri the SPIFFE ID of the trust domain. Default: cn.',
    'spire-east',
  )
    .optional()
    .meta({ default: 'cn' }),
  accountBinding: text(
    ejbcaName,
    'ID of the account that EJBCA binds the certificates to. Default: none.',
    'shop',
  ).optional(),
});

export type EjbcaSettings = z.input<typeof settings>;

const CLIENT = { volume: 'ejbca-client', folder: '/run/spire/ejbca-client' } as const;
const CA = 'ejbca-ca';

/** @see https://github.com/spiffe/spire/blob/v1.15.3/doc/plugin_server_upstreamauthority_ejbca.md */
export const ejbca = choosable({
  key: 'ejbca',
  about:
    'A CA of an EJBCA, which must lead to the root of the trust domain. Its certificate profile decides how long the CA of the server lives, whatever caTtl says.',
  settings,
  files: ({ ca }) => (ca === undefined ? [] : [{ path: ca, place: ['ca'], what: "the certificates of EJBCA's CA" }]),
  plan: (written, server): UpstreamAuthorityPlan => {
    const { address, ca, clientCertificate, issuer, certificateProfile, endEntityProfile } = written;
    const authority = caFile(CA, ca, server.files);
    const egress = urlEgress('spire-server-ejbca', address);
    return {
      plugin: 'ejbca',
      configuration: {
        hostname: new URL(address).host,
        ca_cert_path: ca && caPath(CA),
        client_cert_path: `${CLIENT.folder}/tls.crt`,
        client_cert_key_path: `${CLIENT.folder}/tls.key`,
        ca_name: issuer,
        end_entity_profile_name: endEntityProfile,
        certificate_profile_name: certificateProfile,
        end_entity_name: written.endEntity,
        account_binding_id: written.accountBinding,
      },
      volumes: [...authority.volumes, { name: CLIENT.volume, secret: clientCertificate }],
      mounts: [...authority.mounts, { name: CLIENT.volume, path: CLIENT.folder }],
      egress: [egress],
      verifiedByPublicCas: ca === undefined ? egress.address : undefined,
      // ejbca.go MintX509CAAndSubscribe leaves out the preferred TTL.
      decidesCaLife: true,
      secrets: [
        {
          name: clientCertificate,
          type: 'kubernetes.io/tls',
          keys: ['tls.crt', 'tls.key'],
          holds: 'client certificate of EJBCA',
          purpose:
            'certificate by which the SPIRE server signs in to EJBCA, and its key; renew it before it ends, and restart the server',
        },
      ],
      requirements: requirementsOf(written, server),
      rotation: {
        publish:
          'write the name of a CA under the new root into the fleet (`trust.authority.ejbca.issuer`) before that, then have the server prepare a CA: it gets the new root with this CA, and publishes both',
        sign: 'Have the server sign with a CA under the new root.',
      },
      failure: FAILURE,
    };
  },
});

function requirementsOf(
  { address, issuer, certificateProfile, endEntityProfile }: z.output<typeof settings>,
  { caTtl, nestedRootPem }: ServerFacts,
): UpstreamAuthorityPlan['requirements'] {
  return [
    {
      what: `EJBCA at \`${address}\` with the protocol REST Certificate Management, in which the client certificate may enroll with the CA \`${issuer}\`, the certificate profile \`${certificateProfile}\` and the end entity profile \`${endEntityProfile}\``,
      why: 'signs the CA of the SPIRE server. Its chain must end in the root that the fleet names, since the server publishes the last certificate of the chain as the root; else peers refuse every SVID',
    },
    {
      what: `the certificate profile \`${certificateProfile}\`: type Sub CA, validity ${caTtl}, no path length or one of at least ${nestedRootPem === undefined ? 0 : 1}, and no key usages but keyCertSign, cRLSign and digitalSignature; the end entity profile \`${endEntityProfile}\`: C, O, CN and serialNumber in the subject, and a URI`,
      why: 'the server requests no validity, so the profile decides how long its CA lives, whatever `caTtl` says. It refuses a CA with other key usages, and its requests have these attributes',
    },
  ];
}

const FAILURE: AuthorityFailure = {
  title: 'EJBCA signs no CA',
  signs: ['The server logs `Unable to rotate X509 CA`, and later nobody renews an SVID. The reason is in its log:'],
  shownBy: [],
  logged: 'Unable to rotate X509 CA|EJBCA returned an error|Failed to configure plugin',
  remedy: [
    '- `failed to enroll CSR` with the answer of EJBCA: the role of the client certificate lacks a right, or a profile refuses the request.',
    '- `remote error: tls`: the client certificate has ended. Put a new one into the Secret and restart the server, which reads it at its start alone.',
    "- `failed to verify certificate`: the certificate of EJBCA's server is not under `ca`.",
    '- `minted by upstream authority is invalid`: the certificate profile makes no CA, adds key usages, or its path length is too short.',
    '- A timeout: EJBCA is down, or a firewall keeps the server out.',
    '',
    'A running server asks again by itself. Agents attest anew by themselves.',
  ],
};
