import {fileURLToPath} from 'node:url';
import {writeSums} from './release-sums.ts';

// npm run package:sums: once more, where executables of several machines were brought together.
await writeSums(fileURLToPath(new URL('../../release', import.meta.url)));
