// The judge agrees with the vectors of the contract, and with nothing else.
import { expect, test } from 'vitest';
import { judgeRequest } from './judge-request.ts';
import type { ReceivedRequest } from './received-request.ts';

const BODY =
  '{"triggerId":"trg_1","ctime":"2019-04-29T08:57:15.878Z","appCode":"app","type":"session_state_open"}';
const G6 = {
  'webhook-id': 'trg_1',
  'webhook-timestamp': '1556528235',
  'webhook-signature': 'v1,jY89UlRI7JRubsdgeLPiSN/72lPa8VH+PC/MypPyET8=',
  'x-hub-signature': 'sha256=ba8de7a71aed6d3d626c730ddfe39868a3cb2f36309b679d8b299b6f393db925',
};
const G8 =
  'v1,jY89UlRI7JRubsdgeLPiSN/72lPa8VH+PC/MypPyET8= v1,TL7qTvFd6lTB3wH5D/OmFxbVE7Zrn/fS6+2UKn4zs+A=';

function makeRequest(
  headers: Record<string, string> = G6,
  change: Partial<ReceivedRequest> = {},
): ReceivedRequest {
  return {
    at: 1_556_528_236_000,
    method: 'POST',
    path: '/',
    headers,
    rawHeaders: [],
    body: Buffer.from(BODY),
    id: headers['webhook-id'] ?? '',
    time: 1,
    behaviour: null,
    ...change,
  };
}

test('G1 and G6 are right, with the right secret among others', () => {
  const right = { ok: true, hub: 'right', standard: 'right' };
  expect(judgeRequest(makeRequest(), ['other', 'topsecret'])).toEqual(right);
});

test('G7: a whsec_ secret', () => {
  const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';
  const request = makeRequest({
    ...G6,
    'webhook-signature': 'v1,IIbg4pws/DC4JUvRriUrpQWhs6J5zQKYterrw/g25bs=',
    'x-hub-signature': 'sha256=87781977292a25eb5cb054e6f7d2889622a4b5bfcd615af5dc3aa0522a7ae32e',
  });
  expect(judgeRequest(request, [secret]).ok).toBe(true);
});

test('G8: during a rotation the old secret is right for one signature only', () => {
  const request = makeRequest({ ...G6, 'webhook-signature': G8 });
  expect(judgeRequest(request, ['topsecret']).ok).toBe(true);
  const halfway = { ok: false, hub: 'wrong', standard: 'right' };
  expect(judgeRequest(request, ['oldsecret'])).toEqual(halfway);
});

test('X-Hub-Signature may be base64', () => {
  const digest = Buffer.from(G6['x-hub-signature'].slice(7), 'hex').toString('base64');
  const request = makeRequest({ ...G6, 'x-hub-signature': `sha256=${digest}` });
  expect(judgeRequest(request, ['topsecret']).hub).toBe('right');
});

test('a changed body is wrong, an old one stale, an unsigned one missing', () => {
  const wrong = { ok: false, hub: 'wrong', standard: 'wrong' };
  expect(judgeRequest(makeRequest(G6, { body: Buffer.from('{}') }), ['topsecret'])).toEqual(wrong);
  const later = makeRequest(G6, { at: 1_556_528_235_000 + 301_000 });
  expect(judgeRequest(later, ['topsecret'])).toEqual({
    ok: false,
    hub: 'right',
    standard: 'stale',
  });
  const missing = { ok: false, hub: 'missing', standard: 'missing' };
  expect(judgeRequest(makeRequest({ 'webhook-id': 'trg_1' }), ['topsecret'])).toEqual(missing);
  expect(judgeRequest(makeRequest(), [])).toEqual(wrong);
});
