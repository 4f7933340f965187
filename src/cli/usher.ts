#!/usr/bin/env node
// The `usher` command.
import { serve } from './serve.ts';

process.exitCode = await serve(process.env);
