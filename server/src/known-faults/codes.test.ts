import type { RuleDefinition } from '@wracam/engine/rules';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../testing/app.ts';
import { nextName, openTill, PER_ZLOTY, type Till } from '../testing/till.ts';

const FOR_CODE: RuleDefinition = { ...PER_ZLOTY[0]!, name: 'Za kod', trigger: { kind: 'event', type: 'code' }, effect: { kind: 'fixed', points: 25 } };

let app: TestApp;
let till: Till;
beforeAll(async () => {
  app = await testApp();
  till = await openTill(app, { rules: [...PER_ZLOTY, FOR_CODE] });
});
afterAll(async () => {
  const faults = await till.faults();
  await app.close();
  expect(faults).toEqual([]);
});

const newCode = async () => (await till.api.createCodeBatch({ params: till.params, body: { name: 'Lato', label: nextName('lato'), count: 1 } })).codes[0]!;
const redeem = (code: string, member: { id: string }) => till.call('POST', '/codes/redeem', { code, member: { id: member.id } });
const undo = (answer: { body: unknown }) => till.call('POST', `/transactions/${(answer.body as { transaction: { id: string } }).transaction.id}/void`, { reason: 'Nie ten uczestnik' });

describe('a one-time code', () => {
  it('is given back when what used it is undone: the right member uses it, once, and the wrong one keeps nothing', async () => {
    const [wrong, right, code] = [await till.member(), await till.member(), await newCode()];
    expect(await undo(await redeem(code, wrong))).toMatchObject({ status: 200 });
    expect(await till.available(wrong)).toBe(0);
    const used = await redeem(code, right);
    expect(used).toMatchObject({ status: 200, body: { duplicate: false, awards: [{ points: 25 }] } });
    expect(await redeem(code, right)).toMatchObject({ status: 200, body: { duplicate: true } });
    expect(await redeem(code, wrong)).toMatchObject({ status: 409, body: { code: 'package_code_used' } });
    expect([await till.available(wrong), await till.available(right)]).toEqual([0, 25]);
    await undo(used);
    expect(await redeem(code, wrong), 'as often as it is undone').toMatchObject({ status: 200, body: { duplicate: false } });
    expect([await till.available(wrong), await till.available(right)]).toEqual([25, 0]);
  });

  it('that is free again is wanted by ten at once: one of them gets it', async () => {
    const code = await newCode();
    await undo(await redeem(code, await till.member()));
    const members = await Promise.all(Array.from({ length: 10 }, till.member));
    const answers = await Promise.all(members.map((member) => redeem(code, member)));
    expect(answers.map((one) => one.body.code ?? 'done').sort()).toEqual(['done', ...Array.from({ length: 9 }, () => 'package_code_used')]);
    expect((await Promise.all(members.map((member) => till.available(member)))).reduce((sum, one) => sum + one, 0)).toBe(25);
  });
});
