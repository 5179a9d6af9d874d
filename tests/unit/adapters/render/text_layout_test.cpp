#include "adapters/render/text_layout.hpp"

#include <gtest/gtest.h>

namespace mcp::adapters {
namespace {

TEST(TextLayout, CountsCodePointsNotBytes) {
    EXPECT_EQ(width_of(""), 0);
    EXPECT_EQ(width_of("nœud\u00A0:"), 6);
    EXPECT_EQ(width_of("\033[31mred\033[0m"), 3);
}

TEST(TextLayout, AlignsLabelsLeftAndFiguresRight) {
    EXPECT_EQ(aligned({{"nœuds", "7", ""}, {"canaux", "1 234", "tous"}}), "nœuds       7\n"
                                                                          "canaux  1 234  tous\n");
    EXPECT_EQ(aligned({}), "");
}

TEST(TextLayout, WrapsAtSpacesAndIndentsWhatFollows) {
    EXPECT_EQ(wrapped("one two three", 7, 2), "one two\n  three\n");
    EXPECT_EQ(wrapped("unbreakable word", 4, 0), "unbreakable\nword\n");
    EXPECT_EQ(wrapped("fits", 80, 0), "fits\n");
}

} // namespace
} // namespace mcp::adapters
