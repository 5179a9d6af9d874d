# Installs the packages of tools/packages.txt that are missing. Read by ./dev; nothing here removes what the user has,
# but for Boost 1.74 headers on an explicit --replace-boost.

# packages_for GROUP...: the names in the table that are marked with one of the groups
packages_for() {
    local groups=" $* "
    local package group
    while read -r package group _; do
        case "$package" in '' | '#'*) continue ;; esac
        case "$groups" in *" $group "*) echo "$package" ;; esac
    done <tools/packages.txt
}

missing_packages() {
    local installed
    installed=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' || true)
    local package
    for package in "$@"; do
        grep -qxF -- "$package" <<<"$installed" || echo "$package"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    elif command -v sudo >/dev/null; then
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    else
        die "neither root nor sudo: ask an administrator to run
    apt-get install --no-install-recommends --no-remove ${missing[*]}"
    fi
}

# Boost's 1.81 headers cannot stand beside Debian's default 1.74 ones; whose they are decides the user.
settle_boost() {
    local old
    old=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 'libboost1.74-dev' 2>/dev/null | sed -n 's/^installed //p' || true)
    [ -n "$old" ] || return 0
    case " ${missing[*]} " in *' libboost1.81-dev '*) ;; *) return 0 ;; esac
    local leaving
    leaving=$(apt-get install -s --no-install-recommends "${missing[@]}" 2>/dev/null | sed -n 's/^Remv \([^ ]*\).*/\1/p' | tr '\n' ' ')
    if [ "$replace_boost" = no ]; then
        die "this machine has the headers of Boost 1.74 (libboost1.74-dev), and mcp-api needs those of 1.81;
Debian does not let both stand side by side. Programs that are built already keep running, for the
libraries themselves stay. If nothing here is compiled against 1.74, run
    ./dev setup --replace-boost
which removes: ${leaving:-libboost1.74-dev}"
    fi
    say "replacing the headers of Boost 1.74 by 1.81; leaving: ${leaving:-libboost1.74-dev}"
    may_remove=--yes
}

# setup_packages GROUP...
setup_packages() {
    command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
        die "setup knows Debian 12 only (no apt-get here); tools/packages.txt says what is needed and why"
    local -a wanted missing
    mapfile -t wanted < <(packages_for "$@")
    mapfile -t missing < <(missing_packages "${wanted[@]}")
    [ ${#missing[@]} -gt 0 ] || return 0
    say "missing packages: ${missing[*]}"
    say "fetching the package lists"
    as_root apt-get update -qq || die "apt-get update failed: is the network there, and are /etc/apt/sources.list* right?"
    local may_remove=--no-remove
    settle_boost
    say "installing ${#missing[@]} packages and what they need"
    as_root apt-get install -y -qq --no-install-recommends "$may_remove" "${missing[@]}" >"$apt_log" 2>&1 || {
        tail -n 20 "$apt_log" >&2
        die "apt-get install failed; its whole output is in $apt_log"
    }
    say "installed; apt-get's words are in $apt_log"
}

# Unpacks the test tools whose packages would start a server here. Without them the tests that need them are skipped.
unpack_test_tools() {
    local package
    for package in $(packages_for tool); do
        [ -d "build/tools/$package" ] || unpack_package "$package" ||
            say "cannot fetch $package; its tests are skipped ($apt_log tells why)"
    done
}

unpack_package() {
    local part=build/tools/$1.part
    rm -rf "$part"
    mkdir -p "$part"
    say "fetching $1, to be unpacked into build/tools"
    download_package "$1" "$part" && dpkg -x "$part"/*.deb "$part" >>"$apt_log" 2>&1 || return 1
    rm -f "$part"/*.deb
    mv "$part" "build/tools/$1"
}

# download_package PACKAGE FOLDER: with new package lists where there are none
download_package() {
    (cd "$2" && apt-get download -qq "$1") >>"$apt_log" 2>&1 && return
    [ "$(id -u)" = 0 ] || command -v sudo >/dev/null || return 1
    as_root apt-get update -qq >>"$apt_log" 2>&1 && (cd "$2" && apt-get download -qq "$1") >>"$apt_log" 2>&1
}
