package org.facteur.platform.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An object store: what {@code s3://bucket/prefix?endpoint=…&region=…&path-style=…} and the variables beside it say.
 *
 * @param place the address as it was given
 * @param bucket its name
 * @param prefix before every key; empty, or ending with a slash
 * @param endpoint of a store that is not Amazon's
 * @param region needed for signatures; empty means that the machine's AWS configuration says it
 * @param pathStyle whether the bucket is in the path of requests instead of the host name
 * @param key access key; empty means that the AWS default chain has both
 * @param secret that belongs to the key
 * @param spool directory of bodies that are not complete yet
 */
public record S3Settings(
        String place,
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        String key,
        String secret,
        Path spool) {
    /** What an address begins with. */
    public static final String SCHEME = "s3://";

    /** The form of an address, for messages. */
    static final String FORM =
            "s3://bucket/prefix, where useful with ?endpoint=http://host:port, region= and path-style=";

    /** FACTEUR_S3_KEY. */
    public static final Setting<String> KEY = Setting.text(
            "FACTEUR_S3_KEY", "", "Access key of the object store; when not set, what the AWS default chain finds.");

    /** FACTEUR_S3_SECRET. */
    public static final Setting<String> SECRET =
            Setting.text("FACTEUR_S3_SECRET", "", "Secret key of the object store, together with FACTEUR_S3_KEY.");

    /** FACTEUR_S3_SPOOL. */
    public static final Setting<Path> SPOOL = Setting.path(
            "FACTEUR_S3_SPOOL",
            System.getProperty("java.io.tmpdir"),
            "Directory with room for the large messages that are on their way into the object store.");

    private static final Set<String> PARAMETERS = Set.of("endpoint", "region", "path-style");
    private static final String STORES_OWN_REGION = "us-east-1";

    /** Whether a body store's address is meant for this. */
    public static boolean isMeantBy(String address) {
        return address.startsWith(SCHEME);
    }

    /** Reads the variables for an address that {@link #isMeantBy} takes; fails with {@link SettingException}. */
    public static S3Settings from(Environment environment, String address) {
        String key = environment.get(KEY);
        String secret = environment.get(SECRET);
        if (key.isEmpty() != secret.isEmpty()) {
            Setting<String> missing = key.isEmpty() ? KEY : SECRET;
            throw new SettingException(missing.name() + "=: accepted is a text where the other of " + KEY.name()
                    + " and " + SECRET.name() + " is set");
        }
        Path spool = environment.get(SPOOL);
        if (!Files.isDirectory(spool) || !Files.isWritable(spool)) {
            throw new SettingException(SPOOL.name() + "=" + spool + ": accepted is a directory that can be written");
        }
        return parse(address, key, secret, spool);
    }

    /** Reads an address; fails with IllegalArgumentException. */
    static S3Settings parse(String address, String key, String secret, Path spool) {
        URI uri = uri(address);
        String bucket = uri.getRawAuthority();
        if (!"s3".equals(uri.getScheme())
                || bucket == null
                || !bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
                || uri.getFragment() != null) {
            throw new IllegalArgumentException(address);
        }
        Map<String, String> parameters = parameters(uri);
        Optional<URI> endpoint = Optional.ofNullable(parameters.get("endpoint")).map(S3Settings::endpoint);
        Optional<String> region =
                Optional.ofNullable(parameters.get("region")).or(() -> endpoint.map(own -> STORES_OWN_REGION));
        return new S3Settings(
                address,
                bucket,
                prefix(uri.getPath()),
                endpoint,
                region,
                truth(parameters.getOrDefault("path-style", Boolean.toString(endpoint.isPresent()))),
                key,
                secret,
                spool);
    }

    private static Map<String, String> parameters(URI uri) {
        if (uri.getQuery() == null) {
            return Map.of();
        }
        List<String[]> pairs = Arrays.stream(uri.getQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .toList();
        if (!pairs.stream().allMatch(pair -> pair.length == 2 && PARAMETERS.contains(pair[0]) && !pair[1].isEmpty())) {
            throw new IllegalArgumentException(uri.toString());
        }
        return pairs.stream().collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (first, second) -> {
            throw new IllegalArgumentException(uri.toString());
        }));
    }

    private static String prefix(String path) {
        String inner = path.replaceAll("^/+|/+$", "");
        return inner.isEmpty() ? "" : inner + "/";
    }

    private static URI endpoint(String text) {
        URI uri = uri(text);
        if (!Set.of("http", "https").contains(String.valueOf(uri.getScheme())) || uri.getHost() == null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    private static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    /** The address alone: no secret ends up in a log. */
    @Override
    public String toString() {
        return place;
    }
}
