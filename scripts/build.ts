import { build } from './ensureBuild.ts';

await build();
