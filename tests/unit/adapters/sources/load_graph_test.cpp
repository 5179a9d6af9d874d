#include "adapters/sources/gossip_file.hpp"
#include "tests/support/graph_json.hpp"
#include "tests/support/packed.hpp"
#include "tests/support/temporary_folder.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

std::string refusal(const std::string& path, const LoadOptions& options = {}) {
    const Result<LoadedGraph> loaded = load_graph(path, options);
    return loaded ? "was loaded" : test::error_text(loaded.error());
}

TEST(LoadGraph, GivesTheSameGraphAndHashWhateverItIsPackedIn) {
    const test::TemporaryFolder folder;
    const std::string json = test::graph_json({test::EdgeJson{}});
    const Result<LoadedGraph> plain = load_graph(folder.with("plain", json));
    ASSERT_TRUE(plain);
    for (const Packing packing : {Packing::gzip, Packing::xz, Packing::zstd}) {
        const Result<LoadedGraph> loaded = load_graph(folder.with("packed", test::packed(json, packing)));
        ASSERT_TRUE(loaded);
        EXPECT_EQ(loaded->sha256, plain->sha256);
        EXPECT_EQ(loaded->bytes, json.size());
        EXPECT_EQ(loaded->network.channels.size(), 1u);
    }
}

TEST(LoadGraph, BeginsEachErrorWithThePath) {
    const test::TemporaryFolder folder;
    const std::string none = folder.path("none.json");
    EXPECT_EQ(refusal(none), none + ": cannot be opened: no such file; check the path");
    const std::string html = folder.with("page.json", "<html>");
    EXPECT_EQ(refusal(html),
              html + ": is not JSON (wrong after byte 0); make it anew, and check that it is the right file");
    const std::string cut = folder.with("cut.json", test::graph_json({test::EdgeJson{}}).substr(0, 400));
    EXPECT_EQ(refusal(cut), cut + ": edges[0]: the JSON ends too early, at byte 400; make or copy it again");
}

TEST(LoadGraph, UnpacksNoMoreThanAllowed) {
    const test::TemporaryFolder folder;
    const std::string json = test::graph_json({test::EdgeJson{}});
    const std::string path = folder.with("g.xz", test::packed(json, Packing::xz));
    EXPECT_EQ(refusal(path, {.unpacked_bytes_max = json.size()}), "was loaded");
    EXPECT_THAT(refusal(path, {.unpacked_bytes_max = json.size() - 1}), testing::HasSubstr("once unpacked"));
}

TEST(LoadGraph, HandsOnTheUnpackedBytesToWhoWantsThem) {
    const test::TemporaryFolder folder;
    const std::string json = test::graph_json({test::EdgeJson{}});
    std::string copy;
    EXPECT_EQ(refusal(folder.with("g.xz", test::packed(json, Packing::xz)),
                      {.and_to = [&](std::string_view piece) { copy += piece; }}),
              "was loaded");
    EXPECT_EQ(copy, json);
}

} // namespace
} // namespace mcp::adapters
