#include "app/node/vault.hpp"

#include "adapters/security/secret_box.hpp"

namespace mcp::app {

Result<std::unique_ptr<ports::Vault>> make_vault(const Settings& settings) {
    if (settings.secrets_key.empty() && !settings.secrets_key_old.empty()) { // it would go on sealing
        return fail(ErrorKind::invalid_input, {"config.old_key_alone", {}});
    }
    return std::make_unique<adapters::SecretBox>(
        std::vector<std::string>{settings.secrets_key, settings.secrets_key_old});
}

} // namespace mcp::app
