/** Finds what cannot work in the settings of one plugin by name. */
import type * as z from 'zod';
import { addProblem } from '../../formats/schema-kit';
import { suggest } from '../../formats/suggest';
import type { PluginLoader } from './built-ins';
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
    readonly hostPath?: string;
    readonly keys?: readonly string[];
    readonly path: string;
  }[];
}

export const checkPlugin =
  (loader: PluginLoader) =>
  (plugin: Written, context: z.RefinementCtx): void => {
    checkName(plugin, loader, context);
    checkCommand(plugin, loader, context);
    checkMounts(plugin, loader, context);
    checkData(plugin, context);
  };

function checkName({ type, name, command }: Written, loader: PluginLoader, context: z.RefinementCtx): void {
  const { program, decided, builtIns } = loader;
  const decision = ownValue(decided, type);
  if (decision !== undefined) {
    addProblem(context, ['type'], { code: 'plugin-type-decided', facts: { program, type, decision } });
    return;
  }
  const known = ownValue(builtIns, type);
  if (command !== undefined || known === undefined || known.includes(name)) return;
  addProblem(context, ['name'], {
    code: 'unknown-plugin',
    facts: { program, type, got: name, known, suggestion: suggest(name, known) },
  });
}

function checkCommand(
  { command, args, checksum, mounts = [] }: Written,
  { program }: PluginLoader,
  context: z.RefinementCtx,
): void {
  if (command !== undefined) {
    if (!mounts.some(({ path }) => command.startsWith(`${path}/`)))
      addProblem(context, ['command'], { code: 'plugin-not-mounted', facts: { program, command } });
    return;
  }
  for (const [key, value] of Object.entries({ args, checksum })) {
    const facts = { key, because: 'the plugin has no command' };
    if (value !== undefined) addProblem(context, [key], { code: 'not-applicable', facts, atKey: true });
  }
}

const SOURCES = {
  server: ['secret', 'configMap', 'claim'],
  agent: ['secret', 'configMap', 'claim', 'hostPath'],
} as const satisfies Readonly<
  Record<PluginLoader['program'], readonly (keyof NonNullable<Written['mounts']>[number])[]>
>;

function checkMounts({ mounts = [] }: Written, { program }: PluginLoader, context: z.RefinementCtx): void {
  const sources = SOURCES[program];
  for (const [index, mount] of mounts.entries()) {
    const path = ['mounts', index];
    const given = sources.filter((key) => mount[key] !== undefined);
    if (given.length !== 1) addProblem(context, path, { code: 'exclusive-keys', facts: { keys: sources, given } });
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

function ownValue<Value>(values: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(values, key) ? values[key] : undefined;
}
