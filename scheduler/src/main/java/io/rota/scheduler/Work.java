package io.rota.scheduler;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** What a run of a task does. Immutable. */
public sealed interface Work {

    /** The same with all its paths made absolute: those in a config file are relative to the file's own directory. */
    Work beside(Path directory);

    /**
     * Starts a process.
     *
     * @param command argv; the first word is the program
     * @param workingDir directory to run in, absolute or relative to the config file's; empty for the latter itself
     * @param environment variables added to the scrubbed environment
     * @param secrets by the variable that each is added as when a run starts
     * @param confinement as whom it runs, and how much it may take
     */
    record Command(
            List<String> command,
            String workingDir,
            SortedMap<String, String> environment,
            SortedMap<String, SecretSource> secrets,
            Confinement confinement)
            implements Work {
        /** A process of the node's own user, without secrets and limits. */
        public Command(List<String> command, String workingDir, SortedMap<String, String> environment) {
            this(command, workingDir, environment, Collections.emptySortedMap(), Confinement.NONE);
        }

        public Command {
            if (command.isEmpty()) {
                throw new IllegalArgumentException("the command is empty");
            }
            command = List.copyOf(command);
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
            secrets = Collections.unmodifiableSortedMap(new TreeMap<>(secrets));
        }

        @Override
        public Command beside(Path directory) {
            var found = new TreeMap<String, SecretSource>();
            secrets.forEach((name, source) -> found.put(name, source.beside(directory)));
            return new Command(command, directory.resolve(workingDir).toString(), environment, found, confinement);
        }

        /** Another command in the same surroundings: directory, environment, secrets, user and limits. */
        public Command running(List<String> other) {
            return new Command(other, workingDir, environment, secrets, confinement);
        }
    }

    /**
     * Makes one HTTP request. It ends by itself, within the timeout of the task; what it has set off on the other side
     * cannot be stopped, so no task of a level above ring may use it.
     *
     * @param method upper-case letters
     * @param url http or https, with a host, without user and fragment
     * @param headers fields of the request; those that the HTTP client sets itself are refused
     * @param body sent as UTF-8; empty for none
     * @param expectStatus status codes of success, 100 to 599; empty for any of 200 to 299
     * @param expectBody the answer must contain this; empty for anything
     */
    record Http(
            String method,
            URI url,
            SortedMap<String, String> headers,
            String body,
            SortedSet<Integer> expectStatus,
            String expectBody)
            implements Work {
        /** Fields that belong to the HTTP client, or to Rota, in lower case. */
        public static final Set<String> RESERVED_HEADERS =
                Set.of("connection", "content-length", "expect", "host", "upgrade", "x-rota-run-id", "x-fence-token");

        /** Longest time for one call where the file says nothing. */
        public static final Duration STANDARD_TIMEOUT = Duration.ofSeconds(30);

        private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
        private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}");
        private static final int LAST_OF_LATIN_1 = 0xff;
        private static final int MAX_PORT = 65_535;
        private static final int MIN_STATUS = 100;
        private static final int MAX_STATUS = 599;

        public Http {
            checkMethod(method);
            checkUrl(url);
            headers.forEach(Http::checkHeader);
            if (expectStatus.stream().anyMatch(status -> status < MIN_STATUS || status > MAX_STATUS)) {
                throw new IllegalArgumentException("status codes " + expectStatus + " are not within 100..599");
            }
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
            expectStatus = Collections.unmodifiableSortedSet(new TreeSet<>(expectStatus));
        }

        /**
         * Refuses what is no method of a call that ends.
         *
         * @throws IllegalArgumentException with a reason for a person
         */
        public static void checkMethod(String method) {
            if (!METHOD.matcher(method).matches() || method.equals("CONNECT")) {
                throw new IllegalArgumentException(
                        "method \"" + method + "\" is not a word in upper case, or opens a tunnel");
            }
        }

        /**
         * Refuses what is never sent.
         *
         * @throws IllegalArgumentException with a reason for a person
         */
        public static void checkUrl(URI url) {
            if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
                throw new IllegalArgumentException("the URL begins with neither http:// nor https://");
            }
            if (url.getHost() == null) {
                throw new IllegalArgumentException("the URL names no host");
            }
            if (url.getPort() > MAX_PORT) {
                throw new IllegalArgumentException("the URL has a port above " + MAX_PORT);
            }
            if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
                throw new IllegalArgumentException("a URL with a user or a fragment is not sent: use a header");
            }
        }

        /**
         * Refuses what is no header field, and what Rota or the HTTP client sets itself.
         *
         * @throws IllegalArgumentException with a reason for a person
         */
        public static void checkHeader(String name, String value) {
            if (!HEADER.matcher(name).matches()) {
                throw new IllegalArgumentException("\"" + name + "\" cannot be the name of a header");
            }
            if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("header " + name + " is set by Rota itself");
            }
            if (value.chars().anyMatch(c -> (c < ' ' && c != '\t') || c == 0x7f || c > LAST_OF_LATIN_1)) {
                throw new IllegalArgumentException(
                        "header " + name + " has a value of more than one line, or with letters beyond Latin-1");
            }
        }

        /** True if an answer with this status is what was hoped for. */
        public boolean expects(int status) {
            return expectStatus.isEmpty() ? status >= 200 && status <= 299 : expectStatus.contains(status);
        }

        @Override
        public Http beside(Path directory) {
            return this;
        }

        /** Method and URL without its query, which may hold what nobody else should read. */
        public String inWords() {
            return method + " " + url.getScheme() + "://" + url.getRawAuthority() + url.getRawPath();
        }
    }

    /**
     * Runs a class from a plug-in JAR: at level ring on a thread of the node's JVM, above it in a JVM of its own, which
     * can be killed.
     *
     * @param className name of a class that implements {@code io.rota.scheduler.api.Task}
     * @param jar path of the JAR, absolute or relative to the config file's directory
     * @param parameters handed to the task; names are lower-case letters, digits and underscore
     */
    record Java(String className, String jar, SortedMap<String, String> parameters) implements Work {
        private static final Pattern CLASS =
                Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$]*(\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*");
        private static final Pattern PARAMETER = Pattern.compile("[a-z][a-z0-9_]{0,62}");

        public Java {
            if (!CLASS.matcher(className).matches()) {
                throw new IllegalArgumentException("\"" + className + "\" cannot be the name of a class");
            }
            parameters.keySet().forEach(Java::checkParameter);
            parameters = Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
        }

        @Override
        public Java beside(Path directory) {
            return new Java(className, directory.resolve(jar).toString(), parameters);
        }

        /**
         * Refuses a name that no parameter can have.
         *
         * @throws IllegalArgumentException with a reason for a person
         */
        public static void checkParameter(String parameter) {
            if (!PARAMETER.matcher(parameter).matches()) {
                throw new IllegalArgumentException("\"" + parameter + "\" cannot be the name of a parameter");
            }
        }
    }
}
