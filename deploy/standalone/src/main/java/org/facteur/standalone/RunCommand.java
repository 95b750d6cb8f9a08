package org.facteur.standalone;

import java.util.List;
import java.util.concurrent.Callable;
import org.facteur.platform.service.ServiceMain;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code facteur run SERVICE}: one service alone, against Kafka and PostgreSQL elsewhere. */
@Command(name = "run", description = "Start one service alone.", mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "SERVICE",
            description = "One of ${COMPLETION-CANDIDATES}.",
            completionCandidates = Names.class)
    private String service;

    @Spec
    private CommandSpec spec;

    /** The services' names. */
    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return names().iterator();
        }
    }

    @Override
    public Integer call() {
        Service found = Service.ALL.stream()
                .filter(one -> one.name().equals(service))
                .findFirst()
                .orElseThrow(() -> new CommandLine.ParameterException(
                        spec.commandLine(), "no service " + service + "; accepted are " + String.join(", ", names())));
        // A .env file holds the settings of all services: none of them is unknown to any.
        ServiceMain.run(found.name(), Service.allSettings(), found.make());
        return UpCommand.STAYS_UP;
    }

    private static List<String> names() {
        return Service.ALL.stream().map(Service::name).sorted().toList();
    }
}
