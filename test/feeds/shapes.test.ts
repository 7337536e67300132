import {expect, test} from 'vitest';
import {recordingShapes} from '../../source/build/recording-shapes.ts';
import shapes from '../../source/feeds/recording/shapes.json' with {type: 'json'};

test('shapes.json says what the types of a recording say (npm run shapes)', () => {
	expect(shapes).toEqual(recordingShapes());
});
