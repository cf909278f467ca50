/*
 * What the steps of the images' workflow run. GitHub's Ubuntu images have skopeo, buildah and jq; none of them needs Docker, so that the same
 * lines are tried against a registry in tests. What a step is given comes in its environment, never into its text.
 */

/** Whom a step pushes as and where to; `RUNNER_TEMP` is GitHub's own. GHCR takes owners in small letters alone. */
const BEGIN = `
image="$REGISTRY/\${OWNER,,}/$TARGET"
export REGISTRY_AUTH_FILE="$RUNNER_TEMP/auth.json"
skopeo login --username "$ACTOR" --password-stdin "$REGISTRY" <<<"$TOKEN"
`

/** Reads what stands under a name of ours. Only what says that nothing is there counts as that; a package that is new may be refused instead. */
const LOOK = `
look() {
  skopeo inspect --raw "docker://$1" >there.json 2>there.err && return
  cat there.err
  grep --quiet --ignore-case --extended-regexp 'manifest unknown|name unknown|not found|denied' there.err || exit 1
  echo '{}' >there.json
}
`

/**
 * Puts builds for single architectures together as one list, by their digests. What is there is compared, architecture by architecture, so
 * nothing is pushed where nothing changed, and a part that was built anew or came later is taken up.
 */
const ASSEMBLE = script(`
${BEGIN}
cd "$(mktemp -d)"
${LOOK}
linux='.manifests[]? | select(.platform.os == "linux") | [.platform.architecture, .digest, .platform.variant // empty] | join(" ")'

for part in $PARTS; do
  architecture=\${part%%=*} name=\${part#*=}
  skopeo inspect --raw "docker://$name" >part.json
  if jq --exit-status .manifests part.json >part.list; then
    jq --raw-output "$linux" part.json | grep "^$architecture " >found ||
      { echo "::error::$name has nothing for $architecture any more."; exit 1; }
  else
    echo "$architecture $(skopeo manifest-digest part.json)" >found
  fi
  case $name in *@*) repository=\${name%@*} ;; *) repository=\${name%:*} ;; esac
  while read -r line; do echo "$line $repository" >>wanted; done <found
done

look "$image"
jq --raw-output "$linux" there.json | cut --delimiter=' ' --fields=1,2 | sort >is
cut --delimiter=' ' --fields=1,2 wanted | sort >should-be
if cmp --silent is should-be; then
  echo "$image has these builds already."
else
  list="list-$$"
  buildah manifest create "$list"
  while read -r architecture digest variant repository; do
    [ -n "$repository" ] || { repository=$variant; variant=; }
    buildah manifest add --os linux --arch "$architecture" \${variant:+--variant "$variant"} "$list" "docker://$repository@$digest"
  done <wanted
  buildah manifest push --all "$list" "docker://$image"
  buildah manifest rm "$list"
fi
echo "image=$image" >>"$GITHUB_OUTPUT"
`)

/**
 * Says whether an image has to be built: not where one that was made of the same files is there with every platform. What it was made of is
 * the tree of its folder, in a tag of its own beside the one that is used.
 */
const DECIDE = script(`
[ -f "$FOLDER/Dockerfile" ] || { echo "::error::There is no $FOLDER/Dockerfile to build $TARGET from."; exit 1; }
${BEGIN}
made_of="$image-$(git rev-parse "HEAD:$FOLDER" | cut --characters=1-12)"
cd "$(mktemp -d)"
${LOOK}
look "$made_of"
build=false
for platform in \${PLATFORMS//,/ }; do
  jq --exit-status --arg platform "$platform" \\
    '[.manifests[]?.platform | [.os, .architecture, .variant // empty] | join("/")] | any(. == $platform or . == $platform + "/v8")' \\
    there.json >is || build=true
done
[ "$build" = true ] || echo "$image is made of these files already."
printf '%s\\n' "image=$image" "made-of=$made_of" "build=$build" >>"$GITHUB_OUTPUT"
`)

/** A new package is private, and nodes pull without an account: seen by asking as they do. */
const AS_NODES = script(`
skopeo inspect --raw --no-creds "docker://$IMAGE" >/dev/null ||
  echo "::warning::Without an account I could not read $IMAGE. A new package is private, and nodes pull without one: make it public in its settings."
`)

/** By what they do. */
export const IMAGE_SCRIPTS = { assemble: ASSEMBLE, decide: DECIDE, asNodes: AS_NODES } as const

function script(text: string): readonly string[] {
  return text
    .trim()
    .replaceAll(/\n{3,}/g, '\n\n')
    .split('\n')
}
