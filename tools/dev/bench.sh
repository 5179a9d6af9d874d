# The benchmarks: release build, ratios within one run. Read by ./dev.

# bench graph [FILE] | store [FOLDER] | service
command_bench() {
    local what=${1:-graph}
    [ $# = 0 ] || shift
    case "$what" in
    graph) bench_graph "$@" ;;
    store) bench_store "$@" ;;
    service) bench_service "$@" ;;
    *) usage_error "the benchmarks are graph, store and service; not '$what'" ;;
    esac
}

bench_graph() {
    [ $# -le 1 ] || usage_error "./dev bench graph takes one graph file at most"
    local graph=$real_graph
    if [ $# = 1 ]; then
        graph=$1
    elif [ ! -e "$graph" ]; then
        say "no $graph here: measuring on the small graph that ships"
        graph=$sample_graph
    fi
    [ -f "$graph" ] || die "no graph file '$graph'"
    setup_packages build
    build release bench_graph || die "the build failed"
    build/release/bench/bench_graph "$graph"
}

bench_store() {
    [ $# -le 1 ] || usage_error "./dev bench store takes one folder at most: it decides which disk"
    setup_packages build
    build release bench_store || die "the build failed"
    build/release/bench/bench_store "$@"
}

bench_service() {
    [ $# = 0 ] || usage_error "./dev bench service takes no argument"
    setup_packages build bench
    python_packages tools/bench-requirements.txt build/tools/bench-venv || say "no FastAPI ($apt_log tells why)"
    local package
    for package in $(packages_for bench-tool); do
        [ -d "build/tools/$package" ] || unpack_package "$package" || say "no $package ($apt_log tells why)"
    done
    build release mcp-api bench_service || die "the build failed"
    /usr/bin/python3 -B bench/service/main.py "$real_graph"
}
