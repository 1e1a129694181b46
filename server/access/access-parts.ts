import type { AccessSettings } from './access-settings.ts';
import type { ContactKeeper } from './contact-keeper.ts';
import type { LineRecords } from './line-records/line-records.ts';
import type { MessageSpool } from './message-spool.ts';

/** What the way in needs besides the switch and the floor. */
export interface AccessParts {
  readonly settings: AccessSettings;
  readonly keeper: ContactKeeper;
  readonly spool: MessageSpool;
  readonly lineRecords: LineRecords;
  readonly freeMiB: () => Promise<number>;
}
