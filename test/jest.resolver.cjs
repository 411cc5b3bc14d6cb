// Source files name their imports with the ending they have when they run (`./rank-window.js`); jest reads the sources, so in
// our own folders `.js` may stand for `.ts`. Everything else (the `imports` and `exports` fields, conditions) is jest's own.
const alias = { '.js': ['.ts', '.js'] };
/** Where jest only asks which files import which (`npm test -- affected`), it names no conditions. */
const sources = ['source', 'import', 'node', 'default'];

module.exports = (request, options) => {
  const isOurs = request.startsWith('.') && !options.basedir.includes('node_modules');
  return options.defaultResolver(request, {
    ...options,
    conditions: options.conditions ?? sources,
    ...(isOurs && { extensionAlias: alias }),
  });
};
