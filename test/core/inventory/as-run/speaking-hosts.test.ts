import { expect, test } from 'vitest'
import { speakingHosts } from '../../../../src/core/inventory/as-run/speaking-hosts.ts'
import { inventoryOf } from '../../../support/inventory.ts'

function spoken(hosts: string): readonly string[] {
  const { settings } = inventoryOf(new Map([['x/hosts.ini', `[all]\n${hosts}\n`]]))
  return speakingHosts(settings).map(({ host, architecture, word }) => `${host} ${architecture} ${word}`)
}

const table: readonly [string, readonly string[]][] = [
  ['rpi3', ['rpi3 arm64 rpi3']],
  ['k8s-raspberrypi-01', ['k8s-raspberrypi-01 arm64 raspberrypi-01']],
  ['pi4.lan', ['pi4.lan arm64 pi4']],
  ['jetson-nano', ['jetson-nano arm64 jetson-nano']],
  ['odroid-c4', ['odroid-c4 arm64 odroid-c4']],
  ['rock64', ['rock64 arm64 rock64']],
  ['nuc[0:1]', ['nuc0 amd64 nuc0', 'nuc1 amd64 nuc1']],
  ['a instance_type=t4g.medium', ['a arm64 t4g.medium']],
  ['a aws_instance_type=m6gd.2xlarge', ['a arm64 m6gd.2xlarge']],
  ['a server_type=cax11', ['a arm64 cax11']],
  ['c7g-worker', ['c7g-worker arm64 c7g']],
  ['graviton-1', ['graviton-1 arm64 graviton-1']],
  ['ampere01', ['ampere01 arm64 ampere01']],
  // What only has such letters in it says nothing.
  ['pipeline', []],
  ['api1', []],
  ['alarm', []],
  ['a instance_type=m6i.large', []],
  ['rocket', []],
  ['nucleus', []],
  ['a comment=rpi3', []],
  ['node1', []],
]

test.each(table)('hears of `%s`', (hosts, words) => {
  expect(spoken(hosts)).toEqual(words)
})
