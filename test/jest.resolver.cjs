// Source files name their imports with the ending they have when they run (`./rank-window.js`); jest reads the sources, so in
// our own folders `.js` may stand for `.ts`. Everything else (the `imports` and `exports` fields, conditions) is jest's own.
const alias = { '.js': ['.ts', '.js'] };

module.exports = (request, options) =>
  options.defaultResolver(
    request,
    request.startsWith('.') && !options.basedir.includes('node_modules')
      ? { ...options, extensionAlias: alias }
      : options,
  );
