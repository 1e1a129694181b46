/** The six services behind the hotline's number (A2) and how each is reached from the menu. */
export const services = ['180', '112', '114', '189', '170', '160'] as const;
export type Service = (typeof services)[number];

interface ServiceEntry {
  /** The key a caller presses in the service menu. */
  readonly key: string;
  /** `agent` at once, or the automatic service that a number is keyed for. */
  readonly reachedBy: 'agent' | 'fault' | 'bill';
}

export const serviceMenu: Record<Service, ServiceEntry> = {
  '180': { key: '1', reachedBy: 'agent' },
  '112': { key: '2', reachedBy: 'fault' },
  '114': { key: '3', reachedBy: 'agent' },
  '189': { key: '4', reachedBy: 'agent' },
  '170': { key: '5', reachedBy: 'bill' },
  '160': { key: '6', reachedBy: 'agent' },
};
