/** Formats of what SPIRE and Kubernetes ask of a plugin that is not part of SPIRE. */
import { type Format, nodePath } from './formats';
import { matching } from './matching-format';

/** Name of a plugin in SPIRE. */
export const pluginName: Format = matching({
  what: 'the name of a plugin',
  example: 'aws_iid',
  pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$',
  reason: 'only letters, digits, "_", "." and "-" are allowed, at most 63 characters',
});

/** SHA-256 of a program. */
export const checksum: Format = matching({
  what: 'a checksum',
  example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  pattern: '^[0-9a-f]{64}$',
  reason: 'it has the 64 hexadecimal digits that sha256sum prints',
});

/** Name of an environment variable. */
export const variableName: Format = matching({
  what: 'the name of a variable',
  example: 'INVENTORY_TOKEN',
  pattern: '^[A-Z][A-Z0-9_]{0,99}$',
  reason: 'only A-Z, 0-9 and "_" are allowed, beginning with a letter',
});

/** Folders in which the containers of SPIRE have files of their own. */
const TAKEN = ['/dev', '/etc', '/opt/spire', '/proc', '/run/spire', '/sys', '/tmp', '/var/lib/spire', '/var/run'];

/** Folder of a container of SPIRE, in which something is mounted. */
export const mountPath: Format = {
  ...nodePath,
  what: 'the path of a mount',
  example: '/run/plugins/inventory',
  check: (text) => {
    const reason = nodePath.check(text);
    if (reason !== undefined) return reason;
    const taken = TAKEN.find((folder) => `${text}/`.startsWith(`${folder}/`));
    return taken === undefined ? undefined : `${taken} has other files; take a folder such as /run/plugins`;
  },
};
