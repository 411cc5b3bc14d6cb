import { SeededRandom } from './random.js';

/** How a member of the demo is called: `name` in full, `alias` as others see it. */
export interface DemoPerson {
  readonly name: string;
  readonly alias: string;
}

const WOMEN =
  'Carmen Laura Marta Elena Sara Paula Ana Cristina Isabel Nuria Rocío Pilar Alba Inés Teresa Beatriz Irene Silvia Rosa Julia Noelia Mónica Clara Raquel Amparo Eva Patricia Lorena Sofía Mercedes'.split(
    ' ',
  );
const MEN =
  'Javier Pablo Sergio Daniel Álvaro Hugo Manuel Antonio Jorge Luis Miguel Raúl Adrián Rubén Diego Iván Óscar Alberto Fernando Jaime Ángel Ignacio Tomás Andrés Víctor Emilio Rafael Gonzalo Mateo Joaquín'.split(
    ' ',
  );
const SURNAMES =
  'García Fernández González Rodríguez López Martínez Sánchez Pérez Gómez Martín Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Morales Suárez Ortega Delgado Castro Ortiz Rubio Marín Sanz Iglesias Medina Garrido Cortés Castillo Santos Lozano Guerrero Cano Prieto Méndez Cruz Calvo Gallego Vidal León Márquez Herrera Peña Flores Cabrera'.split(
    ' ',
  );

/** Feminine and masculine things with the adjectives that agree with them. */
const THINGS = [
  {
    nouns:
      'Brisa Luna Guitarra Mimosa Peonza Cometa Farola Granada Marea Plaza Jacaranda Campana Golondrina Aceituna Estrella'.split(
        ' ',
      ),
    adjectives: 'azul alegre serena dorada clara valiente tranquila curiosa verde lejana'.split(' '),
  },
  {
    nouns:
      'Farolillo Jazmín Olivo Verano Tambor Vencejo Limonero Abanico Río Faro Clavel Almendro Mirlo Balcón Sendero'.split(
        ' ',
      ),
    adjectives: 'azul alegre sereno dorado claro valiente tranquilo curioso verde lejano'.split(' '),
  },
];

/**
 * So many people with realistic Spanish names, women and men in turn, no name and no alias twice; the same seed gives the
 * same people. There are names for 300.
 */
export function nameDemoPeople(count: number, seed: number): DemoPerson[] {
  const random = new SeededRandom(seed);
  const women = random.shuffle(WOMEN);
  const men = random.shuffle(MEN);
  const surnames = random.shuffle(SURNAMES);
  const aliases = random.shuffle(
    THINGS.flatMap(({ nouns, adjectives }) => nouns.flatMap((noun) => adjectives.map((word) => `${noun} ${word}`))),
  );
  return Array.from({ length: count }, (_, index) => {
    const given = index % 2 === 0 ? women : men;
    // Each round through the surnames pairs them anew, and never one with itself: 6 divides the step, but not 11.
    const round = Math.floor(index / surnames.length);
    const first = surnames[index % surnames.length] ?? '';
    const second = surnames[(index * 7 + 11 + round * 6) % surnames.length] ?? '';
    return {
      name: `${given[(index >> 1) % given.length]} ${first} ${second}`,
      alias: aliases[index % aliases.length] ?? '',
    };
  });
}
