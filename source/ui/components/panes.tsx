import {Box} from 'ink';
import type {Model} from '../model.ts';
import {sectionOf} from '../lines/sections.ts';
import {Pane} from './pane.tsx';

/** Entries, path and detail, as the layout places them. */
export function Panes({model}: {readonly model: Model}) {
	return (
		<Box>
			{model.layout.boxes.map((box, position) => (
				<Pane
					key={position}
					sections={box.sections.map((section) => sectionOf(section, model, box))}
					width={box.width}
					border={box.border}
					glyphs={model.glyphs}
				/>
			))}
		</Box>
	);
}
