# Configures and builds a preset of CMakePresets.json. Read by ./dev.

# One compiler for each core, and no more than memory carries (1.5 GB each).
build_jobs() {
    local cores memory_kb by_memory
    cores=$(nproc)
    memory_kb=$(sed -n 's/^MemAvailable: *\([0-9]*\).*/\1/p' /proc/meminfo)
    by_memory=$((${memory_kb:-8000000} / 1500000))
    [ "$by_memory" -ge 1 ] || by_memory=1
    echo $((cores < by_memory ? cores : by_memory))
}

# The precompiled headers would keep ccache from ever hitting without this.
export CCACHE_SLOPPINESS=pch_defines,time_macros

configure() {
    local preset=$1
    mkdir -p "build/$preset"
    local log=build/$preset/configure.log
    cmake --preset "$preset" >"$log" 2>&1 || {
        cat "$log" >&2
        die "cmake --preset $preset failed"
    }
}

# build PRESET TARGET...: one build at a time in this folder; a second one waits
build() {
    local preset=$1
    shift
    configure "$preset"
    exec 9>build/.lock
    flock -n 9 || {
        say "another build goes on here; waiting for it"
        flock 9
    }
    local started=$SECONDS status=0
    cmake --build "build/$preset" -j "$(build_jobs)" --target "$@" 9>&- || status=$?
    exec 9>&-
    [ "$status" = 0 ] || return "$status"
    say "built $preset ($*) in $((SECONDS - started)) s"
}

# has_target PRESET TARGET: whether the configured preset knows the target
has_target() {
    ninja -C "build/$1" -t query "$2" >/dev/null 2>&1
}
