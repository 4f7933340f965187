// Copies into dist what the compiler does not: the migrations.
import { cp } from 'node:fs/promises';

await cp('src/store/migrations', 'dist/src/store/migrations', { recursive: true });
