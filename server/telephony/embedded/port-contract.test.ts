import { expect } from 'vitest';
import { type ContractPhone, type customerDoings, keepsThePortContract } from '../port-contract.ts';
import type { SipRequest } from './sip-message.ts';
import { freePort } from './testing/free-port.ts';
import { type ScriptedPhone, testDomain } from './testing/scripted-phone.ts';
import { receiveBye, type Sipp, startSippCalled, whenCalled } from './testing/sipp.ts';
import { openStage } from './testing/stage.ts';
import { stillSdp } from './testing/still-media.ts';

/** A scripted phone's view of its one call. */
const contractPhone = (phone: ScriptedPhone, callId: string): ContractPhone => {
  let invite: SipRequest | undefined;
  let call:
    | { readonly callId: string; readonly toTag: string; readonly fromTag: string; readonly to: string }
    | undefined;
  const inCall = () => {
    if (!call) throw new Error('no call is up');
    return call;
  };
  const ringing = () => {
    if (!invite) throw new Error('nothing rings');
    return invite;
  };
  return {
    dial: async (target) => {
      const uri = `sip:${target}@${testDomain}`;
      const answer = await phone.request('INVITE', { uri, to: `<${uri}>`, callId, body: stillSdp() });
      phone.acknowledge(answer);
      const tagOf = (address: SipRequest['to']) => address.params.get('tag') ?? '';
      call = { callId, toTag: tagOf(answer.to), fromTag: tagOf(answer.from), to: `<${uri}>` };
      return answer.status;
    },
    rings: async () => {
      invite = await phone.next('INVITE');
      phone.respond(invite, 180);
    },
    pickUp: async () => {
      phone.respond(ringing(), 200, { body: stillSdp() });
      const ack = await phone.next('ACK');
      const { from } = ringing();
      call = {
        callId: ack.callId,
        toTag: from.params.get('tag') ?? '',
        fromTag: ack.to.params.get('tag') ?? '',
        to: `<${from.uri}>`,
      };
    },
    decline: async () => {
      phone.respond(ringing(), 603);
      await phone.next('ACK');
    },
    press: async (digit) => {
      const pressed = { ...inCall(), type: 'application/dtmf-relay', body: `Signal=${digit}\r\nDuration=160\r\n` };
      expect((await phone.request('INFO', pressed)).status).toBe(200);
    },
    hangUp: async () => {
      expect((await phone.request('BYE', inCall())).status).toBe(200);
    },
    wasHungUp: async () => {
      phone.respond(await phone.next(call ? 'BYE' : 'CANCEL'), 200);
      if (!call) phone.respond(ringing(), 487);
    },
    transferTo: async (target) => {
      await phone.request('REFER', { ...inCall(), more: [`Refer-To: <sip:${target}@${testDomain}>`] });
      for (;;) {
        const notify = await phone.next('NOTIFY');
        phone.respond(notify, 200);
        const status = Number(/^SIP\/2\.0 (\d{3})/.exec(notify.body)?.[1]);
        if (status >= 200) return status;
      }
    },
  };
};

const stepsOf: Record<(typeof customerDoings)[number], readonly string[]> = {
  answers: [whenCalled.invite(), whenCalled.ring, whenCalled.answer, receiveBye],
  'is busy': [whenCalled.invite(), whenCalled.refuse('486 Busy Here')],
  'does not answer': [whenCalled.invite(), whenCalled.ring, '<recv request="CANCEL"/>'],
};

keepsThePortContract(async () => {
  const outside = await freePort();
  const stage = await openStage({ trunkOut: { host: `127.0.0.1:${outside}`, account: undefined } });
  let customer: Sipp | undefined;
  return {
    port: stage.telephony,
    caller: async (number) => contractPhone(await stage.caller(number), `call-of-${number}`),
    guest: async () => contractPhone(await stage.guest('guest-home-1'), 'call-of-guest'),
    seat: async (staffNumber) => {
      const phone = await stage.seat(staffNumber);
      expect((await phone.register()).status).toBe(200);
      return contractPhone(phone, `call-of-${staffNumber}`);
    },
    customer: async (does) => {
      const called = await startSippCalled(outside, stepsOf[does]);
      customer = called;
      return {
        wentWell: async () => {
          const code = await called.exitCode;
          expect([code, code === 0 ? '' : await called.complaints()]).toEqual([0, '']);
        },
      };
    },
    close: async () => {
      customer?.kill();
      await stage.close();
      expect(stage.faults).toEqual([]);
    },
  };
});
