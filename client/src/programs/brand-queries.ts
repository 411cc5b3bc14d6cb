import { queryOptions } from '@tanstack/svelte-query';
import { listBrands, listShops } from '@verbena/shared/programs/brands.routes.js';
import { call } from '#lib/api/call.js';

export const brandsQuery = (program: string) =>
  queryOptions({
    queryKey: ['brands', program] as const,
    queryFn: ({ signal }) => call(listBrands, { params: { program }, signal }),
    staleTime: 0,
  });

export const shopsQuery = (program: string) =>
  queryOptions({
    queryKey: ['shops', program] as const,
    queryFn: ({ signal }) => call(listShops, { params: { program }, signal }),
    staleTime: 0,
  });
