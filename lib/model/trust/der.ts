/** Parses DER, the encoding of certificates, since node:crypto offers no path lengths, name constraints or critical flags. */

/** One element with its tag. Its content is parsed on demand. */
export interface DerElement {
  /** Class, form and number in one byte, as in the encoding. */
  readonly tag: number;
  readonly content: Buffer;
}

export const DER = {
  boolean: 0x01,
  integer: 0x02,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  sequence: 0x30,
  /** An element of a context, such as `[0]`, that holds others. */
  constructed: (number: number): number => 0xa0 + number,
  /** An element of a context, such as `[0]`, that holds a value. */
  primitive: (number: number): number => 0x80 + number,
} as const;

/** No certificate has an element whose length needs more than four bytes. */
const MAX_LENGTH_BYTES = 4;

/**
 * The elements that follow each other in these bytes.
 * @throws RangeError where the bytes are no DER
 */
export function readDer(bytes: Buffer): readonly DerElement[] {
  const elements: DerElement[] = [];
  let offset = 0;
  while (offset < bytes.length) {
    const tag = bytes.readUInt8(offset);
    const short = bytes.readUInt8(offset + 1);
    const lengthBytes = short < 0x80 ? 0 : short - 0x80;
    if (lengthBytes > MAX_LENGTH_BYTES || short === 0x80) throw new RangeError('no length of DER');
    const start = offset + 2 + lengthBytes;
    const length = lengthBytes === 0 ? short : bytes.readUIntBE(offset + 2, lengthBytes);
    // OpenSSL reads a length with more bytes than it needs, Go does not.
    if (lengthBytes > 0 && length < Math.max(0x80, 2 ** (8 * (lengthBytes - 1)))) throw new RangeError('no DER');
    if (start + length > bytes.length) throw new RangeError('an element ends beyond its end');
    elements.push({ tag, content: bytes.subarray(start, start + length) });
    offset = start + length;
  }
  return elements;
}

/** An object identifier with dots, such as 2.5.29.19. */
export function objectIdentifier({ content }: DerElement): string {
  const arcs: number[] = [];
  let value = 0;
  for (const byte of content) {
    value = value * 0x80 + (byte & 0x7f);
    if (byte < 0x80) {
      arcs.push(value);
      value = 0;
    }
  }
  const [first = 0, ...rest] = arcs;
  const root = Math.min(2, Math.floor(first / 40));
  return [root, first - root * 40, ...rest].join('.');
}
