/** Resolves once the process was asked to stop (SIGTERM, or Ctrl-C) and what that calls for is done. */
export function onStopSignal(stop: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const once = (): void => {
      // A second signal means at once, as Node would have it.
      process.removeListener('SIGTERM', once)
      process.removeListener('SIGINT', once)
      stop().then(resolve, reject)
    }
    process.on('SIGTERM', once)
    process.on('SIGINT', once)
  })
}
