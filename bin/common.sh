# shellcheck shell=bash
# Read by the scripts beside it; not run by itself.
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
program="$root/artifacts/bin/Amends/release/amends"

fail() { printf '%s\n' "$1" >&2; exit "${2:-1}"; }

# Prints the comment at the top of a script: its usage.
usage() { sed -n '2,/^$/s/^# \{0,1\}//p' "$0"; }

need_sdk() {
    command -v dotnet >/dev/null || fail "Amends needs the .NET 10 SDK, and there is no 'dotnet' here.
Install it as https://learn.microsoft.com/dotnet/core/install says for your system, then run this again."
    (cd "$root" && dotnet --version >/dev/null 2>&1) || fail "Amends needs the .NET 10 SDK that global.json asks for; here are only:
$(dotnet --list-sdks)
Install it as https://learn.microsoft.com/dotnet/core/install says for your system, then run this again."
}

# Two scripts in one checkout must not build at the same time.
build_lock() {
    mkdir -p "$root/artifacts"
    exec 9>"$root/artifacts/.building"
    if command -v flock >/dev/null; then flock 9; fi
}
build_unlock() { exec 9>&-; }

# Builds the program in Release when a source is newer than the last build.
build_program() {
    local stamp="$root/artifacts/.built"
    build_lock
    if [ ! -x "$program" ] || [ ! -e "$stamp" ] ||
        [ -n "$(find "$root/src" "$root"/Directory.*.props "$root/global.json" -newer "$stamp" -print -quit)" ]; then
        need_sdk
        echo "Building Amends (the first time takes about a minute)…" >&2
        touch "$stamp.new"
        # a compiler that runs for a minute does not earn back what it costs to profile its code
        DOTNET_TieredPGO=0 dotnet build "$root/src/Amends" -c Release -v q -clp:ErrorsOnly -nodeReuse:false >&2 9>&- ||
            fail "The build failed; the lines above say where."
        mv "$stamp.new" "$stamp"
    fi
    build_unlock
}
