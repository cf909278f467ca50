import { expect, test } from 'vitest'
import { readStepName, takesPlaceOf, titleOfStep } from '../../../src/app/branch/step-name.ts'

test.each([
  ['multiarch/kubespray-2.30.0', 'Kubespray v2.30.0'],
  ['multiarch/kubernetes-1.33.5', 'Kubernetes 1.33.5'],
  ['multiarch/addons-2.31.0', 'the add-ons on Kubespray v2.31.0'],
  ['multiarch/prod/kubespray-2.30.0', 'Kubespray v2.30.0 of prod'],
  ['multiarch/lab.example.com/kubernetes-1.33.5', 'Kubernetes 1.33.5 of lab.example.com'],
  ['multiarch/prod/addons-2.31.0', 'the add-ons on Kubespray v2.31.0 of prod'],
  ['multiarch/prod/audit', undefined],
  ['multiarch/a/b/kubespray-2.30.0', undefined],
  ['multiarch/onboarding', undefined],
  ['multiarch/audit', undefined],
  ['multiarch/kubespray-2.30', undefined],
  ['multiarch/kubespray-2.30.0-2', undefined],
  ['kubespray-2.30.0', undefined],
  ['feature/multiarch/kubespray-2.30.0', undefined],
])('the branch %s is for %s', (branch, title) => {
  const step = readStepName(branch, 'main')
  expect(step && titleOfStep(step)).toBe(title)
})

test.each([
  ['kubespray-2.30.1', 'kubespray-2.30.0', true],
  ['kubespray-2.30.0', 'kubespray-2.30.1', false],
  ['kubespray-2.30.0', 'kubespray-2.30.0', false],
  ['kubespray-2.31.0', 'kubespray-2.30.0', false],
  ['kubernetes-1.33.7', 'kubernetes-1.33.5', true],
  ['kubernetes-1.34.1', 'kubernetes-1.33.5', false],
  ['kubespray-2.30.1', 'kubernetes-1.33.5', false],
  ['addons-2.31.0', 'addons-2.30.0', true],
  ['prod/kubespray-2.30.1', 'prod/kubespray-2.30.0', true],
  ['prod/kubespray-2.30.1', 'lab/kubespray-2.30.0', false],
  ['prod/kubespray-2.30.1', 'kubespray-2.30.0', false],
])('%s takes the place of %s: %s', (newer, older, expected) => {
  const [after, before] = [newer, older].map((name) => readStepName(`multiarch/${name}`, 'main'))
  expect(after && before && takesPlaceOf(after, before)).toBe(expected)
})
