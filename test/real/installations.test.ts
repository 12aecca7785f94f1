/** Installations that exist somewhere: what they need is said by a fleet, which synthesizes, and each README tells where. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { synthesize } from '../../lib/output/synthesize';
import { renderProblems } from '../../lib/problems/render';
import { NOW } from '../support';

const INSTALLATIONS = readdirSync(__dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** How the second column begins where no key says a need. */
const WITHOUT_KEY = ['always: ', 'instead: ', 'later: ', 'outside: ', 'refused: '];

interface Row {
  readonly need: string;
  readonly answer: string;
}

function rowsOf(installation: string): readonly Row[] {
  const readme = readFileSync(join(__dirname, installation, 'README.md'), 'utf8');
  const rows = [...readme.matchAll(/^\| (.+?) \| (.+) \|$/gm)].map(([, need = '', answer = '']) => ({ need, answer }));
  return rows.slice(2);
}

/** The keys that a row begins with: code spans from the top of the fleet, such as `clusters.east.trustDomain`. */
function keysIn(answer: string): readonly string[] {
  const [leading = ''] = /^(?:`[^`]+`(?:, | and )?)+/.exec(answer) ?? [];
  return [...leading.matchAll(/`([^`]+)`/g)].map(([, key = '']) => key);
}

function valueAt(fleet: unknown, key: string): unknown {
  return key
    .split('.')
    .reduce<unknown>((value, step) => (value as Readonly<Record<string, unknown>> | undefined)?.[step], fleet);
}

describe.each(INSTALLATIONS)('%s', (installation) => {
  const file = join(__dirname, installation, 'fleet.yaml');

  test('synthesizes, and passes every check', () => {
    const { problems, source, output } = synthesize(file, { now: NOW });
    expect(
      renderProblems(
        problems.filter(({ severity }) => severity === 'error'),
        source,
      ),
    ).toBe('');
    expect(output?.files.length).toBeGreaterThan(10);
  });

  test('says each need by a key that the fleet has, or why by none', () => {
    const fleet: unknown = parse(readFileSync(file, 'utf8'));
    const rows = rowsOf(installation);
    expect(rows.length).toBeGreaterThan(3);
    const unanswered = rows.filter(({ answer }) => {
      const keys = keysIn(answer);
      if (keys.length === 0) return !WITHOUT_KEY.some((start) => answer.startsWith(start));
      return keys.some((key) => valueAt(fleet, key) === undefined);
    });
    expect(unanswered).toEqual([]);
  });

  test('contains no private key', () => {
    expect(existsSync(join(__dirname, installation, 'trust', 'private'))).toBe(false);
  });
});
