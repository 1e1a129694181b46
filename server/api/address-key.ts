import { isIPv6 } from 'node:net';

/**
 * What an address counts as where tries are counted: an IPv6 customer has a /64 to choose addresses
 * from (RFC 6177), so that the network counts and not the address.
 */
export const addressKey = (address: string): string => {
  const [bare = ''] = address.split('%');
  if (!isIPv6(bare)) return bare;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(bare)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = bare.split('::');
  const groupsOf = (part: string): string[] => part.split(':').filter((group) => group !== '');
  const first = groupsOf(head);
  const last = tail === undefined ? [] : groupsOf(tail);
  const written = first.length + last.length + (bare.includes('.') ? 1 : 0);
  const gap = tail === undefined ? 0 : Math.max(0, 8 - written);
  const network = [...first, ...Array<string>(gap).fill('0'), ...last].slice(0, 4);
  return `${network.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`;
};
