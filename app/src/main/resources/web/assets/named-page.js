// What the pages without a task of their own (not found, not allowed) do: they say whose library this is.

import { arrive } from './threshold.js';

await arrive();
