/** The words of talks handed on with their form, and of keyed satisfaction, in English. */
export const enHandOn = {
  handOn: {
    title: 'Hand on with the form',
    toSenior: 'With the form to a senior',
    toManager: 'With the form to the manager hotline',
    role: { senior: 'senior agents', manager: 'manager hotline' },
    noForm: 'This call has no form yet to hand on with it.',
    asking: 'Looking for a seat that can take it…',
    sending: 'Sending the form to the centre…',
    refused: 'The form cannot go as it is: see what it says. The call is still with you.',
    notSent: 'The latest on the form has not reached the centre yet; it follows.',
    waiting:
      'All seats busy ({{role}}); the caller is first in line. Stay and talk, or leave: then the caller hears music and gets the next free seat.',
    waitingAlone: 'All seats busy ({{role}}); the caller waits with music.',
    ringing: '{{seat}} rings, with the call and the form on screen. You still speak with the caller.',
    ringingAlone: '{{seat}} rings; the caller waits with music.',
    consulting: 'You speak with {{seat}}; the caller hears music.',
    missed: '{{seat}} did not answer.',
    join: 'Join the caller with {{seat}}',
    leave: 'Leave, the caller waits',
    takeBack: 'Take the caller back',
    takeOver: 'Take the caller over',
    arriving: '{{giver}} hands on this call with form {{number}}. You speak with {{giver}} first.',
    arrivingAlone: 'A call handed on, with form {{number}}. You speak with the caller at once.',
    notHere: 'The form has not come to this desk yet; it is on its way.',
    open: 'Open the form handed on',
    end: {
      joined: '{{seat}} has the caller now.',
      'taken-back': 'Taken back: you speak with the caller.',
      'given-back': '{{seat}} hung up: you speak with the caller.',
      'nobody-on-duty':
        'Nobody is on duty ({{role}}), the call stays. The form was handed over, to call the user back.',
      'caller-gone': 'The caller has hung up. The form goes its way.',
      'not-answered': 'You did not answer; another seat is asked.',
      'no-such-talk': 'This call is not with you any more; nothing was handed on.',
      unreachable: 'The centre cannot be reached, the call stays. The form will go, to call the user back.',
    },
    received: {
      joined: 'The caller is with you, and hears your staff number first.',
      'taken-back': '{{giver}} took the caller back.',
      'caller-gone': 'The caller has hung up; you may finish with {{giver}}.',
    },
  },
  rating: {
    ask: 'Ask for a rating',
    failed: 'The caller could not be asked for a rating; the call is still with you.',
  },
} as const;
