import { withFiles } from './apply-fleet';

const INTERMEDIATE = { certificate: '/trust/a.crt', key: '/trust/a.key' };
const TLS = 'kubectl create secret tls spire-upstream-ca -n spire --cert=CERTIFICATE_FILE --key=KEY_FILE | apply';
const GENERIC = 'kubectl create secret generic spire-db -n spire --from-file=password=FILE | apply';

test('puts the intermediate CA into a TLS Secret for which no files are given', () => {
  expect(withFiles(TLS, {}, INTERMEDIATE)).toContain('--cert=/trust/a.crt --key=/trust/a.key |');
});

test('puts the files that are given into a Secret', () => {
  const files = { 'spire-upstream-ca': { certificate: '/b.crt', key: '/b.key' }, 'spire-db': { password: '/p' } };
  expect(withFiles(TLS, files, INTERMEDIATE)).toContain('--cert=/b.crt --key=/b.key |');
  expect(withFiles(GENERIC, files, INTERMEDIATE)).toContain('--from-file=password=/p |');
});

test('fails for a key without content', () => {
  expect(() => withFiles(GENERIC, {}, INTERMEDIATE)).toThrow('no file is known for the key password');
});
