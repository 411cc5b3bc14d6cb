// Runs before the first paint: sets theme and language of the page, so that nothing flashes. No module, no dependency.
(function () {
  var root = document.documentElement;
  var dark = window.matchMedia('(prefers-color-scheme: dark)');
  var read = function (key) {
    try {
      return localStorage.getItem(key);
    } catch {
      return null;
    }
  };
  var apply = function () {
    var choice = root.dataset.themeChoice || 'auto';
    var theme = choice === 'auto' ? (dark.matches ? 'dark' : 'light') : choice;
    root.dataset.theme = theme;
    var meta = document.querySelector('meta[name=theme-color]');
    if (meta) meta.content = theme === 'dark' ? '#160E1B' : '#FFFAF5';
  };
  var choice = read('verbena:theme');
  root.dataset.themeChoice = choice === 'light' || choice === 'dark' ? choice : 'auto';
  var language = read('verbena:language');
  if (language !== 'es' && language !== 'en') language = /^en\b/i.test(navigator.language) ? 'en' : 'es';
  root.lang = language;
  apply();
  dark.addEventListener('change', apply);
  root.addEventListener('verbena:theme', apply);
})();
