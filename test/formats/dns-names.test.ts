import { whyNotInSvid } from '../../lib/formats/dns-names';

/**
 * Answers of x509util.ValidateLabel in SPIRE 1.15.3 (golang.org/x/net 0.57.0), from a run of it.
 * Renew them with a Go program that prints `x509util.ValidateLabel(name) == nil` for each name.
 */
const SPIRE_TAKES = [
  'shop.example.org',
  'xn--bcher-kva.example.org',
  'xn--bcher-kva.xn--p1ai',
  'bcher.xn--p1ai',
  'a--b.example.org',
  'abc--d.example.org',
  'a-b--c.example.org',
  'shop.example.xn--p1ai',
  'xn--fiqs8s',
  'xn--maana-pta.example.org',
  'xn--zca.example.org',
  'xn--fa-hia.de',
  'xn--strae-oqa.example.org',
  'xn--4gbwdl.xn--wgbh1c',
  'xn--ls8h.la',
  'xn--i-7iq.ws',
  '1.example.org',
  '9-1.example.org',
  'xn--90ais.example',
  'xn--80ak6aa92e.com',
  'xn--55qx5d.cn',
  'xn--bb-eka.at',
  'xn--mgba3a4f16a.ir',
  'xn--11b5bs3a9aj6g',
  'xn--53h.example.org',
  'xn--4dbc.example',
  'xn--1-zhcd.example',
  'xn----zhcdf.example',
  'xn--4dbc.a1.example',
  'xn--4dbc64b.example',
  'xn--4dbc87f.example',
  'xn--kdb3bd.example',
  'a9.xn--4dbc',
  'a-9.xn--4dbc',
  'xn--h1acbxfam.xn--4dbc',
  'xn--qxam.example',
  'xn--wgv71a.example',
  'xn--yp8h.example',
  'xn--zca.example',
  'xn--1ca.example',
  'xn--11b2ezcw70k.example',
  'xn--ab-0ea.example',
  'xn--ll-0ea.example',
  'xn--4db80ad.example',
  'xn--wj9cc.example',
  'xn--9d6h.example',
  'xn--wek.example',
  'xn--l8j6u.example',
  'xn--yve.example',
];
const SPIRE_REFUSES = [
  'eu--shop.example.org',
  'r3---sn.example.org',
  'xn--zzzzzz.example.org',
  'xn--.example.org',
  'xn---.example.org',
  'xn--a.example.org',
  'xn--abc-.example.org',
  'xn--a-ecp.ru',
  'ab--.example.org',
  'shop.ab--c.org',
  'xn--0.pt',
  'xn--0ca24w.example.org',
  'xn--xn---epa.example.org',
  'xn--1ug.example.org',
  'xn--0ugb.example.org',
  'xn--ab-yuc.example.org',
  'xn--a-0ea.example.org',
  'xn--1ch.example.org',
  'xn--a--6h6a.example.org',
  'xn--1-0hcd.example',
  'xn--4dbc.1a.example',
  'xn--a-zhce.example',
  'xn--a-0hcd.example',
  'xn--1-zhcd09c.example',
  'xn--9dbne9b.9.example',
  '9a.xn--4dbc',
  'xn--1-btb.xn--4dbc',
  'xn--jm6c.example',
  'xn--a-xbb.example',
  'xn--l2b2c624h.example',
  'xn--cibc.example',
  'xn--bd6h.example',
  'xn--a-wbb.example',
  'xn--t4g.example',
  'xn--orh.example',
];

test('accepts every DNS name that SPIRE accepts', () => {
  expect(SPIRE_TAKES.filter((name) => whyNotInSvid(name) !== undefined)).toEqual([]);
});

test('refuses every DNS name that SPIRE refuses', () => {
  expect(SPIRE_REFUSES.filter((name) => whyNotInSvid(name) === undefined)).toEqual([]);
});

test.each([
  ['eu--shop.example.org', '"eu--shop" has "--" as its third and fourth character'],
  ['xn--zzzzzz.example.org', '"xn--zzzzzz" is not valid punycode'],
  ['1a.xn--4dbc', 'right-to-left'],
])('says of %s what is wrong with it', (name, reason) => {
  expect(whyNotInSvid(name)).toContain(reason);
});
