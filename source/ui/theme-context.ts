import {createContext, useContext} from 'react';
import {unicodeGlyphs, type Glyphs} from '../view/text/glyphs.ts';
import {colourTheme, type Theme} from './theme.ts';

/** How things look, for every component below. */
export type Appearance = {readonly theme: Theme; readonly glyphs: Glyphs};

export const ThemeContext = createContext<Appearance>({theme: colourTheme, glyphs: unicodeGlyphs});

export function useTheme(): Appearance {
	return useContext(ThemeContext);
}
