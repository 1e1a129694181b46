import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProcedures } from './describe-procedures.ts';

writeFileSync(join(import.meta.dirname, '../../docs/procedures.md'), describeProcedures());
