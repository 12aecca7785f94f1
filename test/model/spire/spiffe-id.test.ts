import { istioPath, principal, serverSpiffeId, spiffeId } from '../../../lib/model/spire/spiffe-id';

test('puts a SPIFFE ID together from trust domain and path', () => {
  expect(spiffeId('east.test', istioPath('bookinfo', 'reviews'))).toBe('spiffe://east.test/ns/bookinfo/sa/reviews');
});

test('returns the SPIFFE ID of every SPIRE server', () => {
  expect(serverSpiffeId('east.test')).toBe('spiffe://east.test/spire/server');
});

test('drops only the scheme for a policy of Istio', () => {
  expect(principal('spiffe://east.test/spiffe')).toBe('east.test/spiffe');
});
