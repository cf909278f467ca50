/** Where the config is looked for, on the branch that holds the patches. */
export const CONFIG_PATH = '.github/multiarch.yml'
