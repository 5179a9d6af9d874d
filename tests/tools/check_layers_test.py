from planted_tree import PlantedTree

CMAKE = """
# mcp_layer(ghost USES nothing)
mcp_layer(base                    LINKS fmt::fmt Boost::json)
mcp_layer(domain   USES base)
mcp_layer(graph    USES domain)
mcp_layer(adapters USES graph     LINKS OpenSSL::Crypto)
mcp_layer(app      USES adapters  LINKS CLI11::CLI11)
"""


class CheckLayers(PlantedTree):
    lint = "check_layers"
    files = {"CMakeLists.txt": CMAKE, "src/base/units.hpp": "#include <cstdint>\n", "apps/main.cpp": "#include <CLI/CLI.hpp>\n"}

    def graph_includes(self, line):
        return {"src/graph/a.cpp": f"\n{line}\n"}

    def test_what_lies_below_may_be_included_directly_or_through_others(self):
        self.assert_clean(files=self.graph_includes('#include "graph/b.hpp"\n#include "domain/a.hpp"\n#include "base/units.hpp"'))

    def test_an_upward_include_is_named_with_file_and_line(self):
        self.assert_fault("src/graph/a.cpp:2", "adapters/x.hpp", files=self.graph_includes('#include "adapters/x.hpp"'))

    def test_an_include_in_a_comment_is_none(self):
        self.assert_clean(files=self.graph_includes('// #include "adapters/x.hpp"\n/*\n#include "app/y.hpp"\n*/'))

    def test_a_layer_in_a_comment_of_the_law_is_none(self):
        self.assert_fault("no mcp_layer line", files={"src/ghost/a.cpp": ""})

    def test_an_include_that_is_not_by_full_path_is_refused(self):
        self.assert_fault("full path", files=self.graph_includes('#include "b.hpp"'))

    def test_the_vocabulary_of_a_lower_layer_may_be_used_above_it(self):
        self.assert_clean(files=self.graph_includes("#include <fmt/format.h>"))

    def test_a_library_stays_in_the_layer_that_links_it(self):
        self.assert_fault("OpenSSL::Crypto", files=self.graph_includes("#include <openssl/evp.h>"))
        self.assert_clean(files={"src/adapters/a.cpp": "#include <openssl/evp.h>\n"})

    def test_boost_json_stays_in_its_folder_of_the_base(self):
        self.assert_clean(files={"src/base/json/reader.cpp": "#include <boost/json.hpp>\n"})
        self.assert_fault("src/base/json", files={"src/base/text.cpp": "#include <boost/json.hpp>\n"})

    def test_the_command_line_library_stays_in_apps_even_where_it_is_linked(self):
        self.assert_fault("apps/", files={"src/app/a.cpp": "#include <CLI/CLI.hpp>\n"})

    def test_an_unknown_library_has_to_be_introduced(self):
        self.assert_fault("which library", files=self.graph_includes("#include <eigen3/Dense>"))
