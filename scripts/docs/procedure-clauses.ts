/** Which test shows a clause, or a branch of one. */
export interface Citation {
  readonly clause: string;
  readonly what: string;
  readonly test: string;
  /** From the root of the repository. */
  readonly file: string;
}

/** Clauses, and the branches of J4 and J5 each for itself: none may be without a test. */
export const clauses: readonly string[] = [
  ...['J1', 'J2', 'J3', 'J4a differs', 'J4a satisfied', 'J4a dissatisfied', 'J4b', 'J4c'],
  ...['J5 at once', 'J5 order', 'J5 senior', 'J6', 'S1', 'S2', 'S3', 'S4', 'M1', 'D1', 'Q1'],
];

type Row = readonly [clause: string, what: string, test: string];

const inFile = (file: string, ...rows: readonly Row[]): readonly Citation[] =>
  rows.map(([clause, what, test]) => ({ clause, what, test, file }));

const procedure = 'domain/forms/procedure';

const cited: readonly Citation[] = [
  ...inFile(
    `${procedure}/junior.test.ts`,
    ['J1', 'key account', 'J1 a key account goes straight to a senior agent, whatever is recorded by then'],
    [
      'J1',
      'both complaint and suggestion',
      'J1 both complaint and suggestion: two forms of one contact, each naming the other, each on its own way',
    ],
    ['J3', 'not reasonable', 'J3 not reasonable → declined with a reason of the list'],
    ['J3', 'the list', 'J3 a reason that is not on the list is refused, every one that is on it is taken'],
    [
      'J3',
      'explanation not accepted',
      'J3 explained repeatedly and not accepted → manager hotline, from the talk or after declining',
    ],
    ['J6', 'beyond the junior', 'J6 cannot be settled at once → recorded in full, then to a senior agent'],
    ['J6', 'answered on the spot', 'J6 settled on the spot → answered, once it is recorded in full'],
    [
      'J6',
      'dispatched, second audit',
      'J6 settled by a dispatch → proposed by the junior, sent only by a senior’s second audit',
    ],
    [
      'J6',
      'audit: changed',
      'J6 audited with a change: the department gets what the senior says, and why stands on the order',
    ],
    ['J6', 'audit: refused', 'J6 refused by the audit with a reason: not sent, and the senior has the complaint'],
  ),
  ...inFile(
    'e2e/transfer/with-form.e2e.ts',
    [
      'J1',
      'two real desks and a real caller',
      'J1 S1 M1 a senior sees call and form before speaking; consulted, joined, each hears whom they should',
    ],
    [
      'J3',
      'nobody of the manager hotline is on duty',
      'J3 nobody of the manager hotline on duty: it is said, the talk goes on, and the form goes there to call back',
    ],
  ),
  ...inFile(
    'server/floor/warm-transfer.test.ts',
    [
      'J1',
      'the talk goes with the form',
      'J1 S1 a senior rings with the form and the caller’s hints while giver and caller go on speaking (scripted switch)',
    ],
    [
      'J3',
      'the talk goes to the manager hotline',
      'J3 nobody of the role on duty is said before anything is sent, and the talk goes on (scripted switch)',
    ],
    ['M1', 'warm transfers', 'M1 a manager’s seat is picked for the manager hotline, and no senior (scripted switch)'],
    [
      'Q1',
      'keyed by the caller',
      'Q1 a seat that asks for a rating wraps up, and its caller keys it to the switch (scripted switch)',
    ],
  ),
  ...inFile(
    `${procedure}/suggestion.test.ts`,
    ['J2', 'new', 'J2 new by the records so far → recorded in full, to the data admin'],
    ['J2', 'known', 'J2 known → added to it and one more counted, with the data admin'],
    ['J2', 'known and settled', 'J2 known and settled → counted, and with the data admin again'],
    ['J2', 'counted once', 'J2 the same contact is counted once, the one the form was opened in too'],
    ['D1', 'merge and split', 'D1 merged into another, with its count kept, counted on, and split again'],
    ['D1', 'settle', 'D1 settled with what became of it, and settled otherwise later'],
    ['D1', 'by whom', 'D1 merged, split and settled by data admins alone'],
    [
      'D1',
      'articles used',
      'D1 an article that was used for a form stands on it once a version and agent, with what it was worth',
    ],
  ),
  ...inFile(
    `${procedure}/suggestion-count.test.ts`,
    ['J2', 'the count', 'J2 a suggestion counts the one it was opened for and each who was counted'],
    [
      'D1',
      'counts of merged suggestions',
      'D1 merged, all count for the one they go under, along whole chains; split, each counts for itself',
    ],
    [
      'D1',
      'any merges',
      'D1 whatever was merged into what: nobody is lost or counted twice, and the order of the forms is all one',
    ],
  ),
  ...inFile('electron/cache/search/likely-forms.db.test.ts', [
    'J2',
    'what is known already',
    'J2 the suggestion said in other words comes first, one of another kind never',
  ]),
  ...inFile(
    `${procedure}/repeat.test.ts`,
    [
      'J4a differs',
      'satisfied on record, dissatisfied now',
      'J4a the attitude differs from the record → manager hotline, with what was on record',
    ],
    [
      'J4a differs',
      'the other way round',
      'J4a satisfied where dissatisfied is on record differs too → manager hotline',
    ],
    ['J4a satisfied', 'handled', 'J4a agrees and is satisfied → told that it is handled, and closed'],
    ['J4a dissatisfied', 'reopened', 'J4a agrees and is dissatisfied → senior agent'],
    [
      'J4a dissatisfied',
      'whose record it is',
      'J4a the record is of the settlement that stands: a new answer begins a new one',
    ],
    ['J4b', 'overdue', 'J4b open and overdue → manager hotline'],
    [
      'J4b',
      'answered, not checked',
      'J4b an answer that no senior has checked yet is overdue for its user all the same',
    ],
    ['J4c', 'in time', 'J4c open, in time → answered with the progress, and stays where it is'],
    ['J4c', 'paused', 'J4c what was paused in time stays in time'],
  ),
  ...inFile(
    `${procedure}/supplement.test.ts`,
    [
      'J5 at once',
      'answered',
      'J5 settled at once with no order → recorded in full, and the complaint stays where it is',
    ],
    ['J5 order', 'chase', 'J5 needs a chase → proposed by the junior, audited by a senior, heard by the department'],
    ['J5 order', 'return', 'J5 needs a return order → audited by a senior, then the order is the department’s no more'],
    ['J5 order', 'never lost', 'J5 an order that it needs and that is not there yet leaves it with a senior'],
    ['J5 order', 'nothing to follow up', 'J5 of a settled complaint there is no order to follow up → senior agent'],
    ['J5 senior', 'beyond the junior', 'J5 cannot be settled at once → senior agent, until the senior has settled it'],
  ),
  ...inFile('e2e/guide/guide.e2e.ts', [
    'J6',
    'on the real desk',
    'J6 a new complaint from answer to wrap-up takes at most 12 key presses beyond the text itself',
  ]),
  ...inFile(
    `${procedure}/senior.test.ts`,
    ['S1', 'answered', 'S1 a transferred complaint is answered'],
    ['S1', 'dispatched', 'S1 a transferred complaint is dispatched, with no second audit'],
    ['S1', 'chased', 'S1 a dispatch is chased, and the department hears it'],
    ['S1', 'not content', 'S1 not content with a normal answer → manager hotline, wherever the complaint is by then'],
    [
      'S1',
      'nothing left open',
      'S1 answered while departments still have orders: these are taken back, none is left open',
    ],
    [
      'S2',
      'what arrives is assessed',
      'S2 a %s that arrives is assessed: own competence or a mistake is recorded against the junior',
    ],
    ['S2', 'hard case', 'S2 a hard case needs no clause: it is held against nobody'],
    ['S2', 'the junior answers', 'S2 the one it is about sees it and answers it, once'],
  ),
  ...inFile('server/knowledge/knowledge.pg.test.ts', [
    'S2',
    'hard case to the data admin',
    'S2 an assessment as a hard case is a draft for the data admin in the same step, once',
  ]),
  ...inFile(
    `${procedure}/orders.test.ts`,
    ['S3', 'by complaint type', 'S3 a dispatch about %s that is sent on a Monday is due at %s'],
    [
      'S3',
      'from the sending on',
      'S3 the deadline begins with the sending: a proposal has none, nor has a chase or a return',
    ],
    ['S3', 'paused with a reason', 'S3 a deadline stands still only with a reason, and goes on'],
    [
      'S4',
      'checked before it is told',
      'S4 answered by the department, checked by a senior, and only then told to the user',
    ],
    ['S4', 'sent back', 'S4 a reply that will not do goes back with the reason, its deadline as it was'],
    ['S4', 'asked', 'S4 a department asks, a senior answers, and the order goes on'],
    ['S4', 'refused', 'S4 refused by the department with a reason → senior agent'],
    ['S4', 'handed on', 'S4 handed on, it is the other department’s alone, with the deadline it had'],
    [
      'S4',
      'two departments',
      'S4 two departments: a reply is checked while the other still works, the user hears when both are through',
    ],
    ['S4', 'overdue', 'S4 overdue → manager hotline, by the centre alone'],
    [
      'S4',
      'what a department sees',
      'S4 a department sees the matter and its own orders, nothing that the hotline keeps to itself',
    ],
  ),
  ...inFile(
    'domain/deadlines/deadline-table.test.ts',
    [
      'S3',
      '60 dates about the holidays',
      'S3 60 dispatches about Spring Festival and National Day 2024–2026: the table, the peer and we agree',
    ],
    ['S3', 'shifted workdays', 'S3 every day of 2024–2026 is a working day for us exactly when it is for the peer'],
  ),
  ...inFile('domain/deadlines/deadline.test.ts', [
    'S3',
    'settings',
    'S3 the days to answer in are settings, by type; a type not known yet has those of any other',
  ]),
  ...inFile(
    'server/deadlines/watch-deadlines.pg.test.ts',
    [
      'S4',
      'warnings and escalation',
      'S4 each step is taken when it is reached and once; after the deadline the manager hotline has the form',
    ],
    ['S4', 'a killed centre', 'S4 a centre killed before or after any step loses none and doubles none'],
  ),
  ...inFile(
    'server/sync/pull-scope.pg.test.ts',
    ['S4', 'a department’s pull', 'S4 a department pulls the forms whose orders it has, with its own orders alone'],
    ['S4', 'everybody else’s pull', 'S4 D1 agents, managers, data admins and supervisors pull every form whole'],
  ),
  ...inFile(
    `${procedure}/manager.test.ts`,
    ['M1', 'decision', 'M1 the decision is recorded, told to the user, and takes back what departments still have'],
    ['M1', 'final', 'M1 the decision is final: who is dissatisfied with it comes to no other end'],
    ['M1', 'investigation', 'M1 an investigation orders a department, and gives back what is to go on as usual'],
    ['M1', 'by whom', 'M1 decided by the manager hotline alone'],
  ),
  ...inFile(
    'server/knowledge/knowledge.pg.test.ts',
    ['D1', 'articles', 'D1 from the first word to retirement: four eyes, versions, validity, each step audited'],
    [
      'D1',
      'uses are counted',
      'D1 uses come from the forms: each operation counts once, a form once, the last verdict of each agent',
    ],
  ),
  ...inFile('e2e/knowledge/knowledge.e2e.ts', [
    'D1',
    'searched during the call',
    'D1 a junior finds it as he types, also offline, and what he thinks of it reaches the data admin once',
  ]),
  ...inFile(
    `${procedure}/call-back.test.ts`,
    ['Q1', 'satisfied', 'Q1 satisfied → closed, said to an agent or keyed'],
    ['Q1', 'not', 'Q1 not satisfied → reopened with a senior agent, as J4a says'],
    [
      'Q1',
      'unreachable',
      'Q1 unreachable → the try is recorded, and after as many as are set the customer is left in peace',
    ],
  ),
];

/** In the order of the clauses. */
export const citations: readonly Citation[] = clauses.flatMap((clause) => cited.filter((one) => one.clause === clause));
