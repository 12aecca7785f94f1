/** Generates files that are damaged: cut, mixed up, of another encoding, or with odd values in the JSON, PEM or YAML they hold. */
import fc from 'fast-check';
import { oddJson } from './odd-json';

/** Damaged forms of a file, each byte as one character, so that a counterexample can be read. */
export const oddBytes = (right: Buffer): fc.Arbitrary<string> =>
  damaged(right).map((bytes) => bytes.toString('latin1'));

function damaged(right: Buffer): fc.Arbitrary<Buffer> {
  const text = right.toString('utf8');
  return fc.oneof(
    fc.constantFrom(...wholeFiles(text)),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.nat(right.length).map((length) => right.subarray(0, length)),
    { weight: 3, arbitrary: replacedBytes(right) },
    { weight: 3, arbitrary: lostLines(text) },
    ...(text.includes('-----BEGIN') ? [{ weight: 8, arbitrary: damagedCertificates(text) }] : []),
    ...(text.includes('{') ? [{ weight: 8, arbitrary: damagedJson(text) }] : []),
  );
}

const wholeFiles = (text: string): readonly Buffer[] => [
  Buffer.alloc(0),
  Buffer.from('\n'),
  Buffer.from(`\ufeff${text}`),
  Buffer.from(text.replaceAll('\n', '\r\n')),
  Buffer.from(text.replaceAll('\n', '\r')),
  Buffer.from(text, 'utf16le'),
  Buffer.from(`\ufeff${text}`, 'utf16le'),
  Buffer.from(text + text),
  Buffer.from(text.repeat(Math.ceil(3_000_000 / text.length))),
  Buffer.from(`${'['.repeat(100_000)}${']'.repeat(100_000)}`),
  Buffer.from('{"keys":'.repeat(50_000)),
  ...['null', '[]', '{}', '0', '"x"', '- a\n', 'a: b\n', '---\n---\n', '%YAML 9\n', '\0', '*a', '&a [*a]'].map((it) =>
    Buffer.from(it),
  ),
];

function replacedBytes(right: Buffer): fc.Arbitrary<Buffer> {
  const edits = fc.array(fc.tuple(fc.nat(right.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  return edits.map((list) => {
    const bytes = Buffer.from(right);
    for (const [at, value] of list) bytes[at] = value;
    return bytes;
  });
}

/** One line is left out, or stands twice, or somewhere else. */
function lostLines(text: string): fc.Arbitrary<Buffer> {
  const lines = text.split('\n');
  return fc.tuple(fc.nat(lines.length - 1), fc.nat(lines.length - 1), fc.boolean()).map(([from, to, keeps]) => {
    const [line = ''] = lines.slice(from, from + 1);
    const rest = keeps ? [...lines] : lines.toSpliced(from, 1);
    return Buffer.from(rest.toSpliced(to, 0, line).join('\n'));
  });
}

/** The frame of the PEM stays right, the certificate in it does not. */
function damagedCertificates(text: string): fc.Arbitrary<Buffer> {
  const [, begin = '', body = '', end = ''] = /(-----BEGIN [^\n]*\n)([^-]*)(-----END [^\n]*\n)/.exec(text) ?? [];
  return replacedBytes(Buffer.from(body, 'base64')).map((der) =>
    Buffer.from(`${begin}${der.toString('base64').replace(/.{64}/g, '$&\n')}\n${end}`),
  );
}

/** The first JSON of the file, or of the line of a YAML file, with odd values in it. */
function damagedJson(text: string): fc.Arbitrary<Buffer> {
  const found = /\{[\s\S]*\}/.exec(text)?.[0] ?? '{}';
  const json = isJson(found)
    ? found
    : (text
        .split('\n')
        .flatMap((line) => /\{.*\}/.exec(line)?.[0] ?? [])
        .find(isJson) ?? '{}');
  return oddJson(JSON.parse(json)).map((odd) => Buffer.from(text.replace(json, () => odd)));
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
