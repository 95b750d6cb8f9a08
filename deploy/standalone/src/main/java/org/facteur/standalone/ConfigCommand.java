package org.facteur.standalone;

import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.facteur.mail.record.Json;
import org.facteur.platform.config.Setting;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code facteur config}: every setting with its default and meaning, from the code. */
@Command(name = "config", description = "All settings.", mixinStandardHelpOptions = true)
final class ConfigCommand implements Callable<Integer> {
    private static final String FILES =
            "FACTEUR_X_FILE=/path takes the value of any setting FACTEUR_X from a file, such as a container's secret.";

    @Option(names = "--json", description = "As a JSON array.")
    private boolean json;

    @Option(names = "--markdown", description = "As a Markdown table.")
    private boolean markdown;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(
                    Json.bytes(Service.allSettings().stream()
                            .map(ConfigCommand::document)
                            .toList()),
                    java.nio.charset.StandardCharsets.UTF_8));
        } else {
            out.println(FILES + "\n");
            if (markdown) {
                out.println("| variable | default | accepted | meaning |\n|---|---|---|---|");
            }
            Service.allSettings().forEach(setting -> print(out, setting));
        }
        out.flush();
        return 0;
    }

    private void print(PrintWriter out, Setting<?> setting) {
        String standalone = StandaloneDefaults.of(setting.name());
        String fallback = standalone == null
                ? setting.defaultText()
                : standalone + " standalone, " + setting.defaultText() + " in a container";
        if (markdown) {
            out.printf(
                    "| %s | %s | %s | %s |%n",
                    setting.name(),
                    fallback.isEmpty() ? "–" : "`" + fallback + "`",
                    setting.accepted(),
                    setting.meaning());
        } else {
            out.printf(
                    "%s=%s%n    %s Accepted: %s.%n", setting.name(), fallback, setting.meaning(), setting.accepted());
        }
    }

    private static Map<String, String> document(Setting<?> setting) {
        return new TreeMap<>(Map.of(
                "name", setting.name(),
                "default", setting.defaultText(),
                "accepted", setting.accepted(),
                "meaning", setting.meaning()));
    }
}
