import { argon2id, hash, verify } from 'argon2';

/** RFC 9106 section 4, second recommended option, with the memory OWASP asks for at least. */
const cost = { type: argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

export interface Passwords {
  /** The same work whether or not the account is known, so that time does not tell. */
  readonly matches: (passwordHash: string | undefined, password: string) => Promise<boolean>;
}

export const createPasswords = async (): Promise<Passwords> => {
  const nobodys = await hashPassword('nobody has this password');
  return {
    matches: async (passwordHash, password) => {
      const matched = await verify(passwordHash ?? nobodys, password);
      return matched && passwordHash !== undefined;
    },
  };
};
