/** All cloud identities, sorted by key. */
import * as z from 'zod';
import { required } from '../invariants/required';
import type { Choice, Cloud } from '../spire-plugins/plugin';
import { aws } from './aws';
import { azure } from './azure';
import type { CloudIdentity, CloudIdentityPlan, ServerAccount } from './cloud-identity';
import { gcp } from './gcp';

export const CLOUD_IDENTITIES: readonly CloudIdentity[] = [aws, azure, gcp];

export function planCloudIdentity({ key, settings }: Choice, account: ServerAccount): CloudIdentityPlan {
  return cloudOf(key).plan(settings, account);
}

/** Name of a cloud in sentences. */
export function cloudName(cloud: Cloud): string {
  return cloudOf(cloud).name;
}

/** Settings of a cloud's identity that are valid, as a map in YAML's flow style: `{ role: "arn:…" }`. */
export function exampleSettings(cloud: Cloud): string {
  const { properties = {} } = z.toJSONSchema(cloudOf(cloud).settings, { io: 'input' });
  const entries = Object.entries(properties).map(([key, schema]) => {
    const [example] = (schema as { readonly examples?: readonly unknown[] }).examples ?? [];
    return `${key}: ${JSON.stringify(required(example, `an example of ${key}`))}`;
  });
  return `{ ${entries.join(', ')} }`;
}

function cloudOf(key: string): CloudIdentity {
  const identity = CLOUD_IDENTITIES.find((one) => one.key === key);
  if (identity === undefined) throw new Error(`no cloud has the key ${key}, which the schema accepted`);
  return identity;
}
