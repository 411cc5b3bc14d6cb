/** Whether a network address is this machine's own: `127.0.0.0/8`, `::1`, or the former written as IPv6. */
export function isLoopback(address: string): boolean {
  return address === '::1' || /^(?:::ffff:)?127(?:\.\d{1,3}){3}$/i.test(address);
}
