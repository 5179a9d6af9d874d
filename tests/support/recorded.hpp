#pragma once
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

/// Data recorded from real programs, kept outside of the project: tests skip, and say so, where it is not.
namespace mcp::test {

/// @return the path of a file below that folder, empty where it is not
inline std::string recorded(const std::string& name) {
    std::string path = MCP_SOURCE_DIR "/../shared/data/" + name;
    return std::filesystem::exists(path) ? path : "";
}

/// A whole recorded file; empty where it is not.
inline std::string recorded_bytes(const std::string& name) {
    std::ifstream file(recorded(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// The answer in one of the examples that Core Lightning's tests record; empty where they are not.
inline std::string recorded_answer(const std::string& name, std::size_t example) {
    const std::string text = recorded_bytes(name);
    return text.empty() ? "" : boost::json::serialize(boost::json::parse(text).at(example).at("response"));
}

inline std::size_t count_of(const std::string& text, const std::string& part) {
    std::size_t count = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) {
        ++count;
    }
    return count;
}

} // namespace mcp::test
