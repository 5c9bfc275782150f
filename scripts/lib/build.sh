# Sourced by the scripts: finds Java and Maven, and builds node/target/rota.jar when it is missing or older than a source.

die() {
    echo "$(basename "$0"): $*" >&2
    exit 1
}

need_java() {
    command -v java >/dev/null || die "no java found: install a JDK, 17 or later (Debian: apt-get install openjdk-17-jdk)"
    command -v mvn >/dev/null || die "no mvn found: install Maven, 3.8.1 or later (Debian: apt-get install maven)"
}

build_jar() {
    need_java
    local jar=node/target/rota.jar
    if [ -f "$jar" ] && [ -z "$(find pom.xml */pom.xml */src/main -newer "$jar" -type f -not -path 'torture/*' -print -quit)" ]; then
        return
    fi
    echo "Building $jar (the first time Maven fetches its plugins and libraries) ..." >&2
    mvn -q -B -DskipTests package || die "the build failed; its errors stand above"
}

# The home of a JDK 25 on this machine, if there is one.
jdk25() {
    local home
    for home in "${JAVA_HOME_25:-}" /usr/lib/jvm/* /opt/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
        if [ -x "$home/bin/javac" ] && "$home/bin/javac" -version 2>&1 | grep -q '^javac 25'; then
            echo "$home"
            return
        fi
    done
}
