/** Asks an API as any client would; a token of a person is `ghp_` and the login. */
export async function askApi(
  url: string,
  options: { token?: string; method?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
  const answer = await fetch(url, {
    method: options.method ?? 'GET',
    headers: { ...(options.token && { authorization: `token ${options.token}` }), ...options.headers },
    ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
  })
  const text = await answer.text()
  const body = (text ? JSON.parse(text) : undefined) as Record<string, unknown>
  return { status: answer.status, headers: answer.headers, body }
}
