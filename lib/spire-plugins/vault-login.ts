/** How a plugin of a SPIRE server signs in to Vault. */
import * as z from 'zod';
import { audience, vaultPath, vaultRole } from '../formats/cloud-formats';
import { secretKey } from '../formats/database-formats';
import { objectName } from '../formats/formats';
import { text } from '../formats/schema-kit';
import { required } from '../invariants/required';
import { oneOf } from './choice';
import type { PluginMount, PluginPlan, PluginSecret, PluginVariable, PluginVolume } from './plugin';

const mount = (usual: string) =>
  text(vaultPath, `Where the method is mounted. Default: ${usual}.`, usual).optional().meta({ default: usual });

const secret = (example: string, kind = 'Opaque') =>
  text(objectName, `Secret of type ${kind} in the namespace of the server.`, example);

const keyOf = (what: string, usual: string) =>
  text(secretKey, `Key of the Secret with the ${what}. Default: ${usual}.`, usual).optional().meta({ default: usual });

const DEFAULT_KEYS = { token: 'token', roleId: 'role-id', secretId: 'secret-id' } as const;

export const vaultAuth = oneOf({
  appRole: z
    .strictObject({
      secret: secret('spire-vault'),
      roleIdKey: keyOf('role ID', DEFAULT_KEYS.roleId),
      secretIdKey: keyOf('secret ID', DEFAULT_KEYS.secretId),
      mount: mount('approle'),
    })
    .optional()
    .describe('By a role ID and a secret ID.'),
  certificate: z
    .strictObject({
      secret: secret('spire-vault-client', 'kubernetes.io/tls'),
      role: text(vaultRole, 'Role of Vault. Default: Vault tries all.').optional(),
      mount: mount('cert'),
    })
    .optional()
    .describe('By a client certificate.'),
  kubernetes: z
    .strictObject({
      role: text(vaultRole, "Role of Vault, bound to the server's ServiceAccount."),
      audience: text(
        audience,
        'Audience of a token for Vault alone. Default: the token that the server has for the API server.',
      ).optional(),
      mount: mount('kubernetes'),
    })
    .optional()
    .describe("By a token of the server's ServiceAccount. Vault asks the API server whether the token is valid."),
  token: z
    .strictObject({ secret: secret('spire-vault'), key: keyOf('token', DEFAULT_KEYS.token) })
    .optional()
    .describe('By a token. SPIRE renews it if it is renewable.'),
})
  .describe('How the server signs in to Vault: one of these keys with its settings.')
  .meta({ examples: [{ kubernetes: { role: 'spire-server' } }] });

type Login = Required<Pick<PluginPlan, 'configuration' | 'environment' | 'volumes' | 'mounts' | 'secrets'>>;

const NOTHING = { environment: [], volumes: [], mounts: [], secrets: [] } as const;

/** Token that Kubernetes mounts into every pod. */
const USUAL_TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';

export function vaultLogin(auth: z.output<typeof vaultAuth>, use: string): Login {
  if (auth.appRole !== undefined) return byAppRole(auth.appRole, use);
  if (auth.certificate !== undefined) return byCertificate(auth.certificate, use);
  if (auth.kubernetes !== undefined) return byKubernetes(auth.kubernetes, use);
  const { secret: name, key = DEFAULT_KEYS.token } = required(auth.token, 'the way to sign in to Vault');
  const variable = variableOf(use, 'TOKEN', name, key);
  return {
    ...NOTHING,
    configuration: { token_auth: { token: `$${variable.name}` } },
    environment: [variable],
    secrets: [credential(name, [key], 'token of Vault')],
  };
}

type Auth = z.output<typeof vaultAuth>;

/** What a person sets up in Vault so that the server can sign in with `auth`, for a sentence about the policy. */
export function vaultRoleOf(
  { appRole, certificate, kubernetes }: Auth,
  { namespace, serviceAccount }: { readonly namespace: string; readonly serviceAccount: string },
): string {
  if (kubernetes !== undefined) {
    const { role, mount: at = 'kubernetes', audience: only } = kubernetes;
    const bound = only === undefined ? '' : ` with the audience \`${only}\``;
    return `the role \`${role}\` of the auth method at \`${at}\` has the policy, and is bound to the ServiceAccount \`${serviceAccount}\` in the namespace \`${namespace}\`${bound}`;
  }
  if (appRole !== undefined) return `the role of the auth method at \`${appRole.mount ?? 'approle'}\` has the policy`;
  if (certificate !== undefined) {
    const { role, mount: at = 'cert' } = certificate;
    return `${role === undefined ? 'a role' : `the role \`${role}\``} of the auth method at \`${at}\` has the policy, and accepts the client certificate`;
  }
  return 'the token has the policy';
}

function byAppRole(
  {
    secret: name,
    roleIdKey = DEFAULT_KEYS.roleId,
    secretIdKey = DEFAULT_KEYS.secretId,
    mount: at,
  }: NonNullable<Auth['appRole']>,
  use: string,
): Login {
  const roleId = variableOf(use, 'ROLE_ID', name, roleIdKey);
  const secretId = variableOf(use, 'SECRET_ID', name, secretIdKey);
  return {
    ...NOTHING,
    configuration: {
      approle_auth: {
        approle_auth_mount_point: at,
        approle_id: `$${roleId.name}`,
        approle_secret_id: `$${secretId.name}`,
      },
    },
    environment: [roleId, secretId],
    secrets: [credential(name, [roleIdKey, secretIdKey], 'role ID and secret ID of Vault')],
  };
}

function byCertificate({ secret: name, role, mount: at }: NonNullable<Auth['certificate']>, use: string): Login {
  const volume = `vault-${use}-client`;
  const folder = `/run/spire/${volume}`;
  return {
    ...NOTHING,
    configuration: {
      cert_auth: {
        cert_auth_mount_point: at,
        cert_auth_role_name: role,
        client_cert_path: `${folder}/tls.crt`,
        client_key_path: `${folder}/tls.key`,
      },
    },
    volumes: [{ name: volume, secret: name }],
    mounts: [{ name: volume, path: folder }],
    secrets: [
      {
        name,
        type: 'kubernetes.io/tls',
        keys: ['tls.crt', 'tls.key'],
        holds: 'client certificate of Vault',
        purpose:
          'certificate by which the SPIRE server signs in to Vault, and its key; renew it before it ends, and restart the server',
      },
    ],
  };
}

function byKubernetes({ role, audience: only, mount: at }: NonNullable<Auth['kubernetes']>, use: string): Login {
  const token = { volume: `vault-${use}-token`, folder: `/run/spire/vault-${use}-token`, file: 'token' };
  const volumes: readonly PluginVolume[] =
    only === undefined ? [] : [{ name: token.volume, token: { audience: only, file: token.file } }];
  const mounts: readonly PluginMount[] = volumes.map(({ name }) => ({ name, path: token.folder }));
  return {
    ...NOTHING,
    configuration: {
      k8s_auth: {
        k8s_auth_mount_point: at,
        k8s_auth_role_name: role,
        token_path: only === undefined ? USUAL_TOKEN : `${token.folder}/${token.file}`,
      },
    },
    volumes,
    mounts,
  };
}

/** Variables have names of their own, because Vault's client reads `VAULT_TOKEN` and its like for every connection. */
function variableOf(use: string, what: string, from: string, key: string): PluginVariable {
  return { name: `SPIRE_${use.toUpperCase()}_VAULT_${what}`, secret: from, key, inConfiguration: true };
}

function credential(name: string, keys: readonly string[], holds: string): PluginSecret {
  return {
    name,
    type: 'Opaque',
    keys,
    holds,
    purpose: `${holds}, by which the SPIRE server signs in; without quotation marks and line breaks, since SPIRE puts them into its configuration. Restart the server after a change`,
  };
}
