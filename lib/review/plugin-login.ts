/** Settings by which a plugin of the SPIRE server signs in to a service. They do not decide what the plugin finds there. */
import type { FieldChange } from './change';

const LOGIN: readonly string[] = [
  'approle_auth',
  'assume_role_arn',
  'ca_cert_path',
  'cert_auth',
  'k8s_auth',
  'token_auth',
];

/** Whether a field changes within one plugin, and says only how the plugin signs in. */
export function isLogin({ path }: FieldChange): boolean {
  return path.includes('plugin_data') && path.some((key) => LOGIN.includes(key));
}
