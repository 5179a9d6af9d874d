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
    EXPECT_EQ(wrapped("fits", 80, 0), "fits\n");
}

TEST(TextLayout, CutsWhatIsWiderThanALineBetweenCodePointsAndOutsideColours) {
    EXPECT_EQ(wrapped("unbreakable word", 4, 0), "unbr\neaka\nble\nword\n");
    EXPECT_EQ(wrapped("a éèàùô b", 4, 2), "a\n  éè\n  àù\n  ô\n  b\n");
    EXPECT_EQ(wrapped("\033[1mabcdef\033[0m", 4, 0), "\033[1mabcd\nef\033[0m\n");
    EXPECT_EQ(wrapped("abc", 1, 4), "a\n    b\n    c\n");
}

TEST(TextLayout, ClipsWithAnEllipsis) {
    EXPECT_EQ(clipped("nœud", 4), "nœud");
    EXPECT_EQ(clipped("nœuds", 4), "nœu…");
    EXPECT_EQ(clipped("⚡⚡⚡", 2), "⚡…");
}

} // namespace
} // namespace mcp::adapters
