#include "adapters/render/report_json.hpp"
#include "adapters/render/report_text.hpp"
#include "tests/unit/adapters/render/reports.hpp"

#include <cstdlib>
#include <fstream>
#include <gtest/gtest.h>
#include <sstream>

namespace mcp::adapters {
namespace {

using language::Language;

/// The report is as it was last read and approved; UPDATE_GOLDEN=1 rewrites the file (tests/golden/README.md).
void hold(const std::string& name, const std::string& text) {
    const std::string path = MCP_SOURCE_DIR "/tests/golden/" + name;
    const char* update = std::getenv("UPDATE_GOLDEN");
    if (update != nullptr && std::string(update) == "1") {
        std::ofstream(path) << text;
    }
    std::ostringstream golden;
    golden << std::ifstream(path).rdbuf();
    EXPECT_EQ(text, golden.str()) << name << ": not as approved; read the difference, then UPDATE_GOLDEN=1";
}

TEST(GoldenOutside, IsAsApprovedInBothLanguages) {
    const test::End gone{.ago = test::days{40}};
    domain::Report report = test::report_with_outside(test::quiet_node().set("us", "alice", gone, gone));
    report.report_id = "7d9c2a52-7c1e-5f0e-9a43-0d8a3c5b1f10"; // any of version 5
    hold("outside.en.txt", report_text(report, Language::en, {}));
    hold("outside.fr.txt", report_text(report, Language::fr, {}));
    hold("outside.en.json", report_json(report, Language::en));
    hold("outside.fr.json", report_json(report, Language::fr));
}

TEST(GoldenOwnNode, IsAsApprovedInBothLanguages) {
    const std::pair<std::string, domain::Report> planted[] = {{"lnd", test::report_with_lnd()},
                                                              {"cln", test::report_with_cln()}};
    for (auto [name, report] : planted) {
        report.report_id = "7d9c2a52-7c1e-5f0e-9a43-0d8a3c5b1f10";
        hold(name + ".en.txt", report_text(report, Language::en, {}));
        hold(name + ".fr.txt", report_text(report, Language::fr, {}));
        hold(name + ".en.json", report_json(report, Language::en));
        hold(name + ".fr.json", report_json(report, Language::fr));
    }
}

} // namespace
} // namespace mcp::adapters
