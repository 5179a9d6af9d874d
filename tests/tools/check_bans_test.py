from planted_tree import PlantedTree

UNFINISHED = "TO" + "DO"
ONE_MACHINE = "/" + "work/data.json"


class CheckBans(PlantedTree):
    lint = "check_bans"
    files = {"src/flow/a.cpp": "void a();\n"}

    def test_the_clock_chance_and_environment_are_asked_for_not_taken(self):
        for word in ("std::chrono::system_clock::now()", "std::chrono::steady_clock::now()", "std::random_device{}",
                     'std::getenv("HOME")', 'secure_getenv("HOME")', "std::this_thread::sleep_for(1s)"):
            with self.subTest(word):
                code = f"\nauto x = {word};\n"
                self.assert_fault("src/flow/b.cpp:2", files={"src/flow/b.cpp": code})
                self.assert_clean(files={"src/adapters/system/b.cpp": code, "src/app/config/c.cpp": code})

    def test_words_in_comments_and_strings_are_no_code(self):
        self.assert_clean(files={"src/flow/b.cpp": '// system_clock::now\nauto x = "steady_clock::now"; /* getenv(\n) */\n'})

    def test_a_digit_separator_hides_nothing(self):
        self.assert_fault("getenv", files={"src/flow/b.cpp": "auto n = 1'000; auto x = getenv(n); auto m = 1'000;\n"})

    def test_tests_do_not_sleep(self):
        self.assert_fault("sleep_for", files={"tests/unit/flow/a_test.cpp": "std::this_thread::sleep_for(1s);\n"})

    def test_co_await_takes_names_not_braces(self):
        self.assert_fault("name it first", files={"src/flow/b.cpp": "co_await http.send({.url = url});\n"})
        self.assert_fault("name it first", files={"src/flow/b.cpp": "co_await run(pool, [x] {\n return x; });\n"})
        self.assert_clean(files={"src/flow/b.cpp": "co_await http.send(std::move(request));\nif (x) { y(); }\n"})

    def test_catching_everything_is_left_to_the_program_itself(self):
        code = "void f() { try { g(); } catch (...) { } }\n"
        self.assert_fault("catch (...)", files={"src/flow/b.cpp": code})
        self.assert_clean(files={"apps/main.cpp": code})

    def test_the_pure_layers_do_no_input_or_output(self):
        for header in ("fstream", "iostream", "filesystem", "unistd.h", "sys/stat.h"):
            with self.subTest(header):
                code = f"#include <{header}>\n"
                self.assert_fault(header, files={"src/graph/b.cpp": code})
                self.assert_clean(files={"src/adapters/b.cpp": code})

    def test_a_rule_missing_from_its_table_is_found(self):
        folder = "src/analysis/alerts"
        table = '#include "analysis/alerts/all.hpp"\nconstexpr Rule kRules[] = {{"x", no_channels}};\n'
        rules = {f"{folder}/all.cpp": table, f"{folder}/no_channels.cpp": ""}
        self.assert_clean(files=rules)
        self.assert_fault("drained", "never run", files={**rules, f"{folder}/drained.cpp": ""})
        self.assert_clean(files={**rules, f"{folder}/wording.cpp": "", f"{folder}/wording.hpp": ""})
        self.assert_fault("drained", files={f"{folder}/all.cpp": '// drained\nauto x = "drained";\n', f"{folder}/drained.cpp": ""})

    def test_nothing_half_done_is_committed_anywhere(self):
        self.assert_fault(UNFINISHED, files={"docs/a.md": f"{UNFINISHED}: more\n"})
        self.assert_fault(UNFINISHED, files={"src/flow/b.cpp": f"// {UNFINISHED}\n"})

    def test_no_path_of_one_machine_is_committed(self):
        self.assert_fault(ONE_MACHINE[:6], files={"README.md": f"see {ONE_MACHINE}\n"})
        self.assert_clean(files={"README.md": "see ../shared/work/data.json, https://a.org/network/root\n"})

    def test_binary_files_are_not_read_as_text(self):
        self.assert_clean(files={"share/a.bin": f"\0{UNFINISHED}"})
