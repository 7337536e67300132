import {writeFileSync} from 'node:fs';
import {recordingShapes} from './recording-shapes.ts';

// `npm run shapes`; a test fails while the file is older than the types.
writeFileSync(new URL('../feeds/recording/shapes.json', import.meta.url), JSON.stringify(recordingShapes()));
