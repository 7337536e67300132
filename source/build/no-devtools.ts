// Stands in for `react-devtools-core`, which ink imports and never uses in production.
// oxlint-disable-next-line import/no-default-export -- ink imports the default
export default {connectToDevTools() {}, initialize() {}};
