# Python packages that Debian has not, each set pinned in its file and in a folder of its own. Read by ./dev.

# python_packages FILE FOLDER: what FILE pins is in the venv FOLDER, anew when FILE has changed
python_packages() {
    local stamp=$2/installed
    cmp -s "$1" "$stamp" && return
    say "fetching the Python packages of $1 into $2"
    rm -rf "$2"
    /usr/bin/python3 -m venv "$2" >>"$apt_log" 2>&1 &&
        "$2/bin/pip" install -q --no-deps --retries 1 --timeout 20 -r "$1" >>"$apt_log" 2>&1 &&
        cp "$1" "$stamp" && return
    rm -rf "$2"
    return 1
}

install_test_packages() {
    python_packages tools/test-requirements.txt build/tools/venv ||
        say "PyPI cannot be reached; the tests that need it are skipped ($apt_log tells why)"
}
