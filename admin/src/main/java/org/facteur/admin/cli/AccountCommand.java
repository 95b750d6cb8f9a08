package org.facteur.admin.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.facteur.platform.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code facteur account add|list|password|quota|remove}. */
@Command(name = "account", description = "People with mailboxes.", mixinStandardHelpOptions = true)
public final class AccountCommand {
    private static final String PATH = "/api/accounts/";

    @Command(description = "Add an account, or change one.")
    int add(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--password", description = "Asked for when not given.") String password,
            @Option(names = "--quota", description = "Octets, such as 5G; 0 is unlimited.") String quota,
            @Option(names = "--name", description = "Display name.") String name,
            @Mixin Output output) {
        Map<String, Object> change = new HashMap<>();
        change.put("password", password == null ? ask() : password);
        if (quota != null) {
            change.put("quota", octets(quota));
        }
        if (name != null) {
            change.put("displayName", name);
        }
        return put(address, change, "is ready", output);
    }

    @Command(description = "All accounts, or those of one domain.")
    int list(@Parameters(paramLabel = "DOMAIN", arity = "0..1") String domain, @Mixin Output output) {
        JsonNode answer =
                output.api().get("/api/accounts" + (domain == null ? "" : "?domain=" + ApiClient.encode(domain)));
        output.print(answer, out -> {
            List<List<String>> rows = new ArrayList<>();
            rows.add(List.of("ADDRESS", "NAME", "MESSAGES", "OCTETS", "QUOTA"));
            answer.forEach(account -> rows.add(List.of(
                    account.path("address").asText(),
                    account.path("displayName").asText(),
                    account.path("messages").asText(),
                    account.path("bytes").asText(),
                    account.path("quota").asLong() == 0
                            ? "unlimited"
                            : account.path("quota").asText())));
            Output.table(out, rows);
        });
        return 0;
    }

    @Command(description = "Set a new password.")
    int password(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Option(names = "--password", description = "Asked for when not given.") String password,
            @Mixin Output output) {
        return put(address, Map.of("password", password == null ? ask() : password), "has a new password", output);
    }

    @Command(description = "Set the quota.")
    int quota(
            @Parameters(paramLabel = "ADDRESS") String address,
            @Parameters(paramLabel = "OCTETS", description = "Such as 5G; 0 is unlimited.") String quota,
            @Mixin Output output) {
        return put(address, Map.of("quota", octets(quota)), "has a quota of " + quota, output);
    }

    @Command(description = "Remove an account with all its mail.")
    int remove(@Parameters(paramLabel = "ADDRESS") String address, @Mixin Output output) {
        JsonNode answer = output.api().delete(PATH + ApiClient.encode(address));
        output.print(answer, out -> out.println(address + " is removed"));
        return 0;
    }

    private static int put(String address, Map<String, Object> change, String done, Output output) {
        JsonNode answer = output.api().put(PATH + ApiClient.encode(address), change);
        output.print(answer, out -> out.println(answer.path("address").asText() + " " + done));
        return 0;
    }

    private static long octets(String text) {
        try {
            return Setting.size("--quota", "0", "").parse().apply(text);
        } catch (IllegalArgumentException e) {
            throw new ApiClient.ApiException("quota " + text + ": accepted are octets, such as 5368709120, 500M or 5G");
        }
    }

    private static String ask() {
        Console console = System.console();
        if (console == null) {
            throw new ApiClient.ApiException("no terminal to ask at: give --password");
        }
        return new String(console.readPassword("Password: "));
    }
}
