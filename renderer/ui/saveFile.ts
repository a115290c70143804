/** Has the browser save a file, by its own way of asking where. */
export function saveFile(name: string, content: Blob): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // Only after the browser has taken it.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
