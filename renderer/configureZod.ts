import * as z from 'zod';

// The content security policy forbids the code that zod would generate. It is said before the first schema is made.
z.config({ jitless: true });
