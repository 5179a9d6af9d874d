#include "tests/e2e/program.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <sys/wait.h>

#include <gtest/gtest.h>

namespace mcp::e2e {
namespace {

constexpr int kSignalled = 128;

std::string read_all(std::FILE* stream) {
    std::string text;
    std::array<char, 4096> chunk{};
    while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), stream)) {
        text.append(chunk.data(), got);
    }
    return text;
}

std::string read_file(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

} // namespace

Outcome shell(const std::string& shell_line) {
    const testing::TestInfo* test = testing::UnitTest::GetInstance()->current_test_info();
    const std::string err_path = testing::TempDir() + "mcp_e2e_" + test->name() + ".err";
    const std::string line =
        "exec 2>" + err_path + "; export LC_ALL=C; mcp-api() { " MCP_PROGRAM " \"$@\"; }; " + shell_line;
    std::string quoted;
    for (const char c : line) {
        quoted += c == '\'' ? "'\\''" : std::string(1, c);
    }
    std::FILE* pipe = ::popen(("bash -c '" + quoted + "'").c_str(), "r");
    if (pipe == nullptr) {
        throw std::runtime_error("no shell");
    }
    Outcome run;
    run.out = read_all(pipe);
    const int wait_status = ::pclose(pipe);
    run.status = WIFSIGNALED(wait_status) ? kSignalled + WTERMSIG(wait_status) : WEXITSTATUS(wait_status);
    run.err = read_file(err_path);
    std::remove(err_path.c_str());
    return run;
}

int count_lines(const std::string& text) {
    return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

std::string with_plain_spaces(std::string text) {
    constexpr std::string_view kUnbreakable = "\u00A0";
    for (std::size_t at = text.find(kUnbreakable); at != std::string::npos; at = text.find(kUnbreakable, at)) {
        text.replace(at, kUnbreakable.size(), " ");
    }
    return text;
}

} // namespace mcp::e2e
