package org.facteur.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Processor time and resident memory of a set of process trees, as /proc tells. */
final class ProcessUse {
    private static final double TICKS_PER_SECOND = 100.0;
    private static final Path PROC = Path.of("/proc");

    private ProcessUse() {}

    /** Processor seconds, user and system, of the trees under these processes, ended children included. */
    static double processorSeconds(List<Long> roots) {
        double ticks = 0;
        for (long pid : trees(roots)) {
            String[] fields = stat(pid);
            if (fields.length > 14) {
                for (int i = 11; i <= 14; i++) {
                    ticks += Long.parseLong(fields[i]);
                }
            }
        }
        return ticks / TICKS_PER_SECOND;
    }

    /** Proportional set size: resident octets, shared pages divided among those that share them. */
    static long residentBytes(List<Long> roots) {
        long kilobytes = 0;
        for (long pid : trees(roots)) {
            try {
                for (String line : Files.readAllLines(PROC.resolve(pid + "/smaps_rollup"))) {
                    if (line.startsWith("Pss:")) {
                        kilobytes += Long.parseLong(line.replaceAll("\\D", ""));
                    }
                }
            } catch (IOException e) {
                continue; // the process ended meanwhile
            }
        }
        return kilobytes * 1024;
    }

    private static Set<Long> trees(List<Long> roots) {
        Map<Long, List<Long>> children = new HashMap<>();
        try (Stream<Path> entries = Files.list(PROC)) {
            entries.map(path -> path.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .map(Long::valueOf)
                    .forEach(pid -> {
                        String[] fields = stat(pid);
                        if (fields.length > 1) {
                            children.computeIfAbsent(Long.valueOf(fields[1]), parent -> new ArrayList<>())
                                    .add(pid);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Set<Long> all = new HashSet<>();
        List<Long> open = new ArrayList<>(roots);
        while (!open.isEmpty()) {
            long pid = open.remove(open.size() - 1);
            if (all.add(pid)) {
                open.addAll(children.getOrDefault(pid, List.of()));
            }
        }
        return all;
    }

    /** The fields of /proc/pid/stat after the command's name: state, parent, … */
    private static String[] stat(long pid) {
        try {
            String text = Files.readString(PROC.resolve(pid + "/stat"));
            return text.substring(text.lastIndexOf(')') + 2).split(" ");
        } catch (IOException e) {
            return new String[0];
        }
    }
}
