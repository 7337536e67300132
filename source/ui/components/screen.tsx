import {Box} from 'ink';
import {exactly} from '../../view/text/fit.ts';
import {headerLine} from '../../view/header-line.ts';
import {hopNames} from '../../view/text/words.ts';
import type {Explorer} from '../explorer.ts';
import {footerLine} from '../lines/footer-line.ts';
import {noticeLines} from '../lines/notice-lines.ts';
import {elsewhere} from '../elsewhere.ts';
import type {Model} from '../model.ts';
import {Body} from './body.tsx';
import {Row} from './row.tsx';

/** What is open below the namespace. */
function crumbsOf(model: Model): readonly string[] {
	const {ui, path, wanted, hop, lingers} = model;
	if (ui.focus === 'entries' || !wanted) {
		return [];
	}

	const title = (lingers ? undefined : path?.title) ?? wanted.target;
	return [title.replace(/^https?:\/\//u, ''), ...(ui.focus === 'detail' && hop ? [hopNames[hop.kind]] : [])];
}

/** The whole screen: exactly as many rows and columns as the terminal has. */
export function Screen({explorer, model}: {readonly explorer: Explorer; readonly model: Model}) {
	const {ui, session, now, glyphs, layout} = model;
	const {columns, rows} = ui.size;
	const banners = model.banners.slice(0, layout.banners);
	const notice = noticeLines(model);
	const body = Math.max(1, rows - Number(layout.header) - Number(layout.footer) - layout.banners);
	// The answers to a question stand in its last rows: it gets smaller instead.
	const rowsOfBody = session.probe.phase === 'asking' ? Math.max(1, body - notice.length) : body;
	const header = headerLine(session, {
		width: columns,
		now,
		glyphs,
		pausedSince: ui.pausedSince,
		crumbs: crumbsOf(model),
		elsewhere: elsewhere(model),
	});
	return (
		<Box flexDirection="column" width={columns} height={rows} overflow="hidden">
			{layout.header && <Row line={header} />}
			{banners.map((line, position) => (
				<Row key={position} line={exactly(line, columns, glyphs.ellipsis)} />
			))}
			<Box height={Math.max(0, body - notice.length)} flexDirection="column" overflow="hidden">
				<Box height={rowsOfBody} flexShrink={0} flexDirection="column">
					<Body explorer={explorer} model={model} rows={rowsOfBody} />
				</Box>
			</Box>
			{notice.map((line, position) => (
				<Row key={position} line={line} />
			))}
			{layout.footer && <Row line={footerLine(model)} />}
		</Box>
	);
}
