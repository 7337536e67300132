import type {Explorer} from '../explorer.ts';
import {matrixOverlayLines} from '../lines/matrix-lines.ts';
import type {Model} from '../model.ts';
import {overlayLines, overlayTitle, topOf} from '../lines/overlay-lines.ts';
import {Panes} from './panes.tsx';
import {Picker} from './picker.tsx';
import {Question} from './question.tsx';
import {TextOverlay} from './text-overlay.tsx';

type Props = {readonly explorer: Explorer; readonly model: Model; readonly rows: number};

/** What lies between header and footer: a question, an overlay, or the panes. */
export function Body({explorer, model, rows}: Props) {
	const {ui, session} = model;
	const {overlay} = ui;
	if (session.probe.phase === 'asking') {
		return <Question explorer={explorer} model={model} plan={session.probe.plan} rows={rows} />;
	}

	switch (overlay?.kind) {
		case undefined:
			return <Panes model={model} />;
		case 'kinds':
		case 'pulse':
		case 'object':
		case 'differs':
			return (
				<TextOverlay
					model={model}
					title={overlayTitle(overlay, model)}
					lines={overlayLines(overlay.kind, model)}
					top={topOf(overlay, model)}
					rows={rows}
				/>
			);
		case 'matrix':
			return <MatrixOverlay model={model} overlay={overlay} rows={rows} />;
		case 'help':
		case 'used-by':
		case 'crossing':
		case 'favourites':
		case 'namespaces':
		case 'contexts':
			return <Picker model={model} overlay={overlay} rows={rows} />;
	}
}

type MatrixProps = Omit<Props, 'explorer'> & {readonly overlay: Parameters<typeof matrixOverlayLines>[0]};

function MatrixOverlay({model, overlay, rows}: MatrixProps) {
	const {session, wanted} = model;
	return (
		<TextOverlay
			model={model}
			title={`From everywhere  ${session.matrix?.target.text ?? wanted?.target ?? ''}`}
			lines={matrixOverlayLines(overlay, model)}
			top={Math.max(0, overlay.row - rows + 6)}
			rows={rows}
		/>
	);
}
