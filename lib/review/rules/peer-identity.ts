/** Finds callers that expect a different identity of the called workload. */
import type { FieldChange, Item } from '../change';
import { leafFieldsOf } from '../leaf-fields';
import { fieldsNamed, listed, type RiskRule } from './risk-rule';

const NAMES = 'subjectAltNames';

export const peerIdentity: RiskRule = {
  name: 'peer-identity',
  risk: 'trust',
  looksFor: 'a DestinationRule or ServiceEntry that expects other SPIFFE IDs of the server, or has another TLS mode',
  why: 'without an expected SPIFFE ID, any workload of a trusted trust domain can answer the call.',
  assess: (change) => {
    if (!['DestinationRule', 'ServiceEntry'].includes(change.item.kind)) return [];
    const ids = fieldsNamed(change, NAMES);
    const gone = ids.flatMap(({ before, after }) => (after === undefined ? (before ?? []) : []));
    const come = ids.flatMap(({ after }) => after ?? []);
    const anybody = gone.length > 0 && (change.fields.some(losesList) || !namesAnybody(change.after));
    const mode = fieldsNamed(change, 'mode', 'insecureSkipVerify', 'caCertificates', 'credentialName');
    return [
      ...(come.length > 0 ? [`the server must have the SPIFFE ID ${come.join(', ')}`] : []),
      ...(gone.length > 0 && come.length === 0 && !anybody
        ? [`the server can no longer have the SPIFFE ID ${listed(gone)}`]
        : []),
      ...(anybody ? ['the SPIFFE ID of the server is no longer verified'] : []),
      ...(mode.length > 0 ? ['the verification of the server changes'] : []),
    ];
  },
};

/** Whether a list of names went as a whole, alone or with what is around it. */
function losesList(field: FieldChange): boolean {
  const isElement = field.path.includes(NAMES) && field.path.at(-1) !== NAMES;
  const names = leafFieldsOf(field).filter(({ path }) => path.includes(NAMES));
  return !isElement && names.length > 0 && names.every(({ after }) => after === undefined);
}

function namesAnybody(item: Item | undefined): boolean {
  return leafFieldsOf({ path: [], after: item?.content }).some(
    ({ path, after }) => path.includes(NAMES) && typeof after === 'string',
  );
}
