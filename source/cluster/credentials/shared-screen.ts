/** A full-screen program with which exec plugins share the terminal. */
export type SharedScreen = {
	/** Whether it is open when the first credential is fetched. Later it is. */
	readonly isOpen: boolean;
	/** Takes it down for as long as `use` runs: the terminal is nobody else's then. */
	readonly lend: <T>(use: () => Promise<T>) => Promise<T>;
	/** Told what a plugin printed while the screen was open: one line, safe to show. */
	readonly note: (text: string) => void;
};
