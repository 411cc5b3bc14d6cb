/** Which methods the addresses below `/api` take, as the routes were declared: an address without this method is there all the same. */
export class AllowedMethods {
  private readonly routes: { readonly method: string; readonly form: RegExp }[] = [];

  /** Takes in a declared route, its parameters as `:name`. */
  add(method: string | readonly string[], url: string): void {
    // What answers any address tells nothing of this one.
    if (url.includes('*')) return;
    const parts = url
      .split('/')
      .map((part) => (part.startsWith(':') ? '[^/]+' : part.replaceAll(/[^\w-]/g, String.raw`\$&`)));
    const form = new RegExp(`^${parts.join('/')}/?$`);
    for (const one of [method].flat()) this.routes.push({ method: one, form });
  }

  /** In order of the alphabet; none where there is no such address. */
  of(url: string): string[] {
    const [path = ''] = url.split('?', 1);
    return [...new Set(this.routes.flatMap(({ method, form }) => (form.test(path) ? [method] : [])))].sort();
  }
}
