/** What is done about an add-on: switched off, left alone, or a person is asked. The config names one for each add-on. */
export type AddonPolicy = 'disable' | 'keep' | 'ask'
