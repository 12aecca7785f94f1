import Ajv from 'ajv';
import { RULES } from '../../lib/model/rules/catalog';
import { renderSarif } from '../../lib/report/sarif';
import { described } from './described';

const text = { type: 'object', required: ['text'], properties: { text: { type: 'string', minLength: 1 } } };
const level = { enum: ['none', 'note', 'warning', 'error'] };
const count = { type: 'integer', minimum: 1 };

/** What SARIF 2.1.0 requires of the properties that are used, and what GitHub's code scanning requires beyond. */
const SCHEMA = {
  type: 'object',
  required: ['version', 'runs'],
  properties: {
    version: { const: '2.1.0' },
    $schema: { type: 'string', pattern: '^https://' },
    runs: { type: 'array', minItems: 1, items: { $ref: '#/$defs/run' } },
  },
  additionalProperties: false,
  $defs: {
    run: {
      type: 'object',
      required: ['tool', 'results'],
      properties: {
        tool: {
          type: 'object',
          required: ['driver'],
          properties: {
            driver: {
              type: 'object',
              required: ['name', 'rules'],
              properties: {
                name: { type: 'string' },
                semanticVersion: { type: 'string', pattern: '^\\d+\\.\\d+\\.\\d+' },
                rules: { type: 'array', uniqueItems: true, items: { $ref: '#/$defs/rule' } },
              },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
        columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
        results: { type: 'array', items: { $ref: '#/$defs/result' } },
      },
      additionalProperties: false,
    },
    rule: {
      type: 'object',
      required: ['id', 'shortDescription', 'help'],
      properties: {
        id: { type: 'string' },
        shortDescription: text,
        fullDescription: text,
        help: text,
        defaultConfiguration: { type: 'object', properties: { level }, additionalProperties: false },
      },
      additionalProperties: false,
    },
    result: {
      type: 'object',
      required: ['ruleId', 'message', 'locations'],
      properties: {
        ruleId: { type: 'string' },
        ruleIndex: { type: 'integer', minimum: 0 },
        level,
        message: text,
        locations: { type: 'array', minItems: 1, items: { $ref: '#/$defs/location' } },
        partialFingerprints: { type: 'object', additionalProperties: { type: 'string' } },
      },
      additionalProperties: false,
    },
    location: {
      type: 'object',
      required: ['physicalLocation'],
      properties: {
        physicalLocation: {
          type: 'object',
          required: ['artifactLocation'],
          properties: {
            artifactLocation: {
              type: 'object',
              required: ['uri'],
              properties: { uri: { type: 'string', pattern: '^[^\\s/][^\\s]*$' }, uriBaseId: { type: 'string' } },
              additionalProperties: false,
            },
            region: {
              type: 'object',
              required: ['startLine'],
              properties: { startLine: count, startColumn: count, endColumn: count },
              additionalProperties: false,
            },
          },
          additionalProperties: false,
        },
      },
      additionalProperties: false,
    },
  },
};

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly help: Text }[] } };
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly locations: readonly [{ readonly physicalLocation: unknown }];
      }[];
    },
  ];
}

interface Text {
  readonly text: string;
}

function sarif(problems: Parameters<typeof renderSarif>[0]): Log {
  const log = JSON.parse(renderSarif(problems, { version: '1.2.3' })) as Log;
  const validate = new Ajv({ strict: false }).compile(SCHEMA);
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  return log;
}

test('keeps to SARIF 2.1.0 without a problem, and with one of every rule', () => {
  expect(sarif([]).runs[0].results).toEqual([]);
  const problems = RULES.map(({ code, severity }) => described({ code, severity }));
  expect(sarif(problems).runs[0].results).toHaveLength(RULES.length);
});

test('describes each code once, and each result points at its rule', () => {
  const { tool, results } = sarif([
    described({ code: 'unsupported-pair' }),
    described({ code: 'stale-output' }),
    described({ code: 'unsupported-pair', line: 9 }),
  ]).runs[0];
  expect(tool.driver.rules.map(({ id }) => id)).toEqual(['stale-output', 'unsupported-pair']);
  expect(results.map(({ ruleId, ruleIndex }) => tool.driver.rules[ruleIndex]?.id === ruleId)).toEqual([
    true,
    true,
    true,
  ]);
});

test('helps with the why and the source of the rule', () => {
  const rule = RULES.find(({ code }) => code === 'kubelet-unverified');
  const [{ help } = { help: { text: '' } }] = sarif([described({ code: 'kubelet-unverified' })]).runs[0].tool.driver
    .rules;
  expect(help.text).toContain(rule?.why);
  expect(help.text).toContain(rule?.source);
});

test('marks the value with the fault, in a file named as a URI', () => {
  const [{ locations, level: found }] = sarif([described({ file: 'a folder/fleet.yaml', severity: 'warning' })]).runs[0]
    .results as [Log['runs'][0]['results'][0]];
  expect(found).toBe('warning');
  expect(locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'a%20folder/fleet.yaml', uriBaseId: '%SRCROOT%' },
    region: { startLine: 3, startColumn: 5, endColumn: 9 },
  });
});

test('gives a problem that only moved the same fingerprint, and another problem another', () => {
  const [first, moved, other] = sarif([described(), described({ line: 30 }), described({ sentence: 'else' })]).runs[0]
    .results;
  expect(moved?.partialFingerprints).toEqual(first?.partialFingerprints);
  expect(other?.partialFingerprints).not.toEqual(first?.partialFingerprints);
});
