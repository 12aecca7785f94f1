/** Finds callers that insist on another identity of whom they call. */
import { fieldsNamed, type RiskRule } from './risk-rule';

export const peerIdentity: RiskRule = {
  name: 'peer-identity',
  risk: 'trust',
  looksFor: 'other SPIFFE IDs that a DestinationRule or ServiceEntry expects of the far end, or another TLS mode',
  why: 'without the expected SPIFFE ID any workload of a trusted domain could answer.',
  judge: (change) => {
    if (!['DestinationRule', 'ServiceEntry'].includes(change.item.kind)) return [];
    const ids = fieldsNamed(change, 'subjectAltNames');
    const gone = ids.flatMap(({ before, after }) => (after === undefined ? (before ?? []) : []));
    const come = ids.flatMap(({ after }) => after ?? []);
    const mode = fieldsNamed(change, 'mode', 'insecureSkipVerify', 'caCertificates', 'credentialName');
    return [
      ...(come.length > 0 ? [`whoever answers must be ${come.join(', ')}`] : []),
      ...(gone.length > 0 && come.length === 0 ? ['whoever answers need not be anybody in particular any more'] : []),
      ...(mode.length > 0 ? ['whether and how the far end is verified changes'] : []),
    ];
  },
};
