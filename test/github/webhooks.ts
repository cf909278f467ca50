import { createHmac, randomUUID } from 'node:crypto'
import type { Json } from './description.ts'
import { repoJson, userJson } from './render.ts'
import type { Installation, Repo, World } from './world.ts'

interface Delivery {
  readonly id: string
  readonly event: string
  readonly payload: Json
  /** What the receiver answered; 0 if it could not be reached, `undefined` while it is not sent. */
  status: number | undefined
}

/** Sent to every App without being asked for. */
const ALWAYS = new Set(['installation', 'installation_repositories', 'github_app_authorization', 'ping'])

/** GitHub drops payloads above this. */
const LARGEST = 25 * 1024 * 1024

/** Signs what happens and sends it to the App, one after the other. */
export class Webhooks {
  readonly deliveries: Delivery[] = []
  /** Where to; nothing is sent while there is no such place. */
  url: string | undefined
  /** Deliveries the network loses: each takes one event with it. GitHub does not send again by itself. */
  lose = 0
  readonly #world: World
  #queue: Promise<void> = Promise.resolve()

  constructor(world: World) {
    this.#world = world
  }

  /** Something happened in a repository; who is not installed there, or never asked for it, hears nothing. */
  emit(event: string, repo: Repo, details: Json & { readonly sender: string }): void {
    const installation = this.#world.installations.find(
      (each) => each.repositories.has(repo) && !each.suspended,
    )
    if (!installation || !this.#world.app.events.includes(event)) return
    const { sender, ...rest } = details
    this.#send(event, {
      ...rest,
      repository: repoJson(this.#world, repo),
      sender: userJson(this.#world, sender),
      installation: { id: installation.id, node_id: `I_${installation.id}` },
    })
  }

  /** Something happened to an installation. */
  emitInstallation(
    event: string,
    installation: Installation,
    details: Json & { readonly sender: string },
  ): void {
    if (!ALWAYS.has(event)) throw new Error(`${event} is no event of installations`)
    const { sender, ...rest } = details
    const account = userJson(this.#world, installation.account)
    this.#send(event, {
      ...rest,
      installation: {
        ...{ id: installation.id, account, app_id: this.#world.app.id, repository_selection: 'selected' },
        ...{ permissions: installation.permissions, events: this.#world.app.events },
      },
      sender: userJson(this.#world, sender),
    })
  }

  /** Sends a delivery again, under the id it had. */
  redeliver(delivery: Delivery): void {
    this.#enqueue(delivery)
  }

  /** Waits until everything that happened so far was sent and answered. */
  async settled(): Promise<void> {
    let queue: Promise<void>
    do await (queue = this.#queue)
    while (queue !== this.#queue)
  }

  #send(event: string, payload: Json): void {
    const delivery: Delivery = { id: randomUUID(), event, payload, status: undefined }
    this.deliveries.push(delivery)
    if (this.lose > 0) this.lose--
    else this.#enqueue(delivery)
  }

  #enqueue(delivery: Delivery): void {
    this.#queue = this.#queue.then(() => this.#post(delivery))
  }

  async #post(delivery: Delivery): Promise<void> {
    const body = JSON.stringify(delivery.payload)
    if (!this.url || Buffer.byteLength(body) > LARGEST) return
    const signature = createHmac('sha256', this.#world.app.webhookSecret).update(body).digest('hex')
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'GitHub-Hookshot/stand-in',
      'x-github-event': delivery.event,
      'x-github-delivery': delivery.id,
      'x-github-hook-installation-target-type': 'integration',
      'x-github-hook-installation-target-id': String(this.#world.app.id),
      'x-hub-signature-256': `sha256=${signature}`,
    }
    try {
      // GitHub waits ten seconds for an answer.
      const answer = await fetch(this.url, {
        method: 'POST',
        headers,
        body,
        signal: AbortSignal.timeout(10_000),
      })
      await answer.arrayBuffer()
      delivery.status = answer.status
    } catch {
      delivery.status = 0
    }
  }
}
