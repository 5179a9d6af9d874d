#pragma once
#include "app/config/world.hpp"

#include <map>
#include <string>

namespace mcp::test {

/// An environment and files that exist only in the test.
struct FakeWorld {
    std::vector<std::pair<std::string, std::string>> environment = {};
    std::map<std::string, std::string> files = {};
    std::map<std::string, std::string> links = {}; ///< path to path

    [[nodiscard]] app::ConfigWorld world() const {
        const auto real = [links = links](const std::string& path) {
            const auto link = links.find(path);
            return link == links.end() ? path : link->second;
        };
        return {.environment = environment,
                .read_file = [files = files, real](const std::string& path) -> Result<std::string> {
                    const auto file = files.find(real(path));
                    if (file == files.end()) {
                        const std::vector<Message> fault{{"system.no_such_file", {}}};
                        return fail(ErrorKind::not_found, {"file.cannot_open", {{"fault", fault}}});
                    }
                    return file->second;
                },
                .identity = [files = files, real](const std::string& path) -> std::optional<std::string> {
                    return files.contains(real(path)) ? std::optional(real(path)) : std::nullopt;
                }};
    }
};

} // namespace mcp::test
