/** The value of a cookie, or nothing. */
export function cookie(name: string, all = document.cookie): string {
  const found = all.split("; ").find((pair) => pair.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : "";
}
