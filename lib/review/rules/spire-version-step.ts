/** Finds versions of the SPIRE server that cannot use the existing datastore. */
import { lt, minor } from 'semver';
import type { RiskRule } from './risk-rule';
import { serverChange } from './spire-images';

export const spireVersionStep: RiskRule = {
  name: 'spire-version-step',
  risk: 'destructive',
  looksFor: 'a SPIRE server that is downgraded by a minor version, or upgraded by more than one',
  why: 'each minor version migrates the datastore of the previous one. An older server refuses a datastore that a newer one migrated.',
  assess: (change) => {
    const versions = serverChange(change);
    if (versions === undefined) return [];
    const { from, to } = versions;
    if (minor(to) - minor(from) > 1)
      return [`${from} to ${to} skips a minor version, whose migrations of the datastore are required`];
    return lt(to, from) && minor(to) < minor(from)
      ? [`${to} refuses the datastore that ${from} migrated; restore the volume from before the upgrade`]
      : [];
  },
};
