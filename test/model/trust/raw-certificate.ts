/** Certificates of any shape, put together byte by byte: the libraries make only those that verifiers accept. */
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { NOW } from '../../support';

const DAY = 86_400_000;

export const der = (tag: number, ...parts: readonly (Buffer | string)[]): Buffer => {
  const content = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
  const size = content.length;
  const length = size < 0x80 ? [size] : size < 0x100 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), content]);
};

export const sequence = (...parts: readonly (Buffer | string)[]): Buffer => der(0x30, ...parts);

export const oid = (dotted: string): Buffer => {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const septets = (value: number): number[] =>
    value < 0x80 ? [value] : [...septets(Math.floor(value / 0x80)).map((byte) => byte | 0x80), value % 0x80];
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(septets)]));
};

/** An extension; critical unless it is said otherwise. */
export const extension = (id: string, value: Buffer, critical = true): Buffer =>
  sequence(oid(id), ...(critical ? [der(0x01, Buffer.from([0xff]))] : []), der(0x04, value));

export const basicConstraints = (pathLength?: number): Buffer =>
  extension(
    '2.5.29.19',
    sequence(
      der(0x01, Buffer.from([0xff])),
      ...(pathLength === undefined ? [] : [der(0x02, Buffer.from([pathLength]))]),
    ),
  );

/** Which bits of the key usage are set: 2 is keyCertSign alone, from the right. */
export const keyUsage = (bits: number): Buffer => extension('2.5.29.15', der(0x03, Buffer.from([0, bits])));

export const extendedKeyUsages = (...ids: readonly string[]): Buffer =>
  extension('2.5.29.37', sequence(...ids.map(oid)), false);

interface Constraints {
  readonly permitted?: readonly Buffer[];
  readonly excluded?: readonly Buffer[];
  readonly critical?: boolean;
}

export const uri = (host: string): Buffer => der(0x86, host);
export const dns = (name: string): Buffer => der(0x82, name);
export const directory = (organization: string): Buffer => der(0xa4, subject(organization));

export const nameConstraints = ({ permitted = [], excluded = [], critical = true }: Constraints): Buffer =>
  extension(
    '2.5.29.30',
    sequence(
      ...(permitted.length === 0 ? [] : [der(0xa0, ...permitted.map((name) => sequence(name)))]),
      ...(excluded.length === 0 ? [] : [der(0xa1, ...excluded.map((name) => sequence(name)))]),
    ),
    critical,
  );

const subject = (name: string): Buffer => sequence(der(0x31, sequence(oid('2.5.4.3'), der(0x0c, name))));

export interface RawCertificateProps {
  /** @default - a new key on P-256 */
  readonly key?: { readonly privateKey: KeyObject; readonly publicKey: KeyObject };
  /** The same public key in another encoding. @default - as usual */
  readonly publicKey?: Buffer;
  /** @default - it is a CA without a path length */
  readonly extensions?: readonly Buffer[];
  /** @default - SHA-256 */
  readonly hash?: string;
  /** Object identifier of the signature. @default - that of ECDSA with SHA-256, or of RSA with it */
  readonly signature?: string;
  /** @default [1] */
  readonly serial?: readonly number[];
  /** Bytes after its end. @default - none */
  readonly trailing?: Buffer;
}

const time = (date: Date): Buffer => der(0x17, `${date.toISOString().replace(/[-:T]/g, '').slice(2, 14)}Z`);

/** A certificate in DER that signs itself. */
export function rawCertificate(props: RawCertificateProps = {}): Buffer {
  const key = props.key ?? ec('P-256');
  const { extensions = [basicConstraints()], hash = 'sha256', serial = [1], trailing = Buffer.alloc(0) } = props;
  const isRsa = key.publicKey.asymmetricKeyType === 'rsa';
  const algorithm = sequence(
    oid(props.signature ?? (isRsa ? '1.2.840.113549.1.1.11' : '1.2.840.10045.4.3.2')),
    ...(isRsa ? [der(0x05)] : []),
  );
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from(serial)),
    algorithm,
    subject('root'),
    sequence(time(new Date(NOW.getTime() - DAY)), time(new Date(NOW.getTime() + 3650 * DAY))),
    subject('root'),
    props.publicKey ?? key.publicKey.export({ format: 'der', type: 'spki' }),
    der(0xa3, sequence(...extensions)),
  );
  const signature = sign(hash, body, key.privateKey);
  return Buffer.concat([sequence(body, algorithm, der(0x03, Buffer.from([0]), signature)), trailing]);
}

/** A public key on P-256 of which one coordinate is left out. */
export function compressed({ publicKey }: KeyPair): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const odd = (Buffer.from(y, 'base64url').at(-1) ?? 0) % 2;
  const point = Buffer.concat([Buffer.from([0, 2 + odd]), Buffer.from(x, 'base64url')]);
  return sequence(sequence(oid('1.2.840.10045.2.1'), oid('1.2.840.10045.3.1.7')), der(0x03, point));
}

/** The same in PEM. */
export function rawPem(props: RawCertificateProps = {}): string {
  const lines =
    rawCertificate(props)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}

export type KeyPair = NonNullable<RawCertificateProps['key']>;

export const ec = (namedCurve: string, paramEncoding: 'named' | 'explicit' = 'named'): KeyPair =>
  generateKeyPairSync('ec', { namedCurve, paramEncoding });

export const rsa = (modulusLength: number): KeyPair => generateKeyPairSync('rsa', { modulusLength });
