#!/usr/bin/env node
import { runPaperEa } from './runPaperEa.ts';

await runPaperEa(process.argv.slice(2));
