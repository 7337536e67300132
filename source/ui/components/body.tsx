import {kindLines} from '../../view/kind-lines.ts';
import type {Explorer} from '../explorer.ts';
import {helpLines} from '../help-lines.ts';
import type {Model} from '../model.ts';
import {Panes} from './panes.tsx';
import {Picker} from './picker.tsx';
import {Question} from './question.tsx';
import {TextOverlay} from './text-overlay.tsx';

type Props = {readonly explorer: Explorer; readonly model: Model; readonly rows: number};

/** What lies between header and footer: a question, an overlay, or the panes. */
export function Body({explorer, model, rows}: Props) {
	const {ui, session, now, glyphs} = model;
	const {overlay} = ui;
	if (session.probe.phase === 'asking') {
		return <Question explorer={explorer} model={model} plan={session.probe.plan} rows={rows} />;
	}

	switch (overlay?.kind) {
		case undefined: {
			return <Panes model={model} />;
		}

		case 'help': {
			return (
				<TextOverlay model={model} title="Keys" lines={helpLines(model)} top={overlay.top} rows={rows} />
			);
		}

		case 'kinds': {
			const lines = kindLines(session.kinds, {width: Math.max(1, ui.size.columns - 4), now, glyphs});
			return <TextOverlay model={model} title="What is read" lines={lines} top={overlay.top} rows={rows} />;
		}

		case 'namespaces':
		case 'contexts': {
			return <Picker model={model} overlay={overlay} rows={rows} />;
		}
	}
}
