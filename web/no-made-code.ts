import { config } from 'zod';

// Before any schema is made: zod would make functions out of strings, which the content security
// policy refuses, and even its question whether it may is refused aloud.
config({ jitless: true });
