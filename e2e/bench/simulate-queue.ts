import { writeTable } from './queue/table.ts';

/** `npm run sim:queue` */
console.info(writeTable());
