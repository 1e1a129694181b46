import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { writeAudit } from './audit.ts';
import type { Tables } from './tables.ts';

/** Keys of desks' caches, by whose and which: what a new password, or a lost keychain, must not make unreadable. */
export interface CacheKeys {
  /** A vault's key never changes: the one that is kept stays. */
  readonly deposit: (of: VaultOf, key: Uint8Array) => Promise<void>;
  readonly recover: (of: VaultOf) => Promise<Uint8Array | undefined>;
}

export interface VaultOf {
  readonly staffNumber: string;
  readonly vault: string;
}

const nonceBytes = 12;
const tagBytes = 16;

/** `sealingKey` lies outside the database, so that neither its files nor its backups open a desk's cache. */
export const createCacheKeys = (parts: {
  readonly db: Kysely<Tables>;
  readonly sealingKey: Uint8Array;
  readonly clock: () => number;
}): CacheKeys => {
  const { db, sealingKey, clock } = parts;

  const seal = (of: VaultOf, key: Uint8Array): string => {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', sealingKey, nonce).setAAD(contextOf(of));
    return Buffer.concat([nonce, cipher.update(key), cipher.final(), cipher.getAuthTag()]).toString('base64');
  };
  const unseal = (of: VaultOf, text: string): Uint8Array | undefined => {
    const sealed = Buffer.from(text, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', sealingKey, sealed.subarray(0, nonceBytes)).setAAD(contextOf(of));
    decipher.setAuthTag(sealed.subarray(-tagBytes));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(nonceBytes, -tagBytes)), decipher.final()]);
    } catch {
      return undefined;
    }
  };
  const find = async (of: VaultOf): Promise<Uint8Array | undefined> => {
    const row = await db
      .selectFrom('cache_keys')
      .select('sealed_key')
      .where('staff_number', '=', of.staffNumber)
      .where('vault', '=', of.vault)
      .executeTakeFirst();
    return row && unseal(of, row.sealed_key);
  };
  const entry = (of: VaultOf) => ({ at: clock(), actor: of.staffNumber, subject: of.vault });

  return {
    deposit: async (of, key) => {
      if (await find(of)) return;
      const sealed = { sealed_key: seal(of, key), deposited_at: clock() };
      await db
        .insertInto('cache_keys')
        .values({ staff_number: of.staffNumber, vault: of.vault, ...sealed })
        .onConflict((conflict) => conflict.columns(['staff_number', 'vault']).doUpdateSet(sealed))
        .execute();
      await writeAudit(db, { ...entry(of), action: 'cache-key-deposited' });
    },
    recover: async (of) => {
      const key = await find(of);
      if (key) await writeAudit(db, { ...entry(of), action: 'cache-key-recovered' });
      return key;
    },
  };
};

const contextOf = ({ staffNumber, vault }: VaultOf): Buffer => Buffer.from(`${staffNumber} ${vault}`);
