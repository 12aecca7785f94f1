/** Finds what cannot work in the settings of one plugin by name. */
import type * as z from 'zod';
import { addProblem } from '../../formats/schema-kit';
import { suggest } from '../../formats/suggest';
import { DECIDED_TYPES, SERVER_BUILT_INS } from './built-ins';
import { secretIn } from './secret-in-data';
import { variablesIn } from './variables';

interface Written {
  readonly type: string;
  readonly name: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly command?: string;
  readonly args?: readonly string[];
  readonly checksum?: string;
  readonly environment?: Readonly<Record<string, unknown>>;
  readonly mounts?: readonly {
    readonly secret?: string;
    readonly configMap?: string;
    readonly claim?: string;
    readonly keys?: readonly string[];
    readonly path: string;
  }[];
}

export function checkPlugin(plugin: Written, context: z.RefinementCtx): void {
  checkName(plugin, context);
  checkCommand(plugin, context);
  checkMounts(plugin, context);
  checkData(plugin, context);
}

function checkName({ type, name, command }: Written, context: z.RefinementCtx): void {
  if (isKeyOf(DECIDED_TYPES, type)) {
    addProblem(context, ['type'], { code: 'plugin-type-decided', facts: { type, key: DECIDED_TYPES[type] } });
    return;
  }
  if (command !== undefined || !isKeyOf(SERVER_BUILT_INS, type)) return;
  const known: readonly string[] = SERVER_BUILT_INS[type];
  if (known.includes(name)) return;
  addProblem(context, ['name'], {
    code: 'unknown-plugin',
    facts: { type, got: name, known, suggestion: suggest(name, known) },
  });
}

function checkCommand({ command, args, checksum, mounts = [] }: Written, context: z.RefinementCtx): void {
  if (command !== undefined) {
    if (!mounts.some(({ path }) => command.startsWith(`${path}/`)))
      addProblem(context, ['command'], { code: 'plugin-not-mounted', facts: { command } });
    return;
  }
  for (const [key, value] of Object.entries({ args, checksum })) {
    const facts = { key, because: 'the plugin has no command' };
    if (value !== undefined) addProblem(context, [key], { code: 'not-applicable', facts, atKey: true });
  }
}

const SOURCES = ['secret', 'configMap', 'claim'] as const;

function checkMounts({ mounts = [] }: Written, context: z.RefinementCtx): void {
  for (const [index, mount] of mounts.entries()) {
    const path = ['mounts', index];
    const given = SOURCES.filter((key) => mount[key] !== undefined);
    if (given.length !== 1) addProblem(context, path, { code: 'exclusive-keys', facts: { keys: SOURCES, given } });
    else if (mount.secret !== undefined && mount.keys === undefined)
      addProblem(context, path, {
        code: 'missing-key',
        facts: { key: 'keys', of: 'a mount of a Secret', example: '[ca.pem]' },
      });
    else if (mount.secret === undefined && mount.keys !== undefined) {
      const facts = { key: 'keys', because: `the mount is of a ${given.join()}` };
      addProblem(context, [...path, 'keys'], { code: 'not-applicable', facts, atKey: true });
    }
  }
}

function checkData({ data = {}, args = [], environment = {} }: Written, context: z.RefinementCtx): void {
  const secret = secretIn(data);
  if (secret !== undefined) {
    const facts = { key: secret.at(-1) };
    addProblem(context, ['data', ...secret], { code: 'secret-in-plugin', facts, atKey: true });
  }
  const known = Object.keys(environment);
  for (const { written, name } of variablesIn({ data, args })) {
    if (written === `$${name}` && known.includes(name)) continue;
    addProblem(context, ['data'], { code: 'unknown-variable', facts: { got: written, known } });
  }
}

function isKeyOf<Keys extends object>(keys: Keys, key: string): key is keyof Keys & string {
  return Object.hasOwn(keys, key);
}
