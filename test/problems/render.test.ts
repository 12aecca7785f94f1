import { parseFleet } from '../../lib/fleet/parse';
import { type FleetPath, type Problem, problem, problemAt, problemAtKey, warningAt } from '../../lib/problems/problem';
import { pathText, renderProblems, type Source, sortProblems } from '../../lib/problems/render';

const FLEET = `fleet: one
clusters:
  east:
    trustDomain: east.test
  west:
    trustDomain: east.test
`;

function sourceOf(text: string): Source {
  return parseFleet(text, 'fleet.yaml').source;
}

/** A problem whose sentence is short and knows nothing of the fleet. */
function selfCallAt(path: FleetPath): Problem {
  return problemAt(path, 'self-call', { workload: 'shop' });
}

/** A point on a line, without a path. */
function pointAt(line: number, column: number, length = 1): Problem {
  return problem({ position: { line, column }, length }, 'invalid-yaml', { reason: 'it is odd' });
}

/** The lines that show the source, of the one problem at this point. */
function frameOf(line: string, column: number, length = 1): readonly string[] {
  const source: Source = { ...sourceOf(FLEET), lines: [line], locate: () => ({ line: 1, column, length }) };
  return renderProblems([pointAt(1, column, length)], source)
    .split('\n')
    .slice(1, -2);
}

describe('one problem', () => {
  test('shows file, line, column, code, path, sentence, source line with caret, and hint', () => {
    const found = problemAt(['clusters', 'west', 'trustDomain'], 'malformed', {
      what: 'a trust domain',
      got: 'east.test',
      reason: 'it is an example',
      example: 'west.test',
    });
    expect(renderProblems([found], sourceOf(FLEET))).toBe(
      `fleet.yaml:6:18: error[malformed] clusters.west.trustDomain: "east.test" is not a trust domain: it is an example
    6 |     trustDomain: east.test
      |                  ^^^^^^^^^
  hint: write it like "west.test"
`,
    );
  });

  test('shows the second of two places in the sentence', () => {
    const found = problemAt(['clusters', 'west', 'trustDomain'], 'duplicate-trust-domain', {
      trustDomain: 'east.test',
      owner: 'east',
      first: ['clusters', 'east', 'trustDomain'],
      nestable: true,
    });
    expect(renderProblems([found], sourceOf(FLEET)).split('\n')[0]).toBe(
      'fleet.yaml:6:18: error[duplicate-trust-domain] clusters.west.trustDomain: "east.test" is also the trust domain of "east" (4:18)',
    );
  });

  test('is marked as a warning when it is one', () => {
    const found = warningAt(['clusters', 'east'], 'unseeded-bundle', { cluster: 'east' });
    expect(renderProblems([found], sourceOf(FLEET))).toMatch(
      /^fleet\.yaml:3:3: warning\[unseeded-bundle\] clusters\.east: /,
    );
  });

  test('points at the key when the key is at fault', () => {
    const found = problemAtKey(['clusters', 'east', 'trustDomain'], 'not-applicable', {
      key: 'trustDomain',
      because: 'x',
    });
    expect(renderProblems([found], sourceOf(FLEET))).toContain('\n      |     ^^^^^^^^^^^\n');
  });

  test('points at the nearest parent when its value does not exist', () => {
    expect(renderProblems([selfCallAt(['clusters', 'west', 'gateway', 'port'])], sourceOf(FLEET))).toMatch(
      /^fleet\.yaml:5:3: /,
    );
  });

  test('has no path in front of its sentence when it has only a position', () => {
    expect(renderProblems([pointAt(3, 3)], sourceOf(FLEET))).toMatch(
      /^fleet\.yaml:3:3: error\[invalid-yaml\] it is odd\n/,
    );
  });

  test('shows no source line when the file could not be read', () => {
    expect(renderProblems([selfCallAt([])], sourceOf(''))).toBe(
      'fleet.yaml:1:1: error[self-call] "shop" calls itself\n  hint: remove it from calls\n',
    );
  });

  test('shows no source line when that line is blank', () => {
    expect(frameOf('   ', 2)).toEqual([]);
  });
});

describe('several problems', () => {
  test('are separated by blank lines and end in a line end', () => {
    const text = renderProblems([pointAt(3, 3), pointAt(1, 1)], sourceOf(FLEET));
    expect(text.split('\n\n').map((block) => block.split('\n')[0])).toEqual([
      'fleet.yaml:1:1: error[invalid-yaml] it is odd',
      'fleet.yaml:3:3: error[invalid-yaml] it is odd',
    ]);
    expect(text).toMatch(/[^\n]\n$/);
  });

  test('are sorted by line, column and code, the lines as numbers', () => {
    const lines = 'x\n'.repeat(12);
    const found = [pointAt(10, 1), pointAt(9, 10), pointAt(9, 2), selfCallAt([]), pointAt(1, 1)];
    const sorted = sortProblems(found, sourceOf(lines)).map(({ code, place }) =>
      'position' in place && place.position ? `${code} ${place.position.line}:${place.position.column}` : code,
    );
    expect(sorted).toEqual([
      'invalid-yaml 1:1',
      'self-call',
      'invalid-yaml 9:2',
      'invalid-yaml 9:10',
      'invalid-yaml 10:1',
    ]);
  });

  test('read the same whatever order they were found in', () => {
    const at = ['clusters', 'east'];
    const found = [selfCallAt(at), problemAt(at, 'self-call', { workload: 'bank' }), selfCallAt(['clusters', 'west'])];
    const source = sourceOf(FLEET);
    expect(renderProblems([...found].reverse(), source)).toBe(renderProblems(found, source));
  });

  test('are nothing but an empty text when there are none', () => {
    expect(renderProblems([], sourceOf(FLEET))).toBe('');
  });
});

describe('a source line', () => {
  test('is shown whole up to 100 characters', () => {
    expect(frameOf('x'.repeat(100), 100)).toEqual([`    1 | ${'x'.repeat(100)}`, `      | ${' '.repeat(99)}^`]);
  });

  test.each([
    [1, 0, 0],
    [21, 0, 20],
    [500, 479, 20],
    [1000, 900, 99],
  ])('of 1000 characters is cut around the caret at column %i', (column, from, offset) => {
    const line = Array.from({ length: 1000 }, (_, index) => String(index % 10)).join('');
    expect(frameOf(line, column)).toEqual([
      `    1 | ${line.slice(from, from + 100)}`,
      `      | ${' '.repeat(offset)}^`,
    ]);
  });

  test('has carets no further than it is shown', () => {
    expect(frameOf('x'.repeat(1000), 5, 900)[1]).toBe(`      |     ${'^'.repeat(96)}`);
  });

  test('has a caret even where it ends', () => {
    expect(frameOf('fleet:', 7, 0)).toEqual(['    1 | fleet:', '      |       ^']);
  });

  test('keeps its tabs in the line of the caret, so that it stays below its value', () => {
    expect(frameOf('\tfleet:\tone', 9, 3)).toEqual(['    1 | \tfleet:\tone', '      | \t      \t^^^']);
  });

  test('keeps the number of its line aligned', () => {
    const text = `${'#\n'.repeat(12_344)}fleet: shop\n`;
    expect(
      renderProblems([pointAt(12_345, 8, 4)], sourceOf(text))
        .split('\n')
        .slice(1, 3),
    ).toEqual(['12345 | fleet: shop', '      |        ^^^^']);
  });
});

describe('what could move the cursor of a terminal', () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not reach a terminal
  const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

  test.each([
    ['an escape sequence', '\u001b[2J'],
    ['a bell', '\u0007'],
    ['a carriage return', '\r'],
    ['a C1 control', '\u009b31m'],
    ['a change of direction', '\u202e'],
    ['an isolate', '\u2066'],
  ])('is made visible when a source line holds %s', (_what, text) => {
    const [line = '', caret] = frameOf(`a: ${text} b`, 1);
    expect(line).not.toMatch(CONTROL);
    expect(line).toMatch(/ a: .* b$/);
    expect(caret).toBe('      | ^');
  });

  test('leaves the caret below its value when a character before it is made visible', () => {
    const [line = '', caret = ''] = frameOf('\u001b: shop', 4, 4);
    expect(line.slice(caret.indexOf('^'))).toBe('shop');
  });

  test('is made visible in a path and in a value', () => {
    const key = '\u001b[31m\nfleet.yaml:1:1: error[forged] \u202e';
    const found = problemAtKey([key], 'unknown-key', { key, of: 'a fleet', known: [] });
    const text = renderProblems([found], sourceOf(FLEET));
    expect(text).not.toMatch(CONTROL);
    expect(text.split('\n').filter((line) => line.startsWith('fleet.yaml:'))).toHaveLength(1);
  });
});

describe('a path', () => {
  test.each<[FleetPath, string]>([
    [[], ''],
    [['fleet'], 'fleet'],
    [['federation', 0, 'between', 12], 'federation[0].between[12]'],
    [['clusters', 'east', 'trustDomain'], 'clusters.east.trustDomain'],
  ])('%j reads %s', (path, text) => {
    expect(pathText(path)).toBe(text);
  });
});
