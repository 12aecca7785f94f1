/** Finds changes of the intermediate CAs that cert-manager issues. */
import { type ChangeWithLeaves, fieldsBelow, type RiskRule } from './risk-rule';

export const intermediateCertificate: RiskRule = {
  name: 'intermediate-certificate',
  risk: 'trust',
  looksFor: 'a Certificate of cert-manager that was added, removed or changed',
  why: 'the SPIRE server signs with the intermediate CA in its Secret. It refuses an intermediate that does not lead to the root, and goes on with the one of before until that ends.',
  assess: (change) => {
    const { item, action } = change;
    if (item.kind !== 'Certificate' || item.group !== 'cert-manager.io') return [];
    if (action === 'added') return [ADDED];
    return action === 'removed' ? [REMOVED] : changeTexts(change);
  },
};

const ADDED =
  'cert-manager replaces the intermediate CA in the Secret by one of its issuer: a server that starts refuses it unless it leads to the root';

const REMOVED =
  'cert-manager no longer renews the intermediate CA: the Secret stays, and a person has to replace its content before it ends';

function changeTexts(change: ChangeWithLeaves): readonly string[] {
  if (fieldsBelow(change, 'spec', 'issuerRef').length > 0) {
    return ['another issuer signs the intermediate CA: a server that starts refuses it unless it leads to the root'];
  }
  return fieldsBelow(change, 'spec').length > 0
    ? ['cert-manager issues the intermediate CA anew, or at another time']
    : [];
}
