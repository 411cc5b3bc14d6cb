/** What a basket of the demo shows of where and what was bought. */
export interface DemoBasket {
  readonly store: string;
  readonly departments: readonly { readonly name: string; readonly amountMinor: number }[];
}

/** Each department of the data under a Spanish name of its own: eight distinct ones stay eight. */
const DEPARTMENTS: Readonly<Record<string, string>> = {
  GROCERY: 'Alimentación',
  'DRUG GM': 'Perfumería y hogar',
  PRODUCE: 'Frutería',
  'MEAT-PCKGD': 'Charcutería',
  MEAT: 'Carnicería',
  DELI: 'Platos preparados',
  PASTRY: 'Panadería',
  FUEL: 'Gasolinera',
  NUTRITION: 'Herbolario',
  'SEAFOOD-PCKGD': 'Conservas y ahumados',
  'SALAD BAR': 'Ensaladas',
  MISCELLANEOUS: 'Librería',
  OTHER: 'Bazar',
  COSMETICS: 'Cosmética',
  FLORAL: 'Floristería',
  SEAFOOD: 'Pescadería',
  SPIRITS: 'Bodega',
  'GARDEN CENTER': 'Jardinería',
  COUPON: 'Vales',
  'CHEF SHOPPE': 'Menaje',
  'TRAVEL & LEISURE': 'Viajes',
  RESTAURANT: 'Restaurante',
  'FROZEN GROCERY': 'Congelados',
  AUTOMOTIVE: 'Automóvil',
  'GM MERCH EXP': 'Textil',
  'PHOTO & VIDEO': 'Fotografía',
  TOYS: 'Juguetería',
  'CNTRL/STORE SUP': 'Papelería',
  'PROD-WHS SALES': 'Mayoristas',
  'POSTAL CENTER': 'Correos',
};

/** Shops of one trade, for a basket that is mostly of it. */
const SPECIALISTS: Readonly<Record<string, readonly string[]>> = {
  'Perfumería y hogar': ['Perfumería Nácar', 'Droguería Olmedo'],
  Frutería: ['Frutería La Huerta', 'Frutas Amparo'],
  Charcutería: ['Charcutería Sierra'],
  Carnicería: ['Carnicería Hermanos Vega', 'Carnicería Rosario'],
  'Platos preparados': ['La Cocina de Inés'],
  Panadería: ['Panadería La Espiga', 'Horno San Telmo'],
  Gasolinera: ['Gasolinera Plaza'],
  Herbolario: ['Herbolario Romero'],
  'Conservas y ahumados': ['Ultramarinos Cantábrico'],
  Ensaladas: ['Verde y Aceite'],
  Librería: ['Librería Alba', 'Librería El Farol'],
  Bazar: ['Bazar Central'],
  Cosmética: ['Cosmética Jazmín'],
  Floristería: ['Floristería Azahar'],
  Pescadería: ['Pescadería El Puerto'],
  Bodega: ['Bodega Las Viñas'],
  Jardinería: ['Vivero Los Olivos'],
  Menaje: ['Menaje Torres'],
  Viajes: ['Viajes Levante'],
  Restaurante: ['Casa Marcial'],
  Juguetería: ['Juguetes Trompo'],
};

const MARKETS = [
  'Mercado de la Plaza',
  'Supermercado La Despensa',
  'Alimentación Vega',
  'Supermercado El Arco',
  'Mercado del Carmen',
  'Autoservicio Mirador',
  'Supermercado Las Fuentes',
  'Colmado San Lorenzo',
  'Economato Ribera',
  'Mercado Puerta Norte',
];

/**
 * A basket of the excerpt as a visitor from Spain reads it; amounts are never touched. A basket that is mostly of one trade is
 * from a shop of that trade, any other from a market; the same store gives the same one.
 */
export function showInSpanish({ store, departments }: DemoBasket): DemoBasket {
  const shown = departments.map(({ name, amountMinor }) => ({ name: DEPARTMENTS[name] ?? name, amountMinor }));
  const total = shown.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const main = shown.find(({ amountMinor }) => amountMinor * 10 > total * 6);
  const shops = (main === undefined ? undefined : SPECIALISTS[main.name]) ?? MARKETS;
  return { store: shops[numberOf(store) % shops.length] ?? store, departments: shown };
}

/** The departments' names in the data, with the Spanish ones. */
export const DEPARTMENT_NAMES: ReadonlyMap<string, string> = new Map(Object.entries(DEPARTMENTS));

function numberOf(store: string): number {
  let number = 0;
  for (const sign of store) number = (number * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003;
  return number;
}
