import { Counter, Gauge, type Registry } from 'prom-client';

/** Figures of the intake for Prometheus. */
export interface IntakeFigures {
  readonly countMail: (
    outcome: 'opened' | 'threaded' | 'noted' | 'set-aside' | 'seen-before',
    hasProblem: boolean,
  ) => void;
  readonly countScan: (hasProblem: boolean) => void;
}

export const createIntakeFigures = (
  registry: Registry,
  asked: {
    readonly isMailConnected: () => boolean;
    readonly isPostInTrouble: () => boolean;
    readonly clock: () => number;
  },
): IntakeFigures => {
  const registers = [registry];
  new Gauge({
    name: 'zuoxi_mail_connected',
    help: '1 while the mailbox is open',
    registers,
    collect() {
      this.set(asked.isMailConnected() ? 1 : 0);
    },
  });
  new Gauge({
    name: 'zuoxi_mail_send_trouble',
    help: '1 while the last letter tried could not be sent',
    registers,
    collect() {
      this.set(asked.isPostInTrouble() ? 1 : 0);
    },
  });
  const mails = new Counter({
    name: 'zuoxi_mail_taken_total',
    help: 'Mails taken, by what became of them',
    labelNames: ['outcome'],
    registers,
  });
  const problems = new Counter({
    name: 'zuoxi_intake_problems_total',
    help: 'What came in and could not be read as it should',
    labelNames: ['channel'],
    registers,
  });
  const last = new Gauge({ name: 'zuoxi_mail_last_taken_seconds', help: 'When the last mail was taken', registers });
  const scans = new Counter({ name: 'zuoxi_scans_taken_total', help: 'Faxes and scanned letters taken', registers });
  return {
    countMail: (outcome, hasProblem) => {
      mails.inc({ outcome });
      last.set(asked.clock() / 1_000);
      if (hasProblem && outcome !== 'seen-before') problems.inc({ channel: 'e-mail' });
    },
    countScan: (hasProblem) => {
      scans.inc();
      if (hasProblem) problems.inc({ channel: 'scan' });
    },
  };
};
