#!/usr/bin/env bash
# Draw a story with a person's say, with bash and curl and nothing else:
#
#   mangaka serve                                       # in another terminal
#   examples/clients/curl.sh STORY.txt book.pdf
#
# It makes a work that stops after each phase, follows its stream (and comes back with Last-Event-ID whenever the stream
# is cut), says yes to every phase, asks for one thing to be different on the way, and fetches the book as a PDF.
#
# MANGA_URL    where the service answers (http://127.0.0.1:8700)
# MANGA_TOKEN  who you are (`mangaka token`); a service on your own machine asks for none
# SENTENCE     what should be different
set -euo pipefail

url=${MANGA_URL:-http://127.0.0.1:8700}
sentence=${SENTENCE:-Call it The Last Lantern.}
story=${1:?a text file} book=${2:?where the PDF goes}

api() { # PATH [curl's options]
  local path=$1
  shift
  curl --silent --show-error --fail-with-body ${MANGA_TOKEN:+--header "Authorization: Bearer $MANGA_TOKEN"} "$@" "$url$path"
}

quoted() { # a text as a JSON string
  local text
  text=$(tr -d '\000-\010\013\014\016-\037\177' | sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' -e 's/\t/\\t/g' -e 's/\r//g' -e 's/$/\\n/' | tr -d '\n')
  printf '"%s"' "$text"
}

field() { # the first string of that name in a line of JSON
  sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" | head -n 1
}

post() { # PATH, with the body from stdin
  api "$1" --request POST --header 'Content-Type: application/json' --data-binary @-
}

work=$(printf '{"text": %s, "feedback_mode": {"enabled": true}}' "$(quoted <"$story")" | post /v1/works |
  grep -o '"id": *"[0-9a-f-]*"' | head -n 1 | field id)
echo "$url/v1/works/$work"

last=0 type='' asked=''
until [[ $type == completed ]]; do
  while IFS= read -r line; do
    case $line in
      'event: '*) type=${line#event: } ;;
      'id: '*) last=${line#id: } ;;
      'data: '*)
        printf '%8s  %s\n' "$last" "$type"
        case $type in
          review_requested)
            if [[ -z $asked ]]; then
              asked=yes
              printf '{"action": "feedback", "text": %s}' "$(quoted <<<"$sentence")" | post "/v1/works/$work/feedback" >/dev/null
            else
              echo '{"action": "approve"}' | post "/v1/works/$work/feedback" >/dev/null
            fi
            ;;
          failed | cancelled) exit 1 ;;
          completed) break ;;
        esac
        ;;
    esac
  done < <(api "/v1/works/$work/events" --no-buffer --header "Last-Event-ID: $last" || true)
  [[ $type == completed ]] || sleep 0.3 # cut off: go on after the last event we have
done

api "/v1/works/$work/files/book.pdf" --output "$book"
echo "$book"
