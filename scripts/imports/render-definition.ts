/** The YAML text of a CustomResourceDefinition, as committed and as handed to `cdk8s import`. */

import { stringify } from 'yaml';
import type { CustomResourceDefinition } from './custom-resource-definition';

/** Quotes what YAML 1.1 readers, such as kubectl, would take for a boolean or a number. */
export function renderDefinition(crd: CustomResourceDefinition): string {
  return stringify(crd, { version: '1.1', lineWidth: 0, aliasDuplicateObjects: false });
}
