import { type Result, refused } from '../../domain/result.ts';
import type { ApiFailure } from '../../electron/sync/api.ts';
import type { SimCentre } from './centre.ts';
import type { Counts } from './counts.ts';
import type { Profile } from './profile.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

export interface NetworkParts {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly counts: Counts;
  readonly profile: Profile;
  readonly centre: SimCentre;
  /** Whether anything goes wrong (still). */
  readonly isRough: () => boolean;
}

const unreachable: Result<never, ApiFailure> = refused({ code: 'unreachable' });
/** How long a desk waits for what never comes, at most. */
const timeoutMs = 10_000;
/** How late a request may come that was delivered twice. */
const echoMs = 30_000;

/** The lines between desks and the centre. */
export class SimNetwork {
  readonly #cutOff = new Set<number>();
  readonly #parts: NetworkParts;

  constructor(parts: NetworkParts) {
    this.#parts = parts;
  }

  cutOff(desk: number): void {
    this.#cutOff.add(desk);
  }

  reconnect(desk: number): void {
    this.#cutOff.delete(desk);
  }

  reaches(desk: number): boolean {
    return !this.#cutOff.has(desk) && this.#parts.centre.isUp();
  }

  delayMs(): number {
    const { random, profile } = this.#parts;
    return 1 + random.below(profile.latencyMs);
  }

  isLost(): boolean {
    return this.#parts.isRough() && this.#parts.random.chance(this.#parts.profile.losing);
  }

  /** One request and its answer, which may be lost, late, or given up; the request may come twice. */
  ask<Value>(desk: number, work: () => Promise<Result<Value, ApiFailure>>): Promise<Result<Value, ApiFailure>> {
    const { scheduler, random, counts, profile, centre } = this.#parts;
    const rough = this.#parts.isRough();
    return new Promise((resolve) => {
      const broken = (): void => resolve(unreachable);
      const silence = (): void => void scheduler.after(random.below(timeoutMs), broken);
      if (rough && random.chance(profile.impatience)) {
        counts['waits cut short'] += 1;
        scheduler.after(random.below(2 * profile.latencyMs + profile.recordsMs), broken);
      }
      if (rough && random.chance(profile.doubling)) {
        counts['requests doubled'] += 1;
        scheduler.after(this.delayMs() + random.below(random.chance(0.5) ? echoMs : profile.latencyMs), () => {
          if (this.reaches(desk)) centre.serve(work, ignore, ignore);
        });
      }
      if (this.isLost()) {
        counts['requests lost'] += 1;
        silence();
        return;
      }
      scheduler.after(this.delayMs(), () => {
        if (!this.reaches(desk)) {
          silence();
          return;
        }
        const answered = (answer: Result<Value, ApiFailure>): void => {
          if (this.isLost()) {
            counts['answers lost'] += 1;
            silence();
            return;
          }
          scheduler.after(this.delayMs(), () => {
            if (this.reaches(desk)) resolve(answer);
            else silence();
          });
        };
        centre.serve(work, answered, broken);
      });
    });
  }

  /** A frame on its way to a desk: it may be lost, come twice, or come after one that was sent later. */
  send(desk: number, hear: () => void): void {
    const { scheduler, random, counts, profile } = this.#parts;
    const rough = this.#parts.isRough();
    const deliver = (): void => {
      scheduler.after(this.delayMs(), () => {
        if (this.reaches(desk)) hear();
      });
    };
    if (rough && random.chance(profile.framesLost)) {
      counts['frames lost'] += 1;
      return;
    }
    deliver();
    if (rough && random.chance(profile.framesDoubled)) {
      counts['frames doubled'] += 1;
      deliver();
    }
  }
}

const ignore = (): void => undefined;
