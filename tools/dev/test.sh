# test, check, fuzz and cover: all go through tools/run_tests, which counts and prints. Read by ./dev.

lints=(tools/check_layers tools/check_bans tools/check_messages tools/check_format)

# each_as FLAG WORD...: FLAG=WORD for each word
each_as() {
    local flag=$1 word
    shift
    for word in "$@"; do echo "$flag=$word"; done
}

unit_programs() {
    local program
    for program in "$1"/tests/test_*; do
        case "$program" in */test_real) ;; *) [ -x "$program" ] && echo "$program" ;; esac
    done
}

fuzz_targets() {
    local source
    for source in tests/fuzz/*.cpp; do
        [ -e "$source" ] && basename "$source" .cpp
    done
    return 0
}

build_or_fail() {
    build "$@" || {
        echo "the build of $1 failed; nothing was tested" >&2
        echo "0 passed, 1 failed, 0 skipped"
        exit 1
    }
}

# The net of tests/nodes: built beside the builds of mcp-api, and ended with ./dev when that is interrupted.
simnet=build/tools/simnet
start_simnet() {
    timeout 1800 tests/support/simnet/build $simnet &
    simnet_job=$!
    trap 'kill $simnet_job 2>/dev/null || true' EXIT
}

# Where the build failed, the tests that need the net fail, and say so; where it cannot be built, they are skipped.
finish_simnet() {
    wait "$simnet_job" || say "the net of tests/nodes could not be built"
    trap - EXIT
    [ ! -e $simnet.missing ] || say "NO TESTS AGAINST A REAL LND: $(cat $simnet.missing)"
}

command_test_nodes() {
    setup_packages build test
    start_simnet
    build_or_fail release mcp-api
    finish_simnet
    run_tests --python=tests/nodes
}

run_tests() {
    /usr/bin/python3 tools/run_tests --log-folder build/test-logs "$@"
}

command_test() {
    local quick=no
    if [ "$*" = --nodes ]; then
        command_test_nodes
        return
    fi
    while [ $# -gt 0 ]; do
        case "$1" in
        --quick) quick=yes ;;
        --replace-boost) replace_boost=yes ;;
        *) usage_error "./dev test knows --quick, --replace-boost and, alone, --nodes; not '$1'" ;;
        esac
        shift
    done
    setup_packages build test
    [ "$quick" = yes ] || start_simnet
    build_or_fail dev all_tests
    local -a plan
    mapfile -t plan < <(each_as --program $(unit_programs build/dev) && each_as --lint "${lints[@]}" tools/check_docs)
    if [ "$quick" = no ]; then
        configure release
        local -a optimised=(mcp-api)
        local target
        for target in test_real bench_graph; do
            ! has_target release "$target" || optimised+=("$target")
        done
        build_or_fail release "${optimised[@]}"
        [ ! -x build/release/tests/test_real ] || plan+=(--alone=build/release/tests/test_real)
        plan+=(--python=tests/tools --python=tests/sandbox)
        unpack_test_tools
        install_test_packages
        build_or_fail tsan mcp-api # tests/e2e/tsan_test.py looks for races in it
        [ -z "$(ls tests/e2e/*_test.py 2>/dev/null)" ] || plan+=(--python=tests/e2e)
        local -a targets
        mapfile -t targets < <(fuzz_targets)
        if [ ${#targets[@]} -gt 0 ]; then
            build_or_fail fuzz "${targets[@]/#/fuzz_}"
            mapfile -t -O ${#plan[@]} plan < <(each_as --fuzz "${targets[@]}")
            plan+=(--fuzz-seconds=20)
        fi
        finish_simnet
        plan+=(--python=tests/nodes)
    fi
    run_tests "${plan[@]}"
}

command_check() {
    local scope=
    case "${1:-}" in
    '') ;;
    --all) scope=--all ;;
    *) usage_error "./dev check knows --all, not '$1'" ;;
    esac
    setup_packages build test
    configure tidy
    run_tests $(each_as --lint "${lints[@]}") "--lint=tools/check_tidy $scope"
}

command_fuzz() {
    local -a targets
    mapfile -t targets < <(fuzz_targets)
    [ ${#targets[@]} -gt 0 ] || die "there is no fuzz target below tests/fuzz"
    local known=" ${targets[*]} " seconds=300
    case "${1:-}" in
    '') ;;
    *[!0-9]*)
        case "$known" in *" $1 "*) targets=("$1") ;; *) usage_error "no fuzz target '$1'; there are:$known" ;; esac
        shift
        ;;
    esac
    case "${1:-}" in *[!0-9]*) usage_error "seconds are a whole number, not '$1'" ;; '') ;; *) seconds=$1 ;; esac
    setup_packages build test
    build fuzz "${targets[@]/#/fuzz_}"
    run_tests $(each_as --fuzz "${targets[@]}") --fuzz-seconds="$seconds"
}

# The layers whose every line counts, with the least share of lines that the unit tests must reach.
covered_layers=(base graph analysis)
coverage_floor=90

command_cover() {
    [ $# = 0 ] || usage_error "./dev cover takes no argument"
    setup_packages build test
    build_or_fail cover all_tests
    find build/cover -name '*.gcda' -delete
    run_tests $(each_as --program $(unit_programs build/cover))
    gcovr --root . --object-directory build/cover --exclude-throw-branches --json build/cover/lines.json \
        --filter src/ -j "$(nproc)" build/cover
    local layer status=0
    for layer in "${covered_layers[@]}"; do
        gcovr --root . --add-tracefile build/cover/lines.json --filter "src/$layer/" --fail-under-line $coverage_floor || status=1
    done
    gcovr --root . --add-tracefile build/cover/lines.json --html-details build/cover/report.html
    say "line by line: build/cover/report.html"
    [ "$status" = 0 ] || die "a layer among ${covered_layers[*]} is covered less than $coverage_floor %"
}
