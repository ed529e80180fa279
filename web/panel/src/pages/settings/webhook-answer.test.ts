import { expect, it } from 'vitest';
import { webhooks as english } from '../../words/en/webhooks.ts';
import { webhooks as polish } from '../../words/pl/webhooks.ts';
import { kindOfAnswer } from './webhook-answer.ts';

it('an answer of another system is said in words, with what it answered', () => {
  const answers = ['HTTP 204', 'HTTP 307', 'HTTP 401', 'HTTP 404', 'HTTP 429', 'HTTP 422', 'HTTP 503', 'no answer in 5 s', 'address not allowed', 'switched off', 'ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'EHOSTUNREACH', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'HPE_INVALID_CONSTANT'];
  expect(answers.map(kindOfAnswer)).toEqual(['taken', 'elsewhere', 'locked', 'missing', 'slower', 'wrong', 'broken', 'silent', 'inside', 'off', 'name', 'closed', 'cut', 'far', 'certificate', 'certificate', 'certificate', 'other']);
  expect(polish.answers[kindOfAnswer('HTTP 503')]('HTTP 503')).toBe('błąd po tamtej stronie (HTTP 503)');
  expect(english.answers[kindOfAnswer('HPE_INVALID_CONSTANT')]('HPE_INVALID_CONSTANT')).toBe('the call did not succeed (HPE_INVALID_CONSTANT)');
});
