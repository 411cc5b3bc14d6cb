/**
 * Puts the text of an input on the clipboard: by the permission where there is one, else by the old command, which needs
 * none but a selection.
 *
 * @returns whether it is there; where not, the text is left selected
 */
export async function copyFrom(input: HTMLInputElement): Promise<boolean> {
  try {
    // Declared always there, and absent in an insecure context.
    if ('clipboard' in navigator) {
      await navigator.clipboard.writeText(input.value);
      return true;
    }
  } catch {
    // Refused: the other way may still do.
  }
  input.focus();
  input.select();
  return document.execCommand('copy');
}
