#!/bin/sh
# Installs Latchkey's command line for you alone, from the server that gave you this script:
#   sh install.sh               installs it, or brings it up to date
#   sh install.sh --uninstall   removes what this has installed, and nothing else
# Afterwards the jar is in ~/.local/share/latchkey, the command in ~/.local/bin/latchkey, and the server's address in
# ~/.config/latchkey/server. It asks for no password and for no rights of an administrator.
set -eu

server=@SERVER@
mark='# The command latchkey, as install.sh of a Latchkey server has written it.'

say() {
    printf '%s\n' "$*"
}

fail() {
    printf 'latchkey: %s\n' "$*" >&2
    exit 1
}

usage() {
    say 'Usage: sh install.sh [--uninstall]'
}

has() {
    command -v "$1" >/dev/null 2>&1
}

# One word for a shell, whatever stands in it.
quoted() {
    printf '%s\n' "$1" | sed "s/'/'\\\\''/g; 1s/^/'/; \$s/\$/'/"
}

is_ours() {
    [ -f "$1" ] && grep -qF "$mark" "$1"
}

require_java() {
    java=java
    if [ -n "${JAVA_HOME-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
        java=$JAVA_HOME/bin/java
    fi
    # What calls itself java on a Mac may only be a note where to get one, so it has to say its version.
    version=$("$java" -version 2>&1 </dev/null | sed -n 's/.* version "\([0-9][^"]*\)".*/\1/p' | head -n 1)
    if [ -z "$version" ]; then
        fail 'Java is missing. Install Java 17 or newer (such as openjdk-17-jre-headless, or one from https://adoptium.net) and run this again.'
    fi
    if [ "${version%%[!0-9]*}" -lt 17 ]; then
        fail "This is Java $version, which is too old. Install Java 17 or newer, or set JAVA_HOME to where it is, and run this again."
    fi
}

require_tools() {
    if ! has curl && ! has wget; then
        fail 'Both curl and wget are missing. Install one of them and run this again.'
    fi
    if ! has sha256sum && ! has shasum; then
        fail 'Both sha256sum and shasum are missing. Install one of them and run this again.'
    fi
}

fetch() {
    if has curl; then
        curl -gfsSL -o "$2" "$1" </dev/null || fail "Cannot download $1"
    else
        wget -q -O "$2" "$1" </dev/null || fail "Cannot download $1"
    fi
}

sha256() {
    if has sha256sum; then
        sha256sum <"$1"
    else
        shasum -a 256 <"$1"
    fi | cut -d ' ' -f 1
}

verify() {
    wanted=$(cut -d ' ' -f 1 <"$work/latchkey.jar.sha256")
    found=$(sha256 "$work/latchkey.jar")
    if [ -z "$found" ] || [ "$found" != "$wanted" ]; then
        fail "What came is not the jar that the server has: its SHA-256 is $found. Nothing was installed. Run this again."
    fi
}

# Puts a file where it belongs in one step: whoever runs the old one meanwhile keeps it.
place() {
    fresh=$2.new.$$
    cp "$1" "$fresh"
    chmod "$3" "$fresh"
    mv -f "$fresh" "$2"
    fresh=
}

place_jar() {
    if cmp -s "$work/latchkey.jar" "$share/latchkey.jar"; then
        return
    fi
    place "$work/latchkey.jar" "$share/latchkey.jar" 644
    rm -f "$share/archive.key" "$share/archive.jsa" "$share/archive.aot"
}

remember_server() {
    (umask 077 && mkdir -p "$config")
    chmod 700 "$config"
    say "$server" >"$work/server"
    place "$work/server" "$config/server" 600
}

write_command() {
    say '#!/bin/sh'
    say "$mark"
    say "home=$(quoted "$share")"
    cat <<'END'
jar=$home/latchkey.jar
java=$(command -v java || :)
if [ -n "${JAVA_HOME-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
    java=$JAVA_HOME/bin/java
fi
if [ -z "$java" ]; then
    echo 'latchkey: Java is missing. Install Java 17 or newer, or set JAVA_HOME to where it is.' >&2
    exit 1
fi

# A server runs long enough to profit from what is left out below.
if [ "${1-serve}" = serve ]; then
    exec "$java" -jar "$jar" "$@"
fi

# Commands start sooner from an archive of classes that are read already. It fits one jar and one Java: the key says which.
key=$(ls -lLin "$java" "$jar" 2>/dev/null)
known=
if [ -r "$home/archive.key" ]; then
    known=$(cat "$home/archive.key")
fi

make_archive() {
    new=$home/archive.new.$$
    # The key goes first, so that what fails is not tried again with every command.
    rm -f "$home/archive.jsa" "$home/archive.aot"
    printf '%s\n' "$key" >"$home/archive.key" || return
    case $("$java" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p') in
    1? | 2[0-4]) kind=jsa option=-XX:ArchiveClassesAtExit ;;
    *) kind=aot option=-XX:AOTCacheOutput ;;
    esac
    "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 "$option=$new" -jar "$jar" rehearse
    if [ -f "$new" ] && [ "$(cat "$home/archive.key")" = "$key" ]; then
        mv -f "$new" "$home/archive.$kind"
    fi
    rm -f "$new" "$new.config"
}

set -- -jar "$jar" "$@"
if [ "$key" != "$known" ]; then
    (trap '' HUP && make_archive) </dev/null >/dev/null 2>&1 &
elif [ -f "$home/archive.jsa" ]; then
    set -- -Xshare:auto "-XX:SharedArchiveFile=$home/archive.jsa" "$@"
elif [ -f "$home/archive.aot" ]; then
    # Java refuses to start when it is told -Xshare as well.
    set -- "-XX:AOTCache=$home/archive.aot" "$@"
fi
# The JVM would complain, even on standard output, of an archive that it cannot use; it goes on without.
exec "$java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable "$@"
END
}

clean_up() {
    rm -rf "$work"
    if [ -n "$fresh" ]; then
        rm -f "$fresh"
    fi
}

# What is downloaded is checked elsewhere first: until then nothing in HOME changes.
install_latchkey() {
    require_java
    require_tools
    if [ -e "$command" ] && ! is_ours "$command"; then
        fail "$command is there already and is not ours. Move it away and run this again."
    fi
    fresh=
    work=$(mktemp -d "${TMPDIR:-/tmp}/latchkey.XXXXXX")
    trap clean_up EXIT
    trap 'exit 1' HUP INT TERM
    say "Downloading from $server"
    fetch "$server/cli/download" "$work/latchkey.jar"
    fetch "$server/cli/latchkey.jar.sha256" "$work/latchkey.jar.sha256"
    verify
    write_command >"$work/latchkey"
    mkdir -p "$share" "${command%/*}"
    place_jar
    place "$work/latchkey" "$command" 755
    remember_server
    "$command" --version </dev/null || fail "It is installed in $share, but does not start."
    say "Installed. The command is $command"
    case :${PATH-}: in
    *":${command%/*}:"*) say 'Sign in with: latchkey login' ;;
    *)
        say "${command%/*} is not on your PATH. Add this line to ~/.profile and open a new terminal:"
        # shellcheck disable=SC2016 # the line is for later
        say '  export PATH="$HOME/.local/bin:$PATH"'
        ;;
    esac
}

uninstall() {
    if is_ours "$command"; then
        rm -f "$command"
    fi
    rm -f "$share/latchkey.jar" "$share/archive.key" "$share/archive.jsa" "$share/archive.aot" "$share"/archive.new.*
    rmdir "$share" 2>/dev/null || :
    # A sign-in at another server has put another address there.
    if [ -f "$config/server" ] && [ "$(cat "$config/server")" = "$server" ]; then
        rm -f "$config/server"
    fi
    rmdir "$config" 2>/dev/null || :
    say 'Removed.'
    if [ -e "$config/sign-in.json" ]; then
        say "Your sign-in is still in $config. Remove that folder too when you no longer need it, and end the sign-in in the library."
    fi
}

main() {
    case ${HOME-} in
    /*) ;;
    *) fail 'HOME does not say where your home folder is.' ;;
    esac
    share=$HOME/.local/share/latchkey
    command=$HOME/.local/bin/latchkey
    config=$HOME/.config/latchkey
    case $#:${1-} in
    0:) install_latchkey ;;
    1:--uninstall) uninstall ;;
    1:--help | 1:-h) usage ;;
    *)
        usage >&2
        exit 2
        ;;
    esac
}

# At the very end: a script that was cut short on its way does nothing.
main "$@"
